<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;1 hour</source>
      <translation>&amp;1 hora</translation>
    </message>
    <message>
      <source>&amp;30 minutes</source>
      <translation>&amp;30 minutos</translation>
    </message>
    <message>
      <source>&amp;About zbdesk</source>
      <translation>&amp;Acerca de zbdesk</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>&amp;Actividad</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>&amp;Cerrar ventana</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>&amp;Conflictos</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>&amp;Copiar filas</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>&amp;Panel</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>&amp;Detalles</translation>
    </message>
    <message>
      <source>&amp;Edit record…</source>
      <translation>&amp;Editar registro…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exportar…</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <translation>&amp;Filtro</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>&amp;Importar un archivo…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>&amp;Teclas y ayuda</translation>
    </message>
    <message>
      <source>&amp;Last records</source>
      <translation>&amp;Últimos registros</translation>
    </message>
    <message>
      <source>&amp;Minimise</source>
      <translation>&amp;Minimizar</translation>
    </message>
    <message>
      <source>&amp;Month end</source>
      <translation>Cierre de &amp;mes</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>&amp;Silenciar notificaciones</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>&amp;Nuevo registro…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>&amp;Siguiente parte de la ventana</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>&amp;Abrir zbdesk</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>&amp;Salida</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>&amp;Imprimir tabla…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>&amp;Problemas</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>&amp;Salir de zbdesk</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>&amp;Configuración…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>&amp;Mostrarlas de nuevo</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>&amp;Webhooks</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>Cambiar de or&amp;ganización…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>&amp;Tapar la ventana</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation>Col&amp;umnas…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Copiar sin &amp;títulos</translation>
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>Modo de cierre de m&amp;es</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>Notificaciones s&amp;ilenciadas hasta %1</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>Abrir carpeta de &amp;datos</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>Abrir carpeta de &amp;registros (log)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Abrir en &amp;Zoho Books</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation>Im&amp;primir registro…</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;usa</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>Leer &amp;todo de nuevo</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>&amp;Reanudar</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation>Guardar esta &amp;vista…</translation>
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>&amp;Buscar…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>&amp;Detener</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Deteniendo…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>Si&amp;ncronizar ahora</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>Hasta &amp;mañana</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>Hasta que las &amp;reanude</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>hasta %1</translation>
    </message>
  </context>
  <context>
    <name>ActivityModel</name>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>Iniciado por</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Qué ocurrió</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>una persona</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>un webhook</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>la primera sincronización</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>el horario</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>Actividad</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>Aún no ha ocurrido nada</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Ejecuciones</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>No se puede leer la actividad</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vista</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Qué ocurrió</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>Aquí aparece lo que zbdesk lee y hace.</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>Actividad</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>&amp;Cancelar el cambio</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>&amp;Eliminar…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>E&amp;ditar…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>&amp;Anular…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>Está eliminado en Zoho Books.</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>Está saliendo en este momento.</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>Ya está enviado.</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>Ya está anulado.</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>&amp;Marcar como enviado</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>No hay nada abierto.</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>Registrar &amp;pago…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexión solo lee.</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>&amp;Dirección</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>Dirección y secreto</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>Dirección para Zoho Books</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>Cambiarla…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>Elija cómo llega Zoho Books a este equipo</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>Copiar la dirección</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>Procede de %1.</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>Creado %1. Se mostró entonces y no se muestra de nuevo.</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>Creado en Zoho Books por zbdesk: %1. Se quita al desconectar.</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>Crear y mostrar…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>Nadie ha visto ninguno todavía.</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>Se&amp;creto</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Secreto</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>Configurar en &amp;Zoho Books por mí…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>El anterior vale hasta %1; después, solo este.</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>Aún no hay dirección pública. Elija cómo llega Zoho Books hasta aquí.</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>&amp;Túnel…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Qué pegar y dónde en Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>Zoho Books tiene los webhooks en Settings, Automation, Workflow Actions. Cada módulo necesita su propia regla.</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n día</numerusform>
        <numerusform>%n días</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n h</numerusform>
        <numerusform>%n h</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n min</numerusform>
        <numerusform>%n min</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AgeingPanel</name>
    <message>
      <source>%1 in %2</source>
      <translation>%1 en %2</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1: %2 en %3</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1–%2 días</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>Antigüedad</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>Moneda de las cuentas por cobrar</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Facturas</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>Nadie debe nada: no hay facturas abiertas.</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>Aún no vence</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>Más de %1 días</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>Cuentas por cobrar por antigüedad</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>Mostrar facturas</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>sin moneda</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>&amp;Escribir estos %1</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>Importes en %1</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>La ejecución se detuvo antes de su primera escritura, porque es mayor de lo que su configuración deja pasar por sí solo. Compruebe que es lo que quería. Lo que se añada después se pregunta de nuevo.</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>¿Escribir %1 en %2?</translation>
    </message>
  </context>
  <context>
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>Un webhook lo anunció a las %1. No cuenta en ningún sitio hasta que zbdesk haya leído el registro de Zoho Books.</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>También modificado: %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>Las columnas de la tabla quedan como están.</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>Sin confirmar</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n llamada</numerusform>
        <numerusform>%n llamadas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflicto</numerusform>
        <numerusform>%n conflictos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n problema</numerusform>
        <numerusform>%n problemas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) here</source>
      <translation>
        <numerusform>%n registro aquí</numerusform>
        <numerusform>%n registros aquí</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>Toda la actividad</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>Todo menos %n módulo</numerusform>
        <numerusform>Todo menos %n módulos</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>A fecha de %1</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>Se están leyendo los cambios</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>¿Hay algo que le espere?</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>Cada uno está en la lista con su remedio</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>Internet</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>¿Está aquí todo lo de Zoho Books?</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>Última vez en orden: %1</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>Los cambios posteriores aún no están aquí</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>Las líneas de %1 se leen al abrirlas</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>Consultando ahora</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>Próxima a las %1</translation>
    </message>
    <message>
      <source>No</source>
      <translation>No</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Sin problemas</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>No, nada</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>Aún no</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>No hay nada en camino</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>No se cambió nada en ambos lados</translation>
    </message>
    <message>
      <source>Quit zbdesk and start it again</source>
      <translation>Cierre zbdesk e inícielo de nuevo</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Registros en este equipo</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>Mostrar problemas</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Inicio de sesión</translation>
    </message>
    <message>
      <source>The database is not where it was</source>
      <translation>La base de datos no está donde estaba</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>La primera consulta viene ahora</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>La primera sincronización no ha terminado</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>Lo que no se puede leer está en la lista de abajo</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>¿Cuándo fue la última consulta?</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>Sí, %n cosa</numerusform>
        <numerusform>Sí, %n cosas</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>Sí, todo</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>ha terminado</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>última %1</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>reached %1</source>
      <translation>contactado %1</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>Según llegaron</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>¿Falta un registro o parece antiguo?</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>Elija Iniciar sesión de nuevo, en Configuración, en Conexión. Los registros y su historial se conservan.</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>Elija Sincronización, Leer todo de nuevo. Lee todas las listas hasta el final y encuentra lo eliminado.</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>Línea de comandos</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>Copiar las filas seleccionadas</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Carpeta de datos</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>Detalles del registro actual</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>Todo lo que está aquí se puede leer. La sincronización continúa por sí sola cuando Zoho vuelve a responder.</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>En el llavero de este equipo o en un archivo sellado; nunca en la base de datos ni en los registros (log).</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>Lee lo que cambió en Zoho Books desde la última consulta. Sin pulsarlo, eso ocurre por sí solo.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Teclas</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Teclas y formas</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>Ordenar por la columna de la celda actual</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>Situaciones de un registro</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>Este programa</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Versión</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>¿Qué hace Sincronizar ahora?</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>¿Y si no hay internet?</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>Lo que la gente pregunta</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>¿Dónde están mis secretos?</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>¿Por qué espera zbdesk?</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>Zoho permite cierto número de llamadas por minuto y por día. No se pierde nada; continúa por sí solo.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>¿Zoho terminó el inicio de sesión?</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Atrás</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>&amp;Lista por corregir, como CSV</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ayuda</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>%1 de %2 llamadas al día. Lo que se ejecuta por sí solo se detiene antes; sus propios clics continúan.</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>Como máximo, por minuto</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>Llamadas por minuto</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>Llamadas a Zoho Books</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>Reservadas para sus clics</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Sin límite</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Sin conexión con Zoho Books</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>De las llamadas del día. Lo que se ejecuta por sí solo se detiene antes; sus propios clics continúan.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Hoy</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>Zoho Books acepta 100 por minuto de una organización, de todos sus programas juntos.</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>%1 reservadas para sus clics</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>%1 de %2 usadas</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>%1 usadas; no se conoce el número de su plan</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>Aún no se ha contado nada</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>Llamadas a Zoho Books hoy</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>empieza de nuevo %1</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>espera hasta %1</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>Traspaso</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>Ficha de &amp;traspaso…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>Cuando otra persona se hace cargo</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>Quién inició la sesión, qué permite, qué se detiene si esa persona se va; para copiar o imprimir.</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>Mostrar como tabla</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>%n factura</numerusform>
        <numerusform>%n facturas</numerusform>
      </translation>
    </message>
    <message>
      <source>Cr</source>
      <translation>Cr</translation>
    </message>
    <message>
      <source>L</source>
      <translation>L</translation>
    </message>
    <message>
      <source>M</source>
      <translation>M</translation>
    </message>
    <message>
      <source>bn</source>
      <translation>mM</translation>
    </message>
    <message>
      <source>k</source>
      <translation>k</translation>
    </message>
  </context>
  <context>
    <name>CheckPage</name>
    <message>
      <source>%1: %2 rows are %3 documents. Nothing has been written yet.</source>
      <translation>%1: %2 filas son %3 documentos. Aún no se ha escrito nada.</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>&amp;Retener para revisión</translation>
    </message>
    <message>
      <source>&amp;Import</source>
      <translation>&amp;Importar</translation>
    </message>
    <message>
      <source>&amp;Import %1 %2</source>
      <translation>&amp;Importar %1 %2</translation>
    </message>
    <message>
      <source>&amp;Save mapping</source>
      <translation>&amp;Guardar asignación</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>Para el próximo archivo como este</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>Dé un nombre a la asignación.</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>Vuelva para corregir sus celdas, o déjelas fuera; aparecen en la lista al final.</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>Cómo se importa</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>Nombre de la a&amp;signación</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>Nombre de la asignación</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>Ningún documento se puede importar tal como está.</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>Aún no se ha escrito nada.</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>Nada sale hacia Zoho Books hasta que lo libere en Salida.</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Guardado como %1.</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>Algunas filas tienen errores, y entonces no se toma nada. Corríjalas o tome las buenas.</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>No tomar &amp;nada mientras una fila tenga errores</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>Tomar los documentos &amp;buenos y listar los demás</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>La importación es un lote: mientras nada de él haya salido hacia Zoho Books, se puede revertir entero, al final de esta importación o más tarde en Orígenes.</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>Se están comprobando las filas, %1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>Las carpetas vigiladas y la línea de comandos usan las asignaciones guardadas por su nombre.</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>Lo importado sale hacia Zoho Books con la próxima sincronización.</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>Qué se importaría</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>%1 de %2 omitidos</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%1 de %2 módulos</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>%1 hoy</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>Configurado en Zoho Books</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>última %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>creado por zbdesk, espera su primer evento</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>espera su primer evento</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%1 de %2 puntos están pendientes.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Lista de control</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Todos los puntos están hechos.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Mostrar</translation>
    </message>
    <message>
      <source>Show: %1</source>
      <translation>Mostrar: %1</translation>
    </message>
    <message>
      <source>The period can be signed off.</source>
      <translation>El periodo se puede aprobar.</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>Quitar el filtro %1</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>Remesa bancaria</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>Transferencia bancaria</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>Efectivo</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Comprobar</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Haber</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>Tarjeta de crédito</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Cliente</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Debe</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>Bienes</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Otro</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Servicio</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Proveedor</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>%1 creados en una hora que en otro lugar es otro mes</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n registro</numerusform>
        <numerusform>%n registros</numerusform>
      </translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Ambos lados son iguales.</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>Llegaron cambios sin evento, o hay eventos esperando.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Lista de control</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>Comparado con</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moneda</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Fechas que dependen del reloj</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Diferencia</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>Diferencias, registro por registro</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Todos los puntos están hechos.</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>Hash del cuadre</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>Hash de estas cifras (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Hecho el</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>Hecho por</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>Aprobación del cierre de mes</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Sin conflictos</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>Ninguna fecha se desplaza más allá del fin de mes</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>Sin borradores hasta el fin del periodo</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>Ningún resultado es desconocido</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Sin problemas</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>Ninguno.</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>Sin leer hasta el final desde que terminó el periodo: %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>Aún sin leer hasta el final: {names}. Sus cifras no son todo lo que hay.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Nota</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>Nada espera para salir</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Número</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation>De un registro aún nadie puede decir el importe.</translation>
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>De {count} registros aún nadie puede decir el importe.</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>Un punto está pendiente. El periodo se aprobó de todos modos.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organización</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>Tercero</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Periodo</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>Trimestre %2 de %1</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>Registros aquí</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Registros en Zoho Books</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>La sincronización está en orden</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>El historial terminaba entonces en la línea {seq} con el hash {hash}</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>La última sincronización no llegó a su fin, o tiene más de un día.</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>Los dos lados difieren.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este equipo</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Cuadre</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>El cuadre es igual</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>Los webhooks llegan sin huecos</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>Qué difiere</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>Año %1</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>Zoho Books según la última lectura; la lista más antigua es de {moment}</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books, consultado el {moment}</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>una lista que nunca se leyó hasta el final</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>otro importe</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>otra moneda</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>otro periodo</translation>
    </message>
    <message>
      <source>done</source>
      <translation>hecho</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>tiene un problema</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>aún no ha salido</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>en conflicto</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>hecho el {organization} para la organización, {utc} en UTC, {computer} en este equipo</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>no llegó respuesta</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>solo aquí</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>solo en Zoho Books</translation>
    </message>
    <message>
      <source>open</source>
      <translation>abierta</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>anulado aquí</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>anulado en Zoho Books</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>conviene mirarlo</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>zbdesk tieout verify ARCHIVO dice si el archivo sigue diciendo lo que decía.</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>{count} más están en las cifras que viajan en este archivo y en el CSV.</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count} puntos están pendientes. El periodo se aprobó de todos modos.</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>%1 está escrito.</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>Consultando Zoho Books: %1, %2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>Consultando Zoho Books…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Iniciar el &amp;modo de cierre de mes</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Ambos lados son iguales.</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>Archivo CSV (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>Elija otro.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>Comparado con Zoho Books según la consulta de %1.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>Comparado con Zoho Books según la última lectura; la lista más antigua es de %1.</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>Comparando…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>Terminar el &amp;modo de cierre de mes</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>Todo documento cercano al fin de mes se hizo el mismo día según todos los relojes.</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>Ninguna fecha depende del reloj</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>Sin registros en este periodo</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>Aún sin leer hasta el final: %1.</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>Archivo PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Guardar</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>Aprobación (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>Los dos lados difieren en %1.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>Escribiendo %1…</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>hasta %1</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>hasta que lo termine</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>&amp;As they came</source>
      <translation>&amp;Según llegaron</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>&amp;Listo</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>Más &amp;estrecha</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>Más &amp;ancha</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Columnas</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>&amp;Bajar</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>S&amp;ubir</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>La barra espaciadora muestra u oculta; Alt con las flechas mueve y cambia el ancho.</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>Ancho %1</translation>
    </message>
  </context>
  <context>
    <name>ColumnFilter</name>
    <message>
      <source>&amp;Apply</source>
      <translation>&amp;Aplicar</translation>
    </message>
    <message>
      <source>&amp;Contains</source>
      <translation>&amp;Contiene</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;Desde</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>&amp;Periodo</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>&amp;Quitar filtro</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>&amp;Hasta</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>Deben aparecer todas las palabras, en cualquier orden; mayúsculas y acentos no importan.</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>Días elegidos</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>Vacío: abierto por este lado.</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>Filtrar por %1</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>En la moneda de cada registro. Vacío: abierto por este lado.</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>Ningún registro puede tener ese importe.</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Periodo</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>Este final es anterior al principio.</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>últimos 30 días</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>últimos 7 días</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>último año fiscal</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>último mes</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>último trimestre</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>este año fiscal</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>este mes</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>este trimestre</translation>
    </message>
    <message>
      <source>today</source>
      <translation>hoy</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Bank</source>
      <translation>Banco</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Modificado</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Código</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Empresa</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Cliente</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Fecha</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Vence</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Número</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>Beneficiario</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referencia</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Tipo</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Proveedor</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>%1 celdas por corregir</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>%1 filas</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>Según lo deducido</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>Cada campo se puede llenar desde una columna. El número del documento lo distingue de los demás: el mismo número de nuevo es un cambio, no un segundo documento.

F8 va a la siguiente celda por corregir, Mayús+F8 a la anterior; Intro la corrige en su lugar. El archivo nunca se modifica.</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>Asigne su campo al menos a una columna.</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>Asigne su campo a cada columna del archivo; lo que zbdesk dedujo de nombres y contenidos ya está puesto.</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>Asi&amp;gnación</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Asignación</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>Siguiente celda por corregir</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>Anterior</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Filas, tal como se leerán</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>Diga si va primero el día o el mes para continuar.</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>Diga si el signo decimal es el punto o la coma para continuar.</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>Resuelva primero lo que está encima de las columnas.</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>La asignación tiene además columnas que no están en este archivo: %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>La siguiente no está entre las filas mostradas; está en la lista por corregir.</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>Se están comprobando las filas…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>¿Qué columna es qué?</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>comprobando, %1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>leyendo…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>primeras %1 filas</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>nada que corregir</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>%1 queda fuera ahora: su campo pasó a %2.</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>Columna del archivo</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>Columnas y campos</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Campo</translation>
    </message>
    <message>
      <source>Field of %1</source>
      <translation>Campo de %1</translation>
    </message>
    <message>
      <source>First value</source>
      <translation>Primer valor</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>Dejar fuera</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>Qué muestra</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1: era %2, es %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>&amp;Eliminar %1</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>&amp;Anular %1</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>&amp;Escribir %n cambio</numerusform>
        <numerusform>&amp;Escribir %n cambios</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>Se pregunta una vez después de cada cambio de organización.</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>Moneda base</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>País</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>¿Eliminar %1?</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>Primera escritura después de cambiar de organización</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>¿Sigue siendo %1?</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>Aún no ha salido, así que nada cambia en Zoho Books. Se quita de aquí.</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>Se elimina en Zoho Books y aquí; Zoho Books no conserva copia. Si allí se modificó, se le pregunta.</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>Sale con la próxima ejecución; hasta entonces, Cancelar el cambio lo retira.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>Queda en Zoho Books con el estado Anulado y ya no cuenta.</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Nombre corto de la organización</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>Identificador fiscal</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>El saldo abierto de %1 desaparece con ello.</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>Esta ventana mostraba antes %1. Está a punto de escribir en otra organización.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Escriba %1 para confirmar la organización</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>¿Anular %1?</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>Zoho Books la describe ahora de otra manera. No se escribe nada hasta que usted acepte.</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>Resolviendo…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> y </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1 días o más</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1 o más</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>&amp;Añadir filtro</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>Importe en juego</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>Cualquier importe</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>En juego: %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Campo</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>Filtrar por número o nombre</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>Mayor importe primero</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>Más recientes primero</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>Más antiguos primero</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>Abrir %1</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>Abierto desde hace</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Orden</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>un día o más</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>Conflictos</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n día</numerusform>
        <numerusform>%n días</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>%n campo igual</numerusform>
        <numerusform>%n campos iguales</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n línea</numerusform>
        <numerusform>%n líneas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>%n línea difiere</numerusform>
        <numerusform>%n líneas difieren</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(ninguno)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>Creado de nuevo</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Eliminado</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>Eliminado aquí</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>Eliminado en Zoho Books</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>Editado</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>Unido sin preguntar: cambió en un solo lado</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>Se deja como está allí</translation>
    </message>
    <message>
      <source>No</source>
      <translation>No</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Precio</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Cantidad</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Sí</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflicto</numerusform>
        <numerusform>%n conflictos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>%n campo por decidir</numerusform>
        <numerusform>%n campos por decidir</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>%n registro escrito en Zoho Books</numerusform>
        <numerusform>%n registros escritos en Zoho Books</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Todo de Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Todo de este &amp;equipo</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>Aplicar &amp;este resultado</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>Volver a la lista</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Borrar todos</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Conflicto</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Conflictos</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>&amp;Historial</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Abrir en &amp;Zoho Books</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>Sal&amp;tar</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>Resolver por &amp;regla…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>&amp;Deshacer el último</translation>
    </message>
  </context>
  <context>
    <name>ConflictsPage</name>
    <message>
      <source>%1 checked</source>
      <translation>%1 marcados</translation>
    </message>
    <message>
      <source>%1 from Zoh&amp;o Books…</source>
      <translation>%1 de Zoh&amp;o Books…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1 de e&amp;ste equipo…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 resueltos</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>%1 resueltos. Z los retira hasta que hayan salido.</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2.</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>Todos los conflictos</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Todo de Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Todo de e&amp;ste equipo</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>Todos los que cumplen el filtro</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>Elija un lado en cada campo para verlo.</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Borrar todos</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>J y K recorren la lista</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Allí no cambia ningún importe.</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Sin conflictos</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>Ninguno de %1 cumple el filtro</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>Allí no se escribe nada.</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>No se cambió nada en ambos lados.</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>Leyendo los conflictos…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>Retirado</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>Retirado; nada de ello ha salido.</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>Los marcados</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>No se pueden leer los conflictos</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>Esto no se puede hacer con el registro tal como está ahora.</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Este servidor no tiene páginas web para sus registros.</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Calculando…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>en juego %1</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>cambiaron en ambos lados. No se envía nada hasta que usted decida.</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>ID de cliente y secreto</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Conectar Zoho Books</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Centro de datos</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>Seguir &amp;conectando</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organización</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Iniciar sesión</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>Qué sincronizar</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>Conexión</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>Último contacto</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>Última vez en orden</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>Próxima consulta</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Registros en este equipo</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Inicio de sesión</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>ha terminado</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>sin programar</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>aún no</translation>
    </message>
    <message>
      <source>now</source>
      <translation>ahora</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>se renueva solo</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>Sin conexión con Zoho Books</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organización</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>Renovarlo</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>Iniciar sesión &amp;de nuevo…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Inicio de sesión</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>Inicio de sesión de la organización en uso</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>Iniciar sesión de nuevo conserva todos los registros y lo que va con ellos.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>leer y escribir</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>solo leer</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>desde %1</translation>
    </message>
  </context>
  <context>
    <name>CopyButton</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copiar</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
  </context>
  <context>
    <name>Counts</name>
    <message>
      <source>Documents</source>
      <translation>Documentos</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>The window is covered. Press a key to show it again.</source>
      <translation>La ventana está tapada. Pulse una tecla para mostrarla de nuevo.</translation>
    </message>
  </context>
  <context>
    <name>CredentialsPage</name>
    <message>
      <source>&amp;Client ID</source>
      <translation>ID de &amp;cliente</translation>
    </message>
    <message>
      <source>&amp;Grant code</source>
      <translation>Código de concesión (&amp;grant code)</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>&amp;Tipo de cliente en la consola</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>&amp;Mi navegador no puede volver aquí: usar un código</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>A&amp;brir %1</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>Se necesita un puerto libre para continuar.</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>Cualquiera libre de 1024 a 65535. La consola debe conocer la nueva dirección.</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>Pedir a &amp;Zoho solo lectura</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>Elija %1, después %2.</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>ID de cliente y secreto de cliente</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>&amp;Secreto de cliente</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>Copiar t&amp;odo</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>Corrija el ID de cliente para continuar.</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>Introduzca un número de 1024 a 65535.</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>Rellenado para la empresa de demostración.</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>Para equipos con restricciones: en la consola elija Add Client y después Self Client. En Generate Code pegue el ámbito de abajo, elija diez minutos y pegue aquí el código. Use arriba el ID y el secreto propios del Self Client.</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>En la consola de API de Zoho elija Add Client y después Server-based Applications. Escriba cualquier nombre, como página principal http://localhost, y en Authorized Redirect URIs la dirección que se muestra aquí. Elija Create. La pestaña Client Secret muestra entonces el ID y el secreto.

Si su empresa usa varios centros de datos, abra la pestaña Settings del cliente y active los demás.</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>Debe ser idéntica letra por letra. El puerto %1 está libre en este equipo.</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>Funciona una sola vez, y solo durante los minutos elegidos en la consola.</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>Su cliente lo conoce todo el mundo y solo abre la demostración. Elija Iniciar sesión para continuar.</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>Se guarda solo en %1. Los espacios de los extremos se quitan al pegar.</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>Se guarda solo en el llavero de este equipo. Los espacios de los extremos se quitan al pegar.</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>Tipo de cliente en la consola</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>Cree un cliente para zbdesk en la consola de API de Zoho y pegue aquí su ID y su secreto.</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>Más opciones para a&amp;dministradores</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>No se pudo abrir ningún navegador. Abra %1 en un navegador suyo.</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>Abrir la consola del centro de datos de %1</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>Abrir la consola de este servidor</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Pegar</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>Pegue el ID de cliente para continuar.</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>Pegar el secreto de cliente</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>Pegue el secreto de cliente para continuar.</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>Pegue el código de concesión, o cierre esa parte, para continuar.</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>Péguela allí en “Authorized Redirect URIs”</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>Pegue lo que la consola muestra en “Client Secret”</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Puerto</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>URI de redirección</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>I&amp;niciar sesión</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>Ámbito</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>Ámbito para el código</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>Server-based es lo correcto, salvo que su administrador haya creado el cliente de otro tipo.</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>Así la propia sesión no puede escribir. Para escribir más adelante hace falta otro inicio de sesión.</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>Hay un espacio dentro. Copie solo el ID.</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>Esto parece un correo electrónico. El ID empieza por 1000.</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>&amp;Usar otro puerto</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Usar este</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>Los ID de cliente de Zoho empiezan por 1000. y siguen con mayúsculas y cifras.</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>Panel</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Intentar de nuevo</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>&amp;Dirección de su Zoho Books</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>&amp;Otros servidores (para pruebas e instalaciones privadas)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(opcional: cópiela del navegador)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>Una empresa de Singapur suele tener sus libros en books.zoho.com. Si la elección es incorrecta, zbdesk lo nota al iniciar sesión y la corrige.</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>Servidor de c&amp;uentas</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>Servidor de AP&amp;I</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>Elija un centro de datos para continuar.</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>Elija el centro de datos cuya dirección ve en el navegador al abrir Zoho Books.</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>Corrija la dirección marcada para continuar.</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>Centros de datos</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>Introduzca ambos servidores para continuar.</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>Abra Zoho Books en su navegador y mire la dirección. La parte que sigue a “books.” indica el centro de datos: books.zoho.eu es Europa, books.zohocloud.ca es Canadá.

Pegue la dirección completa en el campo y la fila se elige por usted. Las flechas recorren las filas.</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>Cuenta la dirección, no el país de su empresa.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>Esta dirección pertenece al centro de datos de %1, pero abajo se eligió otro.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>Esta dirección pertenece al centro de datos de %1. Está elegido abajo.</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>Esta dirección no es de Zoho. Elija el centro de datos en la lista.</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>Usar &amp;estos servidores</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>¿Dónde están sus libros?</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>Australia</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>Canadá</translation>
    </message>
    <message>
      <source>China</source>
      <translation>China</translation>
    </message>
    <message>
      <source>Europe</source>
      <translation>Europa</translation>
    </message>
    <message>
      <source>India</source>
      <translation>India</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>Japón</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>Arabia Saudí</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>Emiratos Árabes Unidos</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>Reino Unido</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>Estados Unidos</translation>
    </message>
    <message>
      <source>own server</source>
      <translation>servidor propio</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>Centro de datos de {place}</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Before it is removed</source>
      <translation>Antes de desinstalarlo</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Datos</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>Termina el inicio con su sesión, pregunta por los datos y cierra.</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>En este equipo</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>Solo su propio usuario puede leer la carpeta. No contiene ninguna contraseña ni token, tampoco los registros (log). Para tenerla en otro lugar, salga, mueva la carpeta e inicie con --data-dir o ZBDESK_DATA_DIR.</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>Abrir &amp;carpeta de datos</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Lugar</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>Preparar la desinstalación de zbdesk…</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>&amp;Cambiar %1</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>Cambiar la fecha de %1</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>Cada uno recibe esta fecha y se intenta de nuevo enseguida.</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>Introduzca una fecha.</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>El primer día que no está bloqueado, o posterior.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>y %1 más</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>&amp;Eliminar %n registro</numerusform>
        <numerusform>&amp;Eliminar %n registros</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>¿Eliminar los registros de %1 de este equipo?</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Nombre corto de la organización</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>La conexión termina y aquí se eliminan los registros, el historial, las asignaciones y las reglas de esta organización. Zoho Books conserva todo. No se puede deshacer.</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>Se perderían.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Escriba %1 para confirmar la organización</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>No se pierde nada; la sincronización continúa cuando inicie sesión de nuevo.</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>La lectura continúa a las {time} por sí sola.</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>Los registros se pueden leer. La sincronización continúa por sí sola cuando Zoho Books vuelve a responder.</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>La sincronización se detuvo.</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>Este equipo está sin conexión desde {time}.</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>Zoho Books no permite más llamadas por ahora.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>Zoho terminó el inicio de sesión.</translation>
    </message>
  </context>
  <context>
    <name>DesktopNotices</name>
    <message>
      <source>Open zbdesk</source>
      <translation>Abrir zbdesk</translation>
    </message>
  </context>
  <context>
    <name>DetailPane</name>
    <message>
      <source>%1 lines</source>
      <translation>%1 líneas</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1, vence el %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1, vencida</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 línea</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>Todos los campos de &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>Modificado allí</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>Elija un registro para ver sus detalles.</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>Cerrar detalles</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Fecha</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Fechas</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Detalles</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>Campos antes y de&amp;spués</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Historial</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>Las líneas solo están en Zoho Books; se leen cuando vuelva a responder.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Líneas</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>Abrir en Zoho Books</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>Leyendo líneas de Zoho Books…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referencia</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Origen</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>y %1 más, en Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>DetailParts</name>
    <message>
      <source>%1 entries</source>
      <translation>%1 entradas</translation>
    </message>
    <message>
      <source>Applied credits</source>
      <translation>Créditos aplicados</translation>
    </message>
    <message>
      <source>Nothing of it has left; the record is again as both sides last agreed.</source>
      <translation>Nada de ello ha salido; el registro vuelve a estar como ambos lados acordaron por última vez.</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Pagos</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>Aplicado a</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>Re&amp;tirar</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>Por modificar en Zoho Books</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>Por eliminar en Zoho Books</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>Por hacer en Zoho Books</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>Por crear en Zoho Books</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>y %1 campos más</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>y %1 más, en Zoho Books</translation>
    </message>
    <message>
      <source>no</source>
      <translation>no</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>sí</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>&amp;Copiar este archivo</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>&amp;Guardar archivo comprimido…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>Preparando…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>Diagnóstico para soporte</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>Archivos del paquete</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>Guardar paquete</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Guardado como %1.</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>Texto del archivo</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>En el paquete van estos archivos y ningún otro. Se dejan fuera secretos, direcciones, números de cuenta y nombres de clientes. No se envía nada: usted decide qué hacer con el archivo.</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>%1 de importes menores</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>%n cambio más</numerusform>
        <numerusform>%n cambios más</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>Marcar como visto</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>Desde entonces no ha cambiado nada en Zoho Books.</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>Desde su última visita</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>Desde su última visita, %1</translation>
    </message>
  </context>
  <context>
    <name>DisconnectDialog</name>
    <message>
      <source>&amp;Disconnect</source>
      <translation>&amp;Desconectar</translation>
    </message>
    <message>
      <source>Disconnect %1?</source>
      <translation>¿Desconectar %1?</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>El inicio de sesión termina en Zoho y se olvida aquí. Los registros y vínculos se quedan en este equipo; al conectar de nuevo se continúa donde se detuvo. En Zoho Books no se cambia nada.</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>Se quedan y salen después de conectar de nuevo.</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>&amp;Descartar</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>&amp;Motivo</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>¿Descartar %1?</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>Sale de la lista y no se intenta de nuevo. Deshacer queda en Descartados.</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>Diga por qué, para que otros puedan entenderlo más tarde.</translation>
    </message>
  </context>
  <context>
    <name>DryRunDialog</name>
    <message>
      <source>&amp;Copy list</source>
      <translation>&amp;Copiar lista</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>En Zoho Books ahora</translation>
    </message>
    <message>
      <source>No</source>
      <translation>No</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>Escrituras previstas</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>Esto es una simulación. No se ha enviado nada.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>Qué se escribiría: %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>Se enviaría</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Sí</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>&amp;Descartarlo</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>&amp;Seguir editando</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>&amp;Guardar cambios</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation>Comprobando…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Elija una opción.</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>C&amp;rear %1</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>Editar %1</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>Introduzca al menos una línea.</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>Sale con la próxima ejecución y hasta entonces se puede cancelar.</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>Nuevo: %1</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>Todavía no se puede guardar.</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>Lo que escribió no está guardado.</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>Zoho Books necesita este campo.</translation>
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>Allí no cambia ningún importe.</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation>Qué cambia el resultado en Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>Llegó</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contacto</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Registro</translation>
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation>Qué hizo zbdesk</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1: firma incorrecta, la última %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>Todos los módulos</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>Todos los resultados</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>Elija todos para verlos de nuevo.</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Intro</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>Aún no ha llegado ningún evento</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>Sin firma</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>Ningún evento cumple el filtro</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>En cuanto Zoho Books tenga una dirección y un secreto, cada cambio aparece aquí al llegar.</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>V&amp;ista sin procesar</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>&amp;Leer de nuevo</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>Firma comprobada</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>No se pueden leer los eventos</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>Este evento ya no se conserva.</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>Este evento no nombra ningún registro que se pudiera leer.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>Qué fue de ello</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>Vista sin procesar</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Leer de nuevo</translation>
    </message>
    <message>
      <source>Webhook events</source>
      <translation>Eventos de webhook</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation>&amp;Elegir el archivo…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>&amp;Formato</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>Una base de datos contiene siempre el módulo entero.</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>Importes y fechas son números y fechas de verdad; sumas por moneda.</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>Empezar con una &amp;marca de UTF-8 (algunos programas antiguos la necesitan)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>CSV para otros programas</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>CSV para la hoja de cálculo de este equipo</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>Comas entre celdas, puntos en los importes, UTF-8.</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>T&amp;odo lo de este módulo, con filtro o sin él (%1)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Libro de Excel</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>Exportar %1</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Formato</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>Líneas JSON</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>Una lista de objetos.</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>Un objeto por línea, para archivos grandes.</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>Solo lo se&amp;leccionado (%1)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>Base de datos SQLite</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>Separador y signo decimal según este equipo, para que un doble clic lo abra en columnas.</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>El módulo entero como tabla, de un mismo momento.</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>Lo que muestra la &amp;tabla, en su orden (%1)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>&amp;Examinar…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>Añadir re&amp;gistros</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>Elija una carpeta para las exportaciones</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>Vacío para no exportar.</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>Cada %1 días</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>Cada %1 horas</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>Cada día</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Cada hora</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Carpeta</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>Carpeta para exportaciones</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Formato</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Con qué frecuencia</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>Líneas JSON</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>Registros que se exportan</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>Copia SQLite</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Exportación programada</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>Hoja de cálculo (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>Esta carpeta no está ahora; la exportación la espera.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>Columna</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>Filas rechazadas</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Fila</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>Qué está mal</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>Aceptar anticipo</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Cuenta</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>IVA de adquisición</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>Ajuste</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>Descripción del ajuste</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>Permitir pagos parciales</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>Importe aplicado</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>Adjuntos</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>Atención</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>Número de exención Avatax</translation>
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation>Código fiscal Avatax</translation>
    </message>
    <message>
      <source>Avatax use code</source>
      <translation>Código de uso Avatax</translation>
    </message>
    <message>
      <source>Bank charges</source>
      <translation>Comisiones bancarias</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Factura de proveedor</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>Línea de factura de proveedor</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>Número de factura de proveedor</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Facturable</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>Dirección de facturación</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Facturas de proveedor</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>IVA recuperable del kilometraje</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>Tipo de referencia CFDI</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>Uso CFDI</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Ciudad</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Empresa</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>Número de contacto</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Persona de contacto</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>Personas de contacto asociadas</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>País</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Código de país</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Haber</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>Límite de crédito</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>Número de nota de crédito</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>Referencia propia del CRM</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>Propietario en el CRM</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moneda</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>Texto propio</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>Campos personalizados</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>Asunto propio</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Cliente</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation>Subtipo de cliente</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Fecha</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Debe</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation>Debe o haber</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>Cliente de entrega</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>Fecha de entrega</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>Forma de entrega</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>Dirección de entrega de la organización</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>Departamento</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Descripción</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>Cargo</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>Destino del suministro</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>Descuento</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>Cuenta de descuento</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Distancia</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Documento</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>Fecha de vencimiento</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>Correo electrónico</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>Empleado</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>Lectura final</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>Rango de cilindrada</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Presupuesto</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>Número de presupuesto</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Tipo de cambio</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Gasto</translation>
    </message>
    <message>
      <source>Facebook</source>
      <translation>Facebook</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>Fax</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>Nombre de pila</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>Tipo de combustible</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>Tratamiento GST</translation>
    </message>
    <message>
      <source>GSTIN</source>
      <translation>GSTIN</translation>
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation>HSN o SAC</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>Encabezado</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>Nombre del encabezado</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>Incluir en la declaración de IVA</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>Cuenta de inventario</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Factura</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>Línea de factura</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>Número de factura</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>Presupuesto facturado</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Facturas</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>Es ajuste BAS</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>Descuento antes de impuestos</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>Es borrador</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>Impuesto por línea</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>Es el contacto principal</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>Inversión del sujeto pasivo aplicada</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>Registrado para TDS</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>Actualizar cliente</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artículo</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>Preferencias fiscales del artículo</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>Total de la línea</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>Tipo de artículo</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>Fecha del asiento</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>Tipo de asiento</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Clase</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>Clase de descuento</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Apellidos</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>Razón social</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Líneas</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Ubicación</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>Comercio</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>Tarifa de kilometraje</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>Tipo de kilometraje</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>Unidad de kilometraje</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>Móvil</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>Notas</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>Notas predeterminadas</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>Importe del saldo de apertura</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Saldos de apertura</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>Número de orden</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>Propietario</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>Pagado por</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>Pagado desde</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>Forma de pago</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>Condiciones de pago</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>Número de permiso</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>Personas</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Teléfono</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>Lugar del contacto</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>Lugar del suministro</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Precio</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>Lista de precios</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>Precios con impuestos</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>Tipo de producto</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Proyecto</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>Cuenta de compra</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>Descripción de compra</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Orden de compra</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>Precio de compra</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>Exención de impuesto de compra</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>Regla de impuesto de compra</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>Línea de orden de compra</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Cantidad</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Motivo</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Factura de proveedor recurrente</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Factura recurrente</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referencia</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>Factura de referencia</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>Nivel de reposición</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>Porcentaje de anticipo</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>Factura de anticipo</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>Impuesto por inversión del sujeto pasivo</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>IVA por inversión del sujeto pasivo</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Orden de venta</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>Regla de impuesto de venta</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>Línea de orden de venta</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>Vendedor</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>Tratamiento</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>Código SAT del artículo</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>Enviar por</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>Fecha de envío</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>Dirección de envío</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>Gastos de envío</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>Línea de origen</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>Origen del suministro</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>Lectura inicial</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>Código de estado o provincia</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>Calle 2</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Etiqueta</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>Opción de etiqueta</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Etiquetas</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Impuesto</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>Importe del impuesto</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>Impuesto retenido</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>Autoridad fiscal</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>Nombre de la autoridad fiscal</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>Exención fiscal</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>Número del certificado de exención fiscal</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>Código de exención fiscal</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>Tipo de exención fiscal</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>Tipo de identificador fiscal</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>Valor del identificador fiscal</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>Porcentaje de impuesto</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>Número de registro fiscal</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>Régimen fiscal</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>Especificación fiscal</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>Tratamiento fiscal</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>Código de tratamiento fiscal</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>Sujeto a impuestos</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Impuestos</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>Impuesto TDS</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>Plantilla</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>Términos y condiciones</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>Términos predeterminados</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>Seguimiento 1099</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Unidad</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>Código de unidad</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>Número de IVA</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>Tratamiento de IVA</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>Válido hasta</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>Tipo de vehículo</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Proveedor</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>Número de crédito de proveedor</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>Sitio web</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>Registro completo</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>Oportunidad de Zoho CRM</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>Nombre de la oportunidad de Zoho CRM</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>Código postal</translation>
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>Diferencia</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Campo</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation>Último acuerdo</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Resultado</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este equipo</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>elegido</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>no elegido</translation>
    </message>
    <message>
      <source>was %1</source>
      <translation>era %1</translation>
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation>Campos en ambos lados</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>%1 columnas</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Todos los archivos (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>Sirve cualquier tabla con una fila de encabezados: una exportación de una tienda, de un banco o de un programa contable antiguo. No se puede leer un archivo con contraseña, una página web ni un PDF.

El mismo archivo de nuevo no cambia nada: los documentos se conocen por su número.</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>&amp;Elegir un archivo…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>&amp;Elegir otro archivo…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV, TSV, XLSX, XLSM, XLS u ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>Elija un archivo para continuar.</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>Elija un archivo para importar</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>Suelte un archivo aquí o elija uno</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>Cada documento del archivo se convierte en uno de estos. Las líneas de un documento pueden estar en varias filas.</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>Hojas de cálculo (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>Abriendo el archivo…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>Lo que trae queda primero en este equipo. Aquí no se lee ni se escribe nada en Zoho Books.</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>Qué son las &amp;filas</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Qué son las filas</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>¿Qué archivo?</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> y </translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>%1…</source>
      <translation>%1…</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>Añadir &amp;filtro</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>&amp;Borrar todos</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>También lo eliminado en Zoho Books</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>Por columna</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moneda</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Estado</translation>
    </message>
  </context>
  <context>
    <name>FilterField</name>
    <message>
      <source>Filter</source>
      <translation>Filtro</translation>
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation>Filtrar por número, nombre o referencia</translation>
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation>%1 a %2</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>Currency: %1</source>
      <translation>Moneda: %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Fecha</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>También los eliminados</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Vence</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>Situación: %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>Estado: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Pendiente de pago</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>desde %1</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>hasta %1</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>%n llamada hecha</numerusform>
        <numerusform>%n llamadas hechas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>%n lista más</numerusform>
        <numerusform>%n listas más</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1. %2 sin recuento.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Continuar</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>Quedan unos %1; listo hacia las %2.</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>Primera sincronización</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>Primera sincronización: %1 de %2 registros están aquí</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>Primera sincronización: %1 registros están aquí</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>Se ha detenido. Lo que está aquí se conserva; la próxima sincronización continúa desde ahí.</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>Puede cerrar esta ventana y seguir trabajando; al detener se conserva lo que está aquí.</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>cerrada</translation>
    </message>
    <message>
      <source>open</source>
      <translation>abierta</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>&amp;Examinar…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Cambiarlo</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>&amp;Carpeta</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>&amp;Asignación</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>&amp;Vigilarla</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Guardando…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>Cambiar lo que se vigila</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>Elija una carpeta para vigilar</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>Elija una carpeta.</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>Los archivos completos se importan una vez y pasan a done o failed con un informe al lado.</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Carpeta</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Asignación</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>No hay ninguna asignación guardada para estos. Importe primero un archivo así y guarde allí su asignación.</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>Patrones separados por punto y coma.</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>No tomar &amp;ningún archivo con una fila mala</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>Vigilar una carpeta</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>Qué son las &amp;filas</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Qué son las filas</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>Qué a&amp;rchivos</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>Qué archivos</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>&amp;Olvidar los vínculos</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>Ambos lados se quedan, pero se quitan los vínculos entre ellos y todas las listas se leen desde el principio. Solo hace falta si los libros se restauraron de una copia. No se puede deshacer.</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>¿Olvidar qué registro corresponde a cuál en %1?</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>Lo que zbdesk escribió cuenta de nuevo como nuevo y queda retenido para revisión en Salida, para que nada se cree dos veces por sí solo. Un registro cuya respuesta aún está pendiente conserva su vínculo.</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>Días</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>Vacío: Zoho Books da el siguiente número.</translation>
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n hora</numerusform>
        <numerusform>%n horas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation>
        <numerusform>hace %n hora</numerusform>
        <numerusform>hace %n horas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n minuto</numerusform>
        <numerusform>%n minutos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation>
        <numerusform>hace %n minuto</numerusform>
        <numerusform>hace %n minutos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation>
        <numerusform>%n segundo</numerusform>
        <numerusform>%n segundos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation>
        <numerusform>hace %n segundo</numerusform>
        <numerusform>hace %n segundos</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>Ahora mismo</translation>
    </message>
    <message>
      <source>bytes</source>
      <translation>bytes</translation>
    </message>
    <message>
      <source>minus %1</source>
      <translation>menos %1</translation>
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation>mañana {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>ayer {time}</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Filas, tal como se leerán</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation>Fila %1, %2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>Fila</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>%1 no se escribió en Zoho Books: %2, desde %3.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Detalles</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation>Descartar todos…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>Descartar…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>Ocultar los registros</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>Se intenta de nuevo por sí solo a las %1.</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>Mostrar los registros</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>Intentar estos de nuevo</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>cerrada</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>código %1</translation>
    </message>
    <message>
      <source>open</source>
      <translation>abierta</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation>&amp;Crear y mostrar el secreto…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>&amp;Módulo</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>Dirección para cambios</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>Dirección para eliminaciones</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation>Copiar la dirección para cambios</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>Copiar la dirección para eliminaciones</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>Cada módulo necesita dos webhooks y dos reglas, una sola vez. Las reglas de flujo de trabajo vienen con los planes Professional, Elite y Ultimate.</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>Otra vez New Workflow Rule para %1: Event Based, Deleted; Immediate Actions: el webhook del paso 3.</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Settings (el engranaje) → Automation → Workflow Actions → Webhooks → New Webhook. Cualquier nombre; Module: %1; Method: POST; URL to Notify: la dirección de abajo. Marque la opción que asegura el webhook y pegue el secreto como Secret Token. Body: Default Payload. Save.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Settings → Automation → Workflow Logs: elija una política de reintentos, para que Zoho Books lo intente de nuevo mientras este equipo está suspendido. Después cambie un registro: %1 se marca solo en la lista en cuanto su evento está aquí.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; sin criterios; Immediate Actions: Webhooks, el del paso 1. Save.</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>Pasos</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>El segundo par, para las eliminaciones: otra vez New Webhook para %1, con esta dirección y el mismo secreto.</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>Aún no hay dirección pública: elija primero una en Túnel.</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Qué pegar y dónde en Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation>%1 hechos desde este equipo; Zoho conserva %2 por usuario y no dice cuántos están en uso.</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>Antes de eso: que otro usuario con los mismos derechos elija aquí Iniciar sesión de nuevo. Los registros y vínculos se quedan.</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>ID de cliente</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Equipo</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Centro de datos</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Carpeta de datos</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation>Ficha de traspaso</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>Si este usuario se quita o se desactiva en Zoho, el inicio de sesión termina y ya no se sincroniza nada.</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>Creado en Zoho Books</translation>
    </message>
    <message>
      <source>May</source>
      <translation>Puede</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>Más inicios de sesión de los permitidos a un usuario terminan el más antiguo sin avisar, quizá este.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organización</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>Ámbitos</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>Los secretos están en</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>Inicios de sesión</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>Sesión iniciada por</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Desde</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Orígenes</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>El cliente en la consola de API de Zoho pertenece a quien lo creó. Anote quién puede abrir esa consola.</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>Los secretos están en el llavero del usuario de este equipo y no pasan a otro equipo ni a otro usuario.</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>Dirección del webhook</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>Secreto del webhook cambiado</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>Qué deja de funcionar si esta persona se va</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>Sin ningún secreto: puede guardarse con los papeles de la empresa.</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>nunca se mostró</translation>
    </message>
    <message>
      <source>none</source>
      <translation>ninguno</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>no se conoce</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>leer y escribir</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>solo leer</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation>ficha de traspaso de zbdesk</translation>
    </message>
  </context>
  <context>
    <name>HandoverDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copiar</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>&amp;Imprimir…</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
  </context>
  <context>
    <name>Head</name>
    <message>
      <source>&amp;Ask Zoho Books now</source>
      <translation>Consultar &amp;Zoho Books ahora</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>&amp;CSV…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>A&amp;cciones</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Acciones</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Iniciar el &amp;modo de cierre de mes</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Lista de control</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation>Co&amp;lumnas</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Columnas</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Fechas</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>E&amp;xportar…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportar</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Cierre de mes</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>Nuevo registro</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>Nuevo…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>P&amp;DF…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Periodo</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>Imprimir la tabla</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>Guardar el cuadre como CSV</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>Guardar el cuadre como PDF</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>Mostrar detalles</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>A&amp;probar…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Dividir</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Cuadre</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Hasta</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vista</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>entero</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>por mes</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>por trimestre</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>por año</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%1 de %2 días en orden</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Día</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Historial</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>Cómo fue</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>Sincronización, últimos 30 días</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>fallaron todas las ejecuciones</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en orden</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>al final en orden, algunas ejecuciones fallaron</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>ninguna ejecución</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>aún sin conectar</translation>
    </message>
    <message>
      <source>today</source>
      <translation>hoy</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Cerrar</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>Ayuda: %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>Teclas: Intro continúa, Alt+A retrocede, Esc cancela, F1 abre esta ayuda.</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation>
        <numerusform>%n lugar</numerusform>
        <numerusform>%n lugares</numerusform>
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>Contenido</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Teclas y formas</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>Nada coincide. Pruebe con menos palabras.</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>Buscar en el manual</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>Falta el manual</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>%n documento no se puede importar tal como está</numerusform>
        <numerusform>%n documentos no se pueden importar tal como están</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1, por correo electrónico</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1, por nombre</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1, por número</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1, por número en el programa antiguo</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>Campo personalizado %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>Línea: %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>Número en el programa antiguo</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>Ya están así</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Modificado</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Nuevos</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Rechazado</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>Siguie&amp;nte</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n celda por corregir</numerusform>
        <numerusform>%n celdas por corregir</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>¿Primero el día o el mes?</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>¿Punto o coma?</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>todos están en los libros</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>importes, tal como están</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>tal como está</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>la coma es el signo decimal</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>primero el día</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>se busca en los libros</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>primero el mes</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>no se importa</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>el punto es el signo decimal</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>solo se puede leer de una manera</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>distingue los documentos</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>el mismo número une las líneas</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>espera si no está en los libros</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>primero el año</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n celda por corregir</numerusform>
        <numerusform>%n celdas por corregir</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>falta %n documento del último archivo con este nombre</numerusform>
        <numerusform>faltan %n documentos del último archivo con este nombre</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n celda</numerusform>
        <numerusform>%n celdas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>%n nombre no está en los libros</numerusform>
        <numerusform>%n nombres no están en los libros</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>%n pregunta</numerusform>
        <numerusform>%n preguntas</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>Comprobar</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Columnas</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Archivo</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importar</translation>
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation>Importar – zbdesk</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>Disposición</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>La lista está guardada: %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1 filas</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>Documentos</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>Cada importación figura aquí y se puede revertir, aquí y en Zoho Books.</translation>
    </message>
    <message>
      <source>From</source>
      <translation>De</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Importar un archivo…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>Aún no se ha importado nada.</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Importaciones anteriores</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Resultado</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Re&amp;vertir…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>Mostrar los re&amp;gistros</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>Totales</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>asignación %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>A un programa sin token no se le dice nada.</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>Una tienda, una caja o un script entrega documentos y pregunta qué fue de ellos.</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>Permitir que pregunten también otros equipos</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>Permitir que pregunten programas de este equipo</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Interfaz local</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Red</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>Nuevo to&amp;ken…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>Ninguno todavía</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>Un programa más</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Puerto</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>Programas que preguntan a zbdesk</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>Revocar %1</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>Revocar…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>No hay cifrado: los tokens y documentos cruzan la red a la vista. Ponga delante un proxy con TLS.</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>Tokens</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>sin usar todavía</translation>
    </message>
    <message>
      <source>used %1</source>
      <translation>usado %1</translation>
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation>Tecla %1</translation>
    </message>
  </context>
  <context>
    <name>LatelyPanel</name>
    <message>
      <source>All activity</source>
      <translation>Toda la actividad</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation>Últimamente</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>Aún no ha ocurrido nada.</translation>
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation>Barra vertical</translation>
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation>Ca&amp;racteres</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>Caracteres</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>Coma</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>Primeras filas, tal como se leen</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>Detectado con certeza.</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>Los encabezados están en la fi&amp;la</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>Los encabezados están en la fila</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>¿Es así como se entiende el archivo?</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>Fíjese en los nombres con acentos y en los encabezados. Todo lo de abajo se dedujo del propio archivo.</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>Lo más probable. Si los acentos se ven mal, elija otro.</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>No se encontraron encabezados.</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>Una fila es un documento</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>Filas y &amp;documentos</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>Filas y documentos</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>Las filas con el mismo número son líneas de un documento</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>&amp;Hoja</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>Punto y coma</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Hoja</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tabulador</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>Los archivos de texto no dicen con qué caracteres están escritos. Si los nombres se ven mal aquí, elija otra entrada hasta que se vean bien.

Los títulos y filas vacías sobre los encabezados se dejan fuera: diga en qué fila están los encabezados.</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>Leyendo el archivo de nuevo…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>Los valores están &amp;separados por</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>Los valores están separados por</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>Eliminar primero los &amp;datos locales…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>&amp;Conservar los datos y cerrar</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>¿Preparar la desinstalación de zbdesk?</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>Los registros, el historial y la configuración quedan en %1 hasta que los elimine.</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>Para terminar la sesión en Zoho y eliminar aquí los registros, hágalo primero.</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>¿Qué ocurre con los datos?</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>zbdesk deja de iniciarse con su sesión y se cierra. Después desinstálelo como se instaló.</translation>
    </message>
  </context>
  <context>
    <name>Ledger</name>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>Gastos</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>Por pagar</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Compras</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>Por cobrar</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Ventas</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Impuesto</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, próxima a las %2</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>Probado de ida y vuelta a las %1</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>Probado a las %1</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Probando…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>El camino aún no se ha probado</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>Importes</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>Preguntar antes de escribir más de</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>Antes de una ejecución grande</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>Moneda e importe, varios con comas; vacío: sin límite.</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Eliminaciones</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Sin límite</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>Registros en una ejecución. Por encima no se escribe nada hasta que usted lo haya mirado.</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>Escriba moneda e importe, por ejemplo EUR 50000.</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>o importes de más de</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>o elimina o anula más de</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>Añadir &amp;línea</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>Añadir &amp;persona</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>Añadir &amp;factura de proveedor</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>Añadir fact&amp;ura</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>Línea %1: %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>Líneas antes de impuestos y descuento: %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>Quitar la línea %1</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>línea %1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(sin nombre)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Diferencia</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artículo</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>Líneas, lado a lado</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Cantidad</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>Impuesto, según Zoho Books</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este equipo</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation>
        <numerusform>y %n línea más</numerusform>
        <numerusform>y %n líneas más</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>no está</translation>
    </message>
  </context>
  <context>
    <name>LogDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copiar</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Errores</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Todo</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>Buscar en el registro (log)</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Nivel</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Registro (log)</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>No hay nada de esa clase en el registro (log).</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>Leer de n&amp;uevo</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>Las horas son UTC. Los secretos se quitan.</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Advertencias</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Qué ocurre</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>Un archivo nuevo cada día y al llegar a %1 MB. El número de días cuenta desde el próximo inicio.</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>Cuenta enseguida. Los secretos se quitan antes de escribir nada.</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>Diagnóstico para soporte…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Errores</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>Cada archivo se muestra antes de guardar nada. Desde aquí no se envía nada.</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Todo</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>Para soporte</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>Cuánto se escribe</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>Conservar días</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>Registros (log)</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>Mirarlo</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>Abrir carpeta de re&amp;gistros (log)</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>Leer el registro (&amp;log)…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Advertencias</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Qué ocurre</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>Importes por debajo de cero</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Como el sistema</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>Vale de inmediato. Los números y fechas quedan como los tiene la organización.</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Oscuro</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>Alto contraste, negro</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>Alto contraste, blanco</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>Aspecto de zbdesk</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>Entre paréntesis: (1.234,50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>En la ventana y en papel. Los archivos exportados siempre llevan signo menos.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Aspecto</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>El tamaño del texto sigue el ajuste del sistema.</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>Con signo menos: −1.234,50</translation>
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation>%1 horas</translation>
    </message>
    <message>
      <source>%1 minutes</source>
      <translation>%1 minutos</translation>
    </message>
    <message>
      <source>%1 seconds</source>
      <translation>%1 segundos</translation>
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation>%1, la zona de la organización. Fuera de ese horario solo se atienden los webhooks y sus clics.</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>Unas %1 llamadas al día si nada cambia</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>Unas %1 de %2 llamadas al día si nada cambia</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>A cualquier hora de cualquier día. Sincronizar ahora funciona siempre.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Días</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>Horas</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>En la zona de la organización. Sincronizar ahora funciona siempre.</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Líneas</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>Líneas de todo</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Buscar cambios cada</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>De lunes a viernes</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>De lunes a sábado</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>Una llamada por documento, los más recientes primero, dentro de las llamadas del día. Sin ello, las líneas se leen al abrir un registro o al cambiar.</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>Sábado y domingo</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>De domingo a jueves</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>De domingo a miércoles</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>Cuándo consulta zbdesk</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>ZBDESK_POLL_SECONDS vale para este inicio</translation>
    </message>
    <message>
      <source>and</source>
      <translation>y</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>todos los días</translation>
    </message>
    <message>
      <source>from</source>
      <translation>de</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>hora</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>solo a ciertas horas</translation>
    </message>
    <message>
      <source>until</source>
      <translation>a</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>%1 abiertos</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>%1 por salir</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>%1 por resolver</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>Conectar Zoho Books – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>Terminando lo que está en curso…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>Abra primero una lista de registros.</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>Sincronización: %1</translation>
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation>Manual</translation>
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation>Una asignación dice qué columna es qué campo. Importe un archivo y guarde allí su asignación con un nombre.</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Para</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Importar un archivo…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>No hay ninguna asignación guardada.</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>&amp;Quitar asignación…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Guardado</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>Asignaciones guardadas</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>La asignación %1 se ha quitado.</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>Usada por</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>Columna</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Fila</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>Guardar la lista por corregir</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>No se pudo guardar la lista.</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>Qué está mal</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Editar</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Archivo</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>A&amp;yuda</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>&amp;Registros</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>&amp;Sincronización</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Ver</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>Ve&amp;ntana</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>Qué se lee</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>no se puede leer</translation>
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation>Módulos</translation>
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation>Cuenta</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>Cuenta bancaria</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>Cuentas bancarias</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>Movimiento bancario</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>Movimientos bancarios</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>Ajuste de moneda base</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>Ajustes de moneda base</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Factura de proveedor</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Facturas de proveedor</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>Plan de cuentas</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contacto</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Persona de contacto</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>Personas de contacto</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>Contactos</translation>
    </message>
    <message>
      <source>Credit note</source>
      <translation>Nota de crédito</translation>
    </message>
    <message>
      <source>Credit note refund</source>
      <translation>Reembolso de nota de crédito</translation>
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation>Reembolsos de notas de crédito</translation>
    </message>
    <message>
      <source>Credit notes</source>
      <translation>Notas de crédito</translation>
    </message>
    <message>
      <source>Currencies</source>
      <translation>Monedas</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moneda</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>Pago recibido</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>Pagos recibidos</translation>
    </message>
    <message>
      <source>Debit note</source>
      <translation>Nota de débito</translation>
    </message>
    <message>
      <source>Debit notes</source>
      <translation>Notas de débito</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Presupuesto</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>Presupuestos</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Tipo de cambio</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>Tipos de cambio</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Gasto</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>Gastos</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>Activo fijo</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>Activos fijos</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Factura</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Facturas</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artículo</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Artículos</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>Asiento</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>Asientos</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Ubicación</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>Ubicaciones</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>Saldo de apertura</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Saldos de apertura</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organización</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organizaciones</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Proyecto</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Proyectos</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Orden de compra</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>Órdenes de compra</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Factura de proveedor recurrente</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>Facturas de proveedor recurrentes</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>Gasto recurrente</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>Gastos recurrentes</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Factura recurrente</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>Facturas recurrentes</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>Factura de anticipo</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>Facturas de anticipo</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Orden de venta</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>Órdenes de venta</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>Recibo de venta</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>Recibos de venta</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configuración</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>Tarea</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Tareas</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Impuesto</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>Grupo de impuestos</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>Grupos de impuestos</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Impuestos</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>Registros de horas</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>Registro de horas</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Usuario</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>Usuarios</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>Crédito de proveedor</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>Créditos de proveedor</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>Pago realizado</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>Pagos realizados</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>leyendo</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>no se puede leer</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>ahora mismo</translation>
    </message>
    <message>
      <source>next</source>
      <translation>siguiente</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>espera</translation>
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation>A fecha de</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Llamadas</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Aquí</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>En Zoho Books</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Avance</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>leyendo</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>no se puede leer</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>elegido</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en orden</translation>
    </message>
    <message>
      <source>next</source>
      <translation>siguiente</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>no elegido</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>sin contar</translation>
    </message>
    <message>
      <source>records</source>
      <translation>registros</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>espera</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>con %1</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>Elegir módulos</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Módulos</translation>
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation>Módulos</translation>
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end mode</source>
      <translation>Terminar el modo de cierre de mes</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Cierre de mes</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>El cierre de mes ha terminado.</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>Cierre de mes hasta %1</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>Sin listas completas, notificaciones solo de errores, la mitad de las llamadas de hoy se reserva para usted.</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>Este equipo permanece despierto.</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 de %2: %3 facturado, %4 cobrado</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1; %2 hasta la fecha</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>Moneda de los meses</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Facturado</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>Facturado y cobrado, por mes</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>Mes</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>Sin facturas ni pagos en los últimos doce meses.</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>Cobrado</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>sin moneda</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>Conexiones, configuración y ayuda</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Páginas</translation>
    </message>
  </context>
  <context>
    <name>Neighbours</name>
    <message>
      <source>Looked at %1</source>
      <translation>Visto a las %1</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>Solo lee hasta que usted lo confirme</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Conservar</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>&amp;Probar la conexión</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>Una dirección tiene la forma http://proxy.example.com:8080, sin usuario.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Como el sistema</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>Probando…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>Falló en: %1 (%2).</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>En orden antes de eso: %1.</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>Usuario (opcional)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>Nombre para el proxy</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Ninguno</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Contraseña</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>Contraseña para el proxy</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>Proxy</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>La contraseña va al llavero de este equipo, a ningún otro lugar.</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>La contraseña se ha olvidado.</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>La contraseña está en el llavero.</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>Este</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>Camino a Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>Zoho Books responde a través de %1.</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>Zoho Books responde directamente.</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>conectar con el servidor</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>encontrar el nombre del servidor</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>llegar al proxy</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>el usuario del proxy</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>la respuesta del servidor</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>el certificado del servidor</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Cerrar</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>&amp;Crear el token</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>&amp;Nombre del programa</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>&amp;Token</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Creando…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>Dele el nombre del programa.</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>Se muestra solo esta vez. zbdesk conserva únicamente su huella.</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>Nombre del programa</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>Nuevo token</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>Un token por programa, para poder revocar uno sin los demás.</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>El token se muestra solo esta vez.</translation>
    </message>
    <message>
      <source>Token</source>
      <translation>Token</translation>
    </message>
  </context>
  <context>
    <name>NoticeRows</name>
    <message>
      <source>All of them</source>
      <translation>Todas</translation>
    </message>
    <message>
      <source>An hour at most</source>
      <translation>Por hora, como máximo</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>Clases</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>Desactivado significa ninguna. Nada está solo en una notificación: la ventana también lo dice.</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>Una por causa. Lo que se añada se resume en una sola.</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>Mostrar notificaciones</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>Avisarme</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>cuando ambos lados cambiaron el mismo registro</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>cuando vuelve a funcionar</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>cuando algo no se pudo hacer</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>cuando termina la primera sincronización o una larga</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>cuando el inicio de sesión ha terminado</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>Ha terminado una sincronización larga</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>Todo ello está en la ventana.</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>A partir de ahora solo se leen los cambios.</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>Tardó %1. El resultado está en Actividad.</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>No se sobrescribe nada hasta que alguien decida.</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>Iniciar sesión en Zoho de nuevo</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>Sesión iniciada de nuevo</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>La sincronización continúa.</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>Qué hacer está en Problemas.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>Zoho terminó el inicio de sesión. No se pierde nada.</translation>
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflicto</numerusform>
        <numerusform>%n conflictos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation>
        <numerusform>%n aviso más en la última hora</numerusform>
        <numerusform>%n avisos más en la última hora</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>%n registro no se pudo leer</numerusform>
        <numerusform>%n registros no se pudieron leer</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>Primera sincronización terminada: %n registro</numerusform>
        <numerusform>Primera sincronización terminada: %n registros</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1, solo %2</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>A&amp;ñadir destino…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>Todas las entregas</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Cambiar…</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>Entregas</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>Evento</translation>
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation>Los eventos se reenvían de nuevo.</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>Recibe</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Abandonado</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Continuar</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Creado</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Módulos</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>No se reenvía nada</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>Aún no se ha enviado nada</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>Otros sistemas suyos pueden recibir lo que llega aquí, cada uno con un filtro y un secreto propios.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausar</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>En pausa. Lo que llega espera en este equipo.</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>En pausa; lo que llega espera</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Quitar…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>Enviar de nuevo</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>Situación de las entregas</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aceptado</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>Destino</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>Destinos</translation>
    </message>
    <message>
      <source>Took one %1</source>
      <translation>Aceptó uno %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>En espera</translation>
    </message>
    <message>
      <source>all</source>
      <translation>todo</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>modificado</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>cambios</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>eliminado</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>eliminaciones</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>el evento tal como llegó</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>el registro</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>Cambiar de organización</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>Cambiar de organización (Ctrl+Mayús+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Sin conexión con Zoho Books</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;usa</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>&amp;Reanudar</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>&amp;Detener</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>Sincr&amp;onizar ahora</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>solo leer</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>In use</source>
      <translation>En uso</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausar</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Reanudar</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Iniciar sesión de nuevo…</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Usar este</translation>
    </message>
  </context>
  <context>
    <name>OrganizationMenu</name>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation>Conectar otra &amp;organización…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organizaciones</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Mirar de nuevo</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>Todas han terminado.</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>Una organización terminada no se puede conectar. Renueve su plan en Zoho Books y mire de nuevo.</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>Se necesita una organización para continuar.</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>Pida a un administrador de Zoho Books que le invite, o inicie sesión como otra persona.</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>Elija una organización para continuar.</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>Elija la única organización para la que es esta conexión.</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>Compare el ID con el número de la dirección de su Zoho Books, después de /app/. Puede añadir más tarde las otras organizaciones, cada una con sus propios registros.</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>Mirar la &amp;lista de nuevo</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>Un momento.</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Leyendo sus organizaciones</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>Varias organizaciones tienen %1 como moneda base.</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>&amp;Iniciar sesión como otra persona</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>La lista contiene lo que su sesión puede ver en Zoho Books. El ID es el número después de /app/ en la dirección del navegador.

Las flechas mueven, la barra espaciadora elige. Una organización cuyo plan terminó está al final y no se puede elegir.</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>Leyendo la lista.</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>Esta sesión no pertenece a ninguna organización</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>¿Qué organización?</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>Todas las organizaciones con sesión iniciada se sincronizan en paralelo, cada una con su propio inicio de sesión y sus llamadas; la ventana muestra una cada vez, y sus registros nunca se mezclan. Ctrl+Mayús+O la cambia.</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>Conectar otra organi&amp;zación…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>Conocidas aquí</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Una más</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>Organizaciones en este equipo</translation>
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation>Organización %1</translation>
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation>Organizaciones</translation>
    </message>
  </context>
  <context>
    <name>OrganizationsModel</name>
    <message>
      <source>Country</source>
      <translation>País</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moneda</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>Terminada</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>Año fiscal</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>Organización e ID</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>Plan</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>elegido</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>desde %1</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>%1 marcados como enviados</translation>
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n llamada</numerusform>
        <numerusform>%n llamadas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n cambio</numerusform>
        <numerusform>%n cambios</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>%n más en duda</numerusform>
        <numerusform>%n más en duda</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>%n registro nuevo menos</numerusform>
        <numerusform>%n registros nuevos menos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>%n número ya está ocupado</numerusform>
        <numerusform>%n números ya están ocupados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>%n registro cae en un mes bloqueado y se queda</numerusform>
        <numerusform>%n registros caen en un mes bloqueado y se quedan</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>%n registro tiene un impuesto que no existe allí</numerusform>
        <numerusform>%n registros tienen un impuesto que no existe allí</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>%n registro sale mañana: las llamadas están agotadas</numerusform>
        <numerusform>%n registros salen mañana: las llamadas están agotadas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>%n registro no se puede escribir</numerusform>
        <numerusform>%n registros no se pueden escribir</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>%n registro espera su contacto o artículo</numerusform>
        <numerusform>%n registros esperan su contacto o artículo</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>%n registro espera un tipo de cambio</numerusform>
        <numerusform>%n registros esperan un tipo de cambio</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>Se puede escribir todo</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>En comprobación</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>En comprobación: %1.</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>%1: modificados</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>Periodo cerrado</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>Eliminar %1</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>%1: eliminados</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>Hechos hoy</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>Cada contacto y artículo existe</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>Cada moneda tiene un tipo de cambio</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>Cada impuesto está en Zoho Books</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>Retenidos</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>Retenido para revisión</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>En Zoho Books</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>Se envió a las %1 y no llegó respuesta. zbdesk pregunta a Zoho Books por %2 antes de enviar nada de nuevo, así que no puede estar dos veces.</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>Saliendo</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>Marcar como enviado</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>Nuevo: %1</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>Ningún mes está bloqueado</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>Ningún número está ocupado</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problema</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>Las llamadas del día alcanzan</translation>
    </message>
    <message>
      <source>Void %1</source>
      <translation>Anular %1</translation>
    </message>
    <message>
      <source>Voided %1</source>
      <translation>%1: anulados</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>En espera</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>pago</translation>
    </message>
    <message>
      <source>this number</source>
      <translation>este número</translation>
    </message>
    <message>
      <source>this record</source>
      <translation>este registro</translation>
    </message>
  </context>
  <context>
    <name>OutgoingModel</name>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation>Elegido</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Para</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Número</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Origen</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Qué</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation>%1 de %2 seleccionados</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>%1 liberados; salen ahora.</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · nada sale hasta que usted lo elija</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>&amp;Cancelar %1</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>C&amp;onservarlos</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>Mirar&amp;lo…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Permitidas; salen ahora.</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>¿Cancelar %1?</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>Los cambios salen de nuevo por sí solos.</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>Los cambios hechos aquí esperan aquí hasta que los toma la próxima ejecución.</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>Elija registros para ver qué significa escribirlos.</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>Los documentos de un mes bloqueado allí esperan aquí.</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>Cada escritura ha tenido su respuesta.</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>Retener &amp;para revisión</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>Carril</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>Carriles</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>Ningún mes bloqueado</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>Hoy no ha salido nada</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>No hay nada retenido</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>No hay nada en duda</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>No está saliendo nada</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>Nada espera</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Salida</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Leyendo…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>Los registros vuelven a estar como ambos lados acordaron por última vez. Zoho Books no se toca.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>La ejecución se detuvo antes de escribir %1.</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>Estos están en Zoho Books.</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>Estos están en camino. Cada uno se anota antes de salir.</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>Esto no se puede leer</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>A partir de ahora se retiene lo que va a salir.</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>Lo que va a salir se detiene aquí mientras Retener para revisión está activado.</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>Aquí está lo que se escribió hoy.</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>Qué se &amp;escribirá…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Qué se escribirá</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>Escribir es&amp;tos %1 en Zoho Books</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>Escribir es&amp;te en Zoho Books</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>Aquí están las escrituras que van en camino.</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>Primero se pregunta a Zoho Books por cada uno de estos; solo lo que no está allí se envía de nuevo.</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>Registros de salida</translation>
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Ne&amp;xt</source>
      <translation>Siguie&amp;nte</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>Contabilidad</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>Actividad</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Bancos</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Conflictos</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>Panel</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ayuda</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>Listas</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Cierre de mes</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Salida</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Problemas</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Proyectos</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Compras</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Ventas</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configuración</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Orígenes</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>Por resolver</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
  </context>
  <context>
    <name>Palette</name>
    <message>
      <source>%1 results</source>
      <translation>%1 resultados</translation>
    </message>
    <message>
      <source>1 result</source>
      <translation>1 resultado</translation>
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation>Las flechas eligen, Intro abre, Esc cierra</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>Sin resultados</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>Nada coincide con “%1”.</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>Número, nombre, referencia o comando</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Resultados</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>Buscar registros y comandos</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Buscando…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ elegir · Intro abre · Esc cierra</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>%1 tiene %2 decimales.</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>Como máximo %2 decimales.</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>Introduzca una fecha, por ejemplo %1.</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>Introduzca un importe, por ejemplo %1.</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>Introduzca el año con cuatro cifras.</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>¿Es %1 o %2? Introduzca el mes en letras.</translation>
    </message>
    <message>
      <source>today</source>
      <translation>hoy</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation>&amp;Registrar pago</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation>Importe, %1</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>Saldo %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>Elija cómo se pagó.</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>Introduzca un importe mayor que cero.</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>Introduzca el día en que llegó.</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>Se crea un pago recibido en Zoho Books y se aplica a esta factura.</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>Registrar un pago para %1</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>El saldo es %1; un pago no puede ser mayor.</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1 están en camino</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1 están desactivados</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1 no se pueden leer</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>0 de %1 están aquí.</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>Borrar todos los filtros</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Mirar de nuevo</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>Los nuevos aparecen aquí por sí solos.</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>Sin %1</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>Ninguno de %1 (%2) cumple el filtro</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>Leyendo %1…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>Activar…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Sincronizar ahora</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>No se pueden leer los registros</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>Aparecen aquí página por página.</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>No se leen de Zoho Books.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Intentar de nuevo</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>Zoho Books no tiene ninguno, consultado %1. Los nuevos aparecen aquí por sí solos.</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>En ambos sentidos</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>Clientes ya conocidos</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>Dirección de %1</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>Solo desde Zoho Books</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>Solo hacia Zoho Books</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexión solo lee.</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>Esta clase está desactivada arriba.</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>Qué puede hacer zbdesk</translation>
    </message>
    <message>
      <source>change</source>
      <translation>modificar</translation>
    </message>
    <message>
      <source>create</source>
      <translation>crear</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>eliminar</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>no tocar los proveedores</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>vincular por correo electrónico</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>vincular por nombre exacto</translation>
    </message>
  </context>
  <context>
    <name>PreflightPane</name>
    <message>
      <source>%1, %2.</source>
      <translation>%1, %2.</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Atrás</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>Si&amp;mulación…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>Comprobado de antemano</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>&amp;Retirar…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>Totales de documentos nuevos</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Qué se escribirá</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>unos %1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>a %1</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>cuando Zoho Books vuelva a permitir llamadas</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>Fila</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation>%1 registros</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>&amp;Imprimir…</translation>
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation>&amp;Guardar como PDF…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>Horizontal</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>Créditos</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Fecha</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Vence</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation>No se pudo escribir allí. Elija otro lugar o impresora.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Líneas</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>PDF document (*.pdf)</source>
      <translation>Documento PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation>Pa&amp;pel</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>Página %1 de %2</translation>
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation>Páginas tal como se imprimirán</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>Papel</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Pagos</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>Imprimir %1</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Cantidad</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referencia</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation>Guardar como PDF</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Estado</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation>Los primeros %1 de %2 registros. Una exportación los tiene todos.</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>La impresora notificó un error. No se imprimió nada.</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>Vertical</translation>
    </message>
    <message>
      <source>zbdesk, %1</source>
      <translation>zbdesk, %1</translation>
    </message>
  </context>
  <context>
    <name>PrivacyRows</name>
    <message>
      <source>A locked screen may show notifications. Parties and amounts never stand in them.</source>
      <translation>Una pantalla bloqueada puede mostrar notificaciones. Nunca aparecen en ellas terceros ni importes.</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>Tapar la ventana</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>Ctrl+Mayús+H oculta todas las cifras hasta un clic o una tecla. La sincronización continúa.</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>Buscar una versión nueva una vez al día</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>Nombrar la organización en las notificaciones</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>Versiones nuevas</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notificaciones</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>Una pregunta a nuestro servidor, sin nada sobre usted. No se descarga ni se instala nada.</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>Informes</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>Mostrar un informe después de un fallo de zbdesk</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>Qué pueden ver otros</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>Cuando llega alguien</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>Con su texto completo, para copiar o guardar. zbdesk no envía nada a ningún lugar por sí solo.</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation>
        <numerusform>%n causa</numerusform>
        <numerusform>%n causas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n problema</numerusform>
        <numerusform>%n problemas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n registro</numerusform>
        <numerusform>%n registros</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tried %n time(s)</source>
      <translation>
        <numerusform>intentado %n vez</numerusform>
        <numerusform>intentado %n veces</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>%1 problemas escritos en %2.</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>&amp;Descartados (%1)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>Todos se intentan de nuevo ahora.</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Permitidas; salen ahora.</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>Volver a los pro&amp;blemas</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>Volver a los problemas</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>Archivo CSV (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>Descartados</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>Descartado. No se intenta de nuevo; Deshacer queda en Descartados.</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>Descartado: %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>E&amp;xportar CSV…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>Todo lo que se intentó se pudo hacer.</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>Exportar problemas</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Sin problemas</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>No hay nada descartado</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Problemas</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>Leyendo los problemas…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>Mostrar de nuevo</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>No se pueden leer los problemas</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>Esta ejecución ya está resuelta.</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>Este servidor no tiene páginas web.</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>Intentado de nuevo ahora: %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>Intentar &amp;todos de nuevo</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>Deshace&amp;r</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>Conectar otra organización – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>Desconectado, con una observación</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>Iniciar sesión de nuevo – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>&amp;Abandonar</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>&amp;Dejarlo como está</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>Se&amp;guir en marcha</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>&amp;Salir</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>&amp;Mostrar</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>&amp;Detener la importación</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>Cambiar &amp;ahora</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>¿Cambiar esto ahora?</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>¿Abandonar esta importación?</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>&amp;Continuar</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>Sigue sincronizando y espera junto al reloj. Configuración, Cerrar la ventana, lo cambia.</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>¿Dejar zbdesk en marcha al cerrar la ventana?</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>Mire en Zoho Books (%1) si de verdad ya no están. Si es así, se marcan como eliminados también aquí; en Zoho Books no se elimina nada.</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>Aún no se ha importado nada. Lo que corrigió y eligió aquí se perdería; el archivo queda como está.</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>¿Mostrar %1 ahora?</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>&amp;Quedarse aquí</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>¿Detener la importación?</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>La ventana se construye de nuevo para ello. Hay algo abierto sin guardar; lo escrito se perdería.</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>La ventana muestra una organización cada vez; todas siguen sincronizándose. Antes de escribir el primer cambio en %1, se le pide que lo confirme.</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>Ya &amp;no están: marcarlos como eliminados</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>Versión %1. Mantiene al paso los registros de esta empresa y su Zoho Books. Licencia MIT.</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>Lo importado hasta ahora se queda y se puede revertir. Importar el archivo de nuevo continúa desde ahí.</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho y Zoho Books son nombres de Zoho Corporation, que no tiene nada que ver con este programa.</translation>
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation>1 hora</translation>
    </message>
    <message>
      <source>30 minutes</source>
      <translation>30 minutos</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Silenciar</translation>
    </message>
    <message>
      <source>Mute for a while</source>
      <translation>Silenciar un rato</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>Silenciadas hasta %1, quedan %2.</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>Las notificaciones se muestran.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Ahora</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>Mostrarlas de nuevo</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>Hasta mañana</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>Llegó</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>Tal como llegó</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>Contenido del evento</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>Tipo de contenido</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
    <message>
      <source>Laid out</source>
      <translation>Con formato</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>Leer de n&amp;uevo</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Solicitud</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Firma</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Tamaño</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vista</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>un relé</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>ninguna que se pudiera comprobar; solo un indicio</translation>
    </message>
    <message>
      <source>right</source>
      <translation>correcta</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>el receptor</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Mirar de nuevo</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>, si no </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>Un campo de texto de Zoho Books que rechaza valores duplicados. Con él, una solicitud que llega tarde nunca puede crear un segundo registro.</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>Campo “zbdesk ID”</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>Cómo está</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>Rechaza du&amp;plicados</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>Ningún registro dos veces</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Sin conexión con Zoho Books</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>Se reconoce por</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>&amp;Crear el campo</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>Consultando Zoho Books…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>El propio Zoho Books rechaza un segundo registro en %1 de %2 clases.</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>correo electrónico</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>su propio número</translation>
    </message>
    <message>
      <source>name</source>
      <translation>nombre</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>número de referencia</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>el campo “zbdesk ID”</translation>
    </message>
  </context>
  <context>
    <name>Records</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Intentar de nuevo</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation>y %1 más; todos se intentan de nuevo juntos y están en el archivo CSV</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>Títulos de columna</translation>
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation>%1 registros</translation>
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation>Mostrar en la &amp;carpeta</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>Estos se introducen en Zoho Books.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexión solo lee.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Este registro ya no está aquí.</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>“%1” no se conoce aquí. Elija uno de la lista.</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>Cambiar su fecha…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>Cambiar el número…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>Cambiar sus fechas…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>Elegir otro…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Editar…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>Vincular con él…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>Mirar la ejecución…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>Abrir Zoho Books</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>Abrir contactos en Zoho Books</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>Abrir monedas en Zoho Books</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>Abrir carpeta de datos</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>Abrir artículos en Zoho Books</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>Abrir carpeta de registros (log)</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Abrir configuración</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>Abrir bloqueo de transacciones</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>Abrir usuarios y roles</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>Cambiar el nombre aquí…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>Decir qué significa…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>Decir si ya no están…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>Iniciar sesión de nuevo</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Iniciar sesión de nuevo…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Intentar de nuevo</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation>
        <numerusform>%n cambio aún no ha salido.</numerusform>
        <numerusform>%n cambios aún no han salido.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>Eliminar datos locales</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>Eliminar datos locales…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>Desconectar</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>Desconecta y elimina los registros de este equipo. Zoho Books conserva todo.</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>Desconectar…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>Terminar algo</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>Termina el inicio de sesión en Zoho. Registros y vínculos se quedan; al conectar de nuevo se continúa desde ahí.</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>Olvidar el mapa de registros</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>Olvidar el mapa de registros…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>Conserva ambos lados y olvida qué registro corresponde a cuál. Solo hace falta si los libros se restauraron de una copia.</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>&amp;Quitarlo</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>Quitando…</translation>
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copiar</translation>
    </message>
    <message>
      <source>Nothing is lost. This is the whole report; it goes nowhere unless you send it.</source>
      <translation>No se pierde nada. Este es el informe completo; no va a ninguna parte si usted no lo envía.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Informe</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>zbdesk encontró un fallo propio</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>en orden</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>no fue posible</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>no fue posible, el inicio de sesión ha terminado</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>detenida</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>en curso</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>con problemas</translation>
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation>%1 de %2 revertidos.</translation>
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation>%1 quedan como están; el motivo está junto a cada uno.</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>&amp;Copiar lista</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>&amp;Revertir %1</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Importe</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Registro</translation>
    </message>
    <message>
      <source>Records of this run</source>
      <translation>Registros de esta ejecución</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>Se está revirtiendo la ejecución de %1</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>Se revirtió la ejecución de %1</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Qué ocurre</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>Por qué, qué queda</translation>
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> y </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation>solo %1</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 resueltos</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>&amp;Tomar siempre este lado en estos campos, sin preguntar</translation>
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation>&amp;Resolver</translation>
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation>&amp;Resolver %1</translation>
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation>&amp;Qué conflictos</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>Elija un lado para ver qué hace.</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>Conservar lo que tiene &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>Conservar lo que tiene este &amp;equipo</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>Se dejan como están: %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Allí no cambia ningún importe.</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>No se eligió ningún lado.</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>Ninguno de estos se puede resolver así.</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>Se toma un lado para todos los campos de estos. Usted ve las cifras antes de que se envíe nada.</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>Resolver conflictos por regla</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>La simulación está en curso.</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>La simulación no fue posible.</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>Qué conflictos</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Calculando…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>y %1 más</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation>no se escribe nada en Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1, %2: siempre %3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>Una regla para campos sueltos se crea desde cualquier conflicto; aquí se termina.</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Preguntar de nuevo</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>Los documentos de estos orígenes pasan a ser una línea con su total. Varios, con comas.</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>Clase de documento</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>Ninguna. Si ambos lados cambiaron: preguntarme, en Conflictos.</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>Una línea, cantidad 1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>Reglas</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>Orígenes con una línea</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>Cuando ambos lados cambiaron</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>nombres de orígenes</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>este equipo</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · %2 documentos, %3 de ellos rechazados</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>%1 documentos están aquí y se quedan; los demás no se miraron. Importar el archivo de nuevo continúa.</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Cerrar</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>&amp;Guardar la lista por corregir…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>Los %1 documentos ya están aquí, tal como están en el archivo.</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importar</translation>
    </message>
    <message>
      <source>Importing %1</source>
      <translation>Importando %1</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>Nada nuevo</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>No se importó nada</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Re&amp;vertir…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>&amp;Detener</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>Mostrar los &amp;registros</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>Algunas filas tienen errores y se pidió todo o nada.</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>Detener termina la importación después de los documentos que se están tomando; esos se quedan. El mismo archivo de nuevo continúa donde se detuvo: lo que ya está aquí no se toma dos veces.</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Detenido</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Deteniendo…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>Los documentos salen hacia Zoho Books con la próxima sincronización.</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>Los documentos esperan en Salida hasta que usted los libere.</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>La importación no se pudo hacer</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>La importación está hecha</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>La importación está en curso…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>La lista está guardada.</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>Mientras tanto se puede usar la ventana.</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>Quedan como están: %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>%1 se eliminan</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>%1 se anulan</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 modificados</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>%1 creados</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>%1 eliminados</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>%1 eliminados o anulados; %2 pueden salir sin revisión</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>%1 recuperan sus valores</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>%1 recupera sus valores</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>%1 vuelven atrás o pasan a inactivos</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>%1 vuelve atrás o pasa a inactivo</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>%1 en total; %2 pueden salir sin revisión</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>%1 se elimina</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>%1 se anula</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>%1 con otro estado</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>%1 registros; %2 pueden salir sin revisión</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>%1 se quedan y aparecen en la lista</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>%1 se queda y aparece en la lista</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n registro</numerusform>
        <numerusform>%n registros</numerusform>
      </translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Eliminado</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation>Recupera sus valores</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>Se elimina</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>Se anula</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>No se escribió nada</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>Restaurado</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>¿Revertir la ejecución de %1?</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>El estado vuelve atrás</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>El estado ha vuelto</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>Se queda</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>Anulado</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>vacío</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Re&amp;vertir…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Ejecuciones</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>Revertida %1.</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>La ejecución se está revirtiendo; su informe aparece aquí.</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>En curso</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>Qué resultó</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>Qué resultó…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Cuándo</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>Escrito en Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>Buscar registros y comandos</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>freno, eliminaciones, importes, preguntar antes</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>cerrar, salir, seguir en marcha, iniciar con el equipo</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>base de datos, copia, dónde, archivos, carpeta</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>intervalo, minutos, horario, temporizador, horas, batería</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>límites, llamadas por minuto, llamadas por día</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>listas, elegir, activar, desactivar, solo leer, política</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>interfaz local, exportaciones programadas, tokens</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>silenciar, posponer, silencio</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>datos personales, informes</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>proxy, certificado, internet</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>iniciar sesión de nuevo, desconectar, organización, centro de datos, traspaso</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>tema, oscuro, claro, contraste, colores, idioma</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>&amp;Cambiar el secreto</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>C&amp;rear el secreto</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>Se crea uno nuevo y se muestra una sola vez. El actual sigue valiendo siete días, para que pueda cambiar los webhooks en Zoho Books uno por uno.</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Creando…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>¿Cambiar el secreto?</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Copie el secreto ahora</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Hecho</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>Los eventos firmados con el secreto anterior se aceptan siete días más.</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>En Zoho Books abra cada webhook, marque la opción que lo asegura y pegue esto como Secret Token. Está en el llavero de este equipo y no se muestra de nuevo.</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>Firma cada evento, para que nadie más pueda enviar uno. Se muestra una sola vez, ahora mismo, para pegarlo en Zoho Books.</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>¿Crear el secreto para Zoho Books?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Secreto</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>El secreto está a la vista. Cópielo ahora.</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>Ocultar el secreto</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>Mostrar el secreto</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>Contabilidad</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Bancos</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>Listas y ajustes</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Proyectos</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Compras</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Ventas</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>%1 seleccionados</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> y </translation>
    </message>
    <message>
      <source> or </source>
      <translation> o </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>%1 %2 (modificación)</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>%1 %2 (creación)</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>%1 %2 (eliminación)</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 ya está en los libros (%3). Dé otro número a este, u omita la fila.</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>%1 %2 (anulación)</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 zbdesk lo intenta de nuevo en la próxima ejecución.</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>%1 respondió otra cosa: un fallo allí, o un proxy o la página de acceso de una red en medio. Lo que hay aquí queda como está; inténtelo de nuevo en unos minutos (la sincronización lo hace sola).</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>%1 responde, pero no encuentra nada en su extremo aquí.</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1 quedan fuera a partir de ahora.</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1 no forman parte del plan o la edición de esta organización.</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>%1 no se puede eliminar aquí. Mírelo en Zoho Books.</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>%1 no se puede leer (%2). Debe pertenecer a la persona que ejecuta zbdesk.</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>%1 no se puede leer.</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>%1 no se puede iniciar: %2.</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>%1 no se puede escribir (%2). Libere espacio o permita escribir allí y elija Intentar de nuevo. Lo guardado antes no se ha tocado.</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>%1 no lo pueden escribir otros programas.</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>%1 no pueden llevar un campo único en Zoho Books.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>%1: modificado en Zoho Books y tomado aquí: %2.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>%1: modificado en Zoho Books: %2.</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>No se pudo leer: %1.</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>No se pudo leer (%1): %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>%1 no se pudo escribir de vuelta en la base de datos.</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>%1 no se pudo escribir.</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>%1: creado en Zoho Books.</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>%1: eliminado en Zoho Books.</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>%1 no dejó entrar a zbdesk.</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>Se rechazaron %1 documentos.</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>%1 no responde a tiempo.</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>%1 no responde.</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>%1 no tiene las columnas de la asignación.</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>%1 terminó con el código %2.</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>%1 terminó: %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>%1: encontrado nuevo en Zoho Books y tomado aquí.</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%1 de %2 a %3</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>%1 tiene %2 decimales; este importe tiene más. Redondéelo.</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>%1 tiene en la línea %2 una comilla que nunca se cierra.</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>%1 tiene encabezados pero ninguna fila.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>%1 ha perdido su conexión y busca otra.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>%1 ha perdido su conexión y busca otra: %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>%1 no tiene una extensión que zbdesk pueda escribir.</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>%1 no tiene la hoja «%2».</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>%1 tiene la clave %2.</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>%1 tiene el mismo contenido que %2, importado el %3 UTC. No se tomó nada.</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>%1 tiene estos encabezados en más de una hoja.</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>No hay ninguna acción «%2» para %1.</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1 no tienen fecha ni importe.</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1 no tienen un número propio que escribir.</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>%1 no tienen el ajuste «%2».</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 es %2, no una hoja de cálculo que se pueda leer.</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 es una carpeta.</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 ya es un destino.</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>Se aplican %1, más que el pago de %2.</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 está conectado.</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 está vacío.</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>En %2 quedan %1, y esto suma %3.</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 está bloqueado por otro programa o no se puede leer.</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 está bloqueado.</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 no es una fecha.</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 no es un historial de zbdesk.</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 no es un tipo de evento ni de contenido.</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 no es un cuadre ni una aprobación de zbdesk.</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 no es un archivo %2 correcto.</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 no está activa en Zoho Books.</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 no es una base de datos SQLite, o está cifrada o dañada.</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 no está en conflicto.</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 es desconocido para el servicio de nombres</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 no es texto en esta codificación.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>En %2 hay %1 pendientes; un crédito no puede cubrir más.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>En %2 hay %1 pendientes; un pago no puede cubrir más.</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 está protegido por una contraseña.</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>%1 se está iniciando.</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>%1 todavía se está escribiendo.</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 está detenido.</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 está anulado.</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 ya se vigila.</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>%1 no deja pasar más mensajes por ahora.</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>%1: vinculado a mano con “%2” en Zoho Books.</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>%1: vinculado con el que Zoho Books ya tenía.</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>%1 no establece una línea segura.</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>%1 debe ser una lista.</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>%1 sin entregar a %2.</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>%1 de %2 %3 faltan en la lista que envió Zoho Books. No se quitó nada.</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2: %1 se realizó %4 veces en Zoho Books en lugar de una (%3).</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>%1 de las %2 llamadas de hoy a Zoho Books están usadas.</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>%1 rechaza el mensaje antes de que llegue aquí.</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>%1 filas, %2 tomadas.</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>%1 remite a %2, y Zoho Books no lo sigue.</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>%1 no acepta mensajes de este tamaño.</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>%1 no indicó ninguna dirección pública en %2 segundos.</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>%1 le esperan.</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>%1 le espera.</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>%1: cambió aquí y en Zoho Books: %2.</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>%1: se eliminó en Zoho Books y se elimina también aquí.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>%1: se revirtieron %2 de %3 registros.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>%1: se revirtieron %2 de %3 registros; %4 quedaron como están, el informe dice por qué.</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>%1 tendría más filas de las que caben en una hoja de cálculo (%2).</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 zbdesk vuelve a mirar por sí solo.</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 zbdesk busca el registro antes de enviar nada de nuevo.</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 zbdesk no hace ninguna llamada antes y continúa donde se detuvo.</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 zbdesk lo intenta de nuevo por sí solo; no se pierde nada.</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1, permitido %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1, o elija otro con --data-dir. Lo guardado allí queda como está.</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1, iniciado aquí</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1: %2 %3 creados, %4 modificados, %5 rechazados.</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1: %2 debe ser %3.</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1: %2 filas, %3 creadas, %4 modificadas, %5 sin cambios, %6 rechazadas.</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1: Zoho Books respondió con una lista vacía. Aquí no se quitó nada por ello.</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1: se resolvió un conflicto (%2).</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1: eliminado en Zoho Books. Aquí se conserva el último estado conocido.</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1: empezó la reversión de la importación: %2 registros que ya habían salido.</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1: la importación se revirtió: %2 eliminados, %3 como antes, %4 conservados.</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1: “%2” enviado a Zoho Books.</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1; un proxy que inspecciona el tráfico necesita aquí su certificado</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>%n modificado</numerusform>
        <numerusform>%n modificados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>%n cambio</numerusform>
        <numerusform>%n cambios</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>%n cambio encontrado</numerusform>
        <numerusform>%n cambios encontrados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>%n conflicto</numerusform>
        <numerusform>%n conflictos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>%n creado</numerusform>
        <numerusform>%n creados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>%n día</numerusform>
        <numerusform>%n días</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>%n eliminado</numerusform>
        <numerusform>%n eliminados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>%n eliminación</numerusform>
        <numerusform>%n eliminaciones</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n documents</source>
      <translation>
        <numerusform>%n documento</numerusform>
        <numerusform>%n documentos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n events were</source>
      <translation>
        <numerusform>%n evento</numerusform>
        <numerusform>%n eventos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours</source>
      <translation>
        <numerusform>%n hora</numerusform>
        <numerusform>%n horas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n linked</source>
      <translation>
        <numerusform>%n vinculado</numerusform>
        <numerusform>%n vinculados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lists</source>
      <translation>
        <numerusform>%n lista</numerusform>
        <numerusform>%n listas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n marked otherwise</source>
      <translation>
        <numerusform>%n marcado de otra forma</numerusform>
        <numerusform>%n marcados de otra forma</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes</source>
      <translation>
        <numerusform>%n minuto</numerusform>
        <numerusform>%n minutos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more lists</source>
      <translation>
        <numerusform>%n lista más</numerusform>
        <numerusform>%n listas más</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>%n nuevo</numerusform>
        <numerusform>%n nuevos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems</source>
      <translation>
        <numerusform>%n problema</numerusform>
        <numerusform>%n problemas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>%n registro</numerusform>
        <numerusform>%n registros</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n fila</numerusform>
        <numerusform>%n filas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n segundo</numerusform>
        <numerusform>%n segundos</numerusform>
      </translation>
    </message>
    <message>
      <source>, </source>
      <translation>, </translation>
    </message>
    <message>
      <source>3 to 10 minutes</source>
      <translation>de 3 a 10 minutos</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>Falta cerrar: %1.</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>Falta un paréntesis en este importe; escriba (100.00) o -100.00.</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>Un código sirve una vez y durante %1, y solo en el centro de datos que lo creó (se preguntó a %2). Cree uno nuevo; si también falla, compruebe el centro de datos.</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>Un contacto es un cliente o un proveedor.</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>Con él se aplicó un crédito o se devolvió dinero. Deshágalo en Zoho Books.</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>Un campo personalizado necesita su api_name (o label) y un valor.</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>Una base de datos en memoria no tiene nada que leer.</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>Un documento es un objeto con campos con nombre.</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>Aquí se espera el nombre de un campo, como texto.</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>Una nueva lectura necesita unas %1 llamadas, y hoy quedan %2.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>Una línea de asiento es debe o haber, no ambos.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>Una línea de asiento es debe o haber.</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>Una línea de asiento necesita una cuenta.</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>Una línea de asiento necesita un importe.</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>Falta una línea, se añadió o está fuera de su sitio.</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>Una línea sin artículo necesita un precio.</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>Aquí se espera una lista.</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>Una asignación no tiene esa clave; tiene %1.</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>Una asignación es un objeto JSON.</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>Un número tiene como máximo %1 caracteres.</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>Un número de esta longitud ha perdido sus últimas cifras en la hoja de cálculo. Dé formato de texto a la columna, introdúzcalo de nuevo y guarde el archivo.</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>Un pago es mayor que cero.</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>Hay una comilla sin cerrar.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>Se permitió una ejecución más allá de los límites: %1 registro.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>Se permitió una ejecución más allá de los límites: %1 registros.</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>Un origen del tipo %1 no se ejecuta aquí.</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>Un origen solo lee, con los permisos de su usuario. La base de datos dice: %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>Un origen solo lee. Quítela; si es el nombre de una columna, póngala entre comillas.</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>Un origen solo lee: escriba un SELECT, o WITH ... SELECT. No se preguntó nada a la base de datos.</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>Una sentencia de este tipo puede pedir %1.</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>Un token no se puede llamar %1.</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>Una escritura suya sigue sin respuesta; primero se comprueba.</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>Se denegó el acceso en la página de Zoho.</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>Añada %1 a las URI de redirección autorizadas del cliente en la consola de API, tal cual está escrito, e inicie sesión de nuevo.</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Añádala en Zoho Books en Settings, Currencies; este documento sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>Añada el %1 aquí o en Zoho Books; este registro sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>Añada de nuevo el origen con su dirección; lo que trajo se queda.</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>Permita en el proxy contenidos de 1 MB.</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>Permítalo en Configuración, %1, o deshaga el cambio aquí.</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>Permita escribir allí</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>Permita escribir allí, o elija otro lugar con --data-dir.</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>Permita zbdesk en la configuración del llavero y elija Reintentar.</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>Un importe llegó como fracción binaria y perdió cifras; indíquelo como texto.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>Un evento no se pudo apartar y no se confirmó. Compruebe el disco de la carpeta de datos.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>Un evento no se pudo apartar y no se confirmó; Zoho Books lo envía de nuevo si hay reintentos configurados, y la consulta encuentra el cambio. Libere espacio.</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>Un artículo de este documento está inactivo en Zoho Books.</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>Aquí se espera un objeto con campos con nombre.</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>Otro programa responde en el puerto %1 de este equipo.</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>Otro programa lo tiene bloqueado. Cierre el otro (una herramienta de copias, un segundo zbdesk) e inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>Quizá otro programa tenga su puerto: vea Problemas. Se reintenta solo; después pruebe una vez más.</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>Otro programa usa el puerto %1.</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>Otra fila es incorrecta, y se pidió todo o nada.</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>Se está revirtiendo otra ejecución. Espere a que termine.</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>Aplique como máximo lo pendiente.</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>Aplique como máximo lo pendiente; lo que entró de más queda sin usar en el pago.</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>Pida uno más corto.</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>Pregunte otra vez, o mire en su ventana, en Webhooks.</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>Pida a quien lo administra que permita la dirección pública, o pruebe desde otra red.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>Pida acceso a su administrador de Zoho Books, o inicie sesión de nuevo con este permiso. Una sincronización completa lo intenta otra vez.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>Pida el permiso a su administrador de Zoho Books, o conecte de nuevo con esta parte incluida.</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>En %1 responde otra página.</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>En el puerto %1 de este equipo escucha otro zbdesk, con otro secreto.</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>Las copias hechas antes de actualizar están aquí, las más recientes primero: %1.</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>Se pueden importar archivos CSV, TSV, XLSX, XLSM, XLS y ODS.</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>Cambie %1, o quítelo para usar el valor predeterminado.</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>Cámbielo en la configuración del sistema, en los programas de inicio.</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>Cambie aquí el registro como pide Zoho Books; entonces se envía de nuevo.</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>Modificado desde entonces: %1.</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>Llegaron cambios de Zoho Books sin webhook y se encontraron al mirar: %1.</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Compruebe %1: cuentan mayúsculas y espacios. Sin la frase de contraseña correcta, quite %2 y conecte de nuevo; los registros de este equipo se conservan.</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>Compruebe cómo está escrito, y que su entrada exista en el proveedor de su dominio; una nueva tarda hasta una hora.</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>Compruebe el lugar de suministro: IGST es para otros estados, CGST y SGST para el mismo.</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>Compruebe que la exportación fue completa.</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>Compruebe el archivo en el programa que lo escribe.</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>Compruebe la conexión a internet o el proxy. zbdesk lo intenta de nuevo por sí solo; no se pierde nada.</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>Compruebe el nombre y la carpeta.</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>Compruebe la red y la dirección de la base de datos; no se pierde nada, la sincronización continúa cuando vuelva.</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>Compruebe la configuración de la inversión del sujeto pasivo.</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>Elija Conectar Zoho Books en la ventana, o ejecute `zbdesk connect`.</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>Elija un archivo PEM en Configuración, Red, o ninguno.</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>Elija un nombre de 1 a %1 caracteres que no tenga ningún otro token, como el del programa.</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>Elija primero un túnel o indique su propia dirección: `zbdesk webhooks tunnel`.</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>Elija un túnel en Webhooks, o pegue su propia dirección.</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>Elija una cuenta para cada línea de la factura de proveedor.</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>Elija otro módulo.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Elija otro nombre.</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>Elija otro con --data-dir o %1, o permita escribir allí.</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>Elija otro lugar.</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>Elija otro túnel si los eventos deben comprobarse por su firma.</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>Elija menos módulos o un período más corto, o compare con lo último leído.</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>Elija un archivo de ella, o vigile la carpeta.</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>Elija uno que exista; lea la lista de nuevo si es reciente.</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>Elija de nuevo el archivo de clave: no está donde dice la configuración.</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>Cierre otra ventana de demostración, o el programa que los usa, y empiece de nuevo.</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>Ciérrelo en la hoja de cálculo, o permita leerlo, e inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>Ciérrela, o quítela, e inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>Ciérrelo, o espere a que termine, y empiece de nuevo.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>Ciérrelo; el resto de la sentencia se toma por ello.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>Ciérrela; el resto de la sentencia se toma por texto.</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>Cierre ese programa, o elija otro puerto en la configuración y en su túnel. zbdesk lo intenta de nuevo por sí solo; hasta entonces los cambios llegan por consulta.</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>Cierre el otro zbdesk y elija Intentar de nuevo.</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>Cloudflare no da más túneles rápidos por ahora. Espere una hora, o cree un túnel con nombre, que es gratuito.</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>Compare impuestos, descuentos y redondeo de ambos y corrija el documento aquí o en Zoho Books.</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>Conecte de nuevo y concédalo, o deshaga el cambio aquí.</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>Conecte de nuevo sin “solo leer”, o deshaga el cambio aquí.</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>Conéctela de nuevo.</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>Conectado a %1, solo lectura.</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>Conectado a %1.</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>Las personas de contacto de un documento se eligen en Zoho Books.</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>Copie de nuevo el token del túnel desde el panel de Cloudflare, en Configuración, Webhooks.</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>Copie la dirección completa que muestra el navegador después de Accept; empieza por http://localhost.</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>Corrija la celda.</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>Debe y haber difieren en %1.</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>Elimínelo también aquí, o envíelo de nuevo como uno nuevo.</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>Elimine el sobrante en Zoho Books. Surgió porque una respuesta de Zoho se perdió por el camino.</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>La entrega %1 no se puede enviar de nuevo.</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>¿Se convirtió en «%1»?</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>¿Quería decir %1?</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>¿Quería decir «%1»?</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>Desconectado de Zoho Books.</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>Se empezó a desconectar.</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>Hágalo en Zoho Books y deshaga después el cambio aquí.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>Hay documentos que quedan en Zoho Books y se refieren a él.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>Hay documentos que quedan en Zoho Books y se refieren a él; se pone inactivo.</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>Cierre ese programa, o elija otro puerto para zbdesk en Configuración, Webhooks.</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>Cierre el otro, o dé a cada uno su propio puerto en Configuración, Webhooks.</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>Introdúzcalo de nuevo.</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Introduzca uno en Zoho Books en Settings, Currencies; este documento sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>Introduzca primero %1, aquí o en Zoho Books, o corrija el nombre.</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Introduzca el tipo en Zoho Books en Configuración, Monedas; este documento sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>Hasta entonces los eventos esperan en el relé.</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>Todo documento necesita el identificador que tiene en su origen.</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>Todo está al día.</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>Expórtelo de nuevo; hacen falta una fila de encabezado y una fila.</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>Faltan archivos de zbdesk.</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>Termine la página que se abrió la última, y copie la dirección de allí.</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>Primera sincronización terminada: %1 de %2 están aquí.</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>Encontrado al mirar: %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>Libere espacio o elija otro lugar. Lo que había allí no ha cambiado.</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>Libere espacio allí</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>Consiga uno que contenga esta dirección, o use un nombre.</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>Consiga uno que contenga este nombre.</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>Dé a cada equipo su propia dirección.</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>Indique «%1» o «%2», no ambos.</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>Póngale un nombre.</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>Dele otro nombre, o cambie el nombre del otro o combínelos en Zoho Books.</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>Indique primero su primer día.</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>Indique menos, o deshaga lo que ya está anotado.</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>Indique la dirección sin ruta: solo https://, host y puerto.</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>Dé otro número al documento, o elimine el otro en Zoho Books.</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>Dé de nuevo al origen su dirección, con la contraseña actual.</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>Si entró más, diga con amount_applied qué parte es para este documento.</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>Importar %1</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>En %1 no existe ningún cliente con este ID. Compárelo con la consola de API de ese centro de datos y compruebe que sea el de la dirección de su Zoho Books.</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>En conflicto: %1.</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>Instálelo de nuevo, o elija otro túnel.</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>Instálelo, o indique dónde está en Configuración, Webhooks, o elija otro túnel.</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>Instale el paquete de Python %1 junto a zbdesk, e inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>Instale zbdesk de nuevo: sus imágenes y traducciones no están junto al programa.</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>Instale zbdesk de nuevo; trae el manual consigo.</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>Respondió con el estado %1.</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>Responde, pero no lo que se preguntó.</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>Empieza solo o cuando se resuelva lo que lo detiene: vea el panel. No se cambió nada.</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>Pertenece a otra organización de este equipo. Cambie primero a ella; no se cambió nada.</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>No se puede eliminar; se pone inactivo.</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>No puede ser más que el propio pago.</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>Inaccesible (%1).</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>No se puede leer.</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>Cambia lo que transmite, así que sus eventos son solo indicios.</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>No responde a lo que se le envía.</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>No dice cuál (%1).</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>Da %1. No se tomó nada. Corrija la consulta, o mire su vista previa y asígnela de nuevo.</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>Ya se ha realizado. Cambie el registro en su lugar.</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>Se ha pagado desde entonces. Quite primero el pago en Zoho Books.</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>Está pagado; sus importes se quedan.</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>Ya no tiene documento en este equipo.</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>No tiene encabezados o nuestra última línea. Guardarlo en una hoja de cálculo los quita.</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>Tiene la versión de esquema %1; este programa conoce versiones hasta la %2. No se cambió nada. Actualice zbdesk, o use la versión que la creó.</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>Tiene: %1. Elija una de ellas en la asignación.</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>Contiene %1.</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>Contiene un nombre de usuario o una contraseña, que todos verían por el camino.</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>Contiene espacios o signos que ninguna dirección web tiene, o es demasiado larga.</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>Contiene tablas que zbdesk no creó, así que no se escribió nada. Elija otra carpeta de datos.</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>Contiene {port}, que necesita el puerto remoto 0.</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>Es un archivo, no una carpeta.</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>Es una lista de importes asignados: %1.</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>Es mucho mayor de lo que puede ser.</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>Es demasiado largo.</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>Es para %1, no para %2.</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>Ya no está en Zoho Books.</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>Está en un período bloqueado de Zoho Books.</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>Está en conflicto; resuélvalo primero.</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>Se vuelve a buscar por sí solo; lo que vino de allí se queda.</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>Se crea cuando Zoho Books se conecta por primera vez.</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>No es una dirección web.</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>No es una dirección de un proxy.</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>Aún no se sabe si Zoho Books lo aceptó.</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>No está en la ruta de búsqueda.</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>No es JSON legible.</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>No está ahí.</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>No está: se eliminó, se renombró o su unidad no está conectada.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>Está en camino a Zoho Books.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>Va de camino a Zoho Books; espere la respuesta.</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>Es un carácter, como «;», o uno de comma, semicolon, tab, pipe.</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>Es uno de %1.</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>Es el origen %1. Quítelo primero, o elija otra carpeta.</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>Sigue en curso, o se interrumpió hace un momento.</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>Está apagada, o no hay red. Lo leído antes se queda; zbdesk lo intenta de nuevo en la próxima ejecución.</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>Es el número de la fila que contiene los encabezados, desde 1.</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>Se intenta de nuevo por sí solo. Si persiste, introdúzcalo a mano en Zoho Books para ver qué objeta Zoho.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>Se reintenta solo. Mire la red y dashboard.ngrok.com.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>Se reintenta solo. Mire la red y si el servidor funciona.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>Se reintenta solo. Mire la red, y si un cortafuegos deja salir a cloudflared (puerto 7844).</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>No está claro si el resultado de %1 se escribió de vuelta.</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>Ya está anulado en Zoho Books.</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>Falta el permiso %1. Conecte de nuevo con él, o configure los webhooks a mano: la guía del manual muestra cada paso.</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>Quizá ya no exista.</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>Quizá pertenezca a otra conexión.</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>Puede haberse eliminado entretanto.</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>Quizá se haya resuelto entretanto.</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>Solo puede anotar lo que dice Zoho Books.</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>Debe ser mayor que cero.</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>Debe empezar por https://.</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>Debe empezar por https://: por http todos podrían leer sus registros por el camino.</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>Debe ser como http://proxy.example.com:8080. Cámbiela en Configuración, Red, o en la configuración del sistema.</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>Debe ser como https://accounts.example.com.</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>Debe afectar exactamente a una. Se deshizo; compruebe el WHERE de la sentencia.</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>Nombró %1. No se envió nada allí. Empiece el inicio de sesión de nuevo desde zbdesk; si se repite, compruebe el centro de datos y si hay programas no deseados en este equipo.</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>No nombra ningún equipo que se pueda buscar.</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>No nombra ningún equipo.</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>Queda como estaba antes de la ejecución.</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>Funciona por sí solo mientras zbdesk esté en marcha.</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>Dijo: %1.</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>Dice que se ha ido definitivamente (410).</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>Remite a otra dirección (%1), que no se sigue.</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>Debería ser como %1.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>Queda anulado en Zoho Books y conserva su número.</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>Se cambió aquí desde entonces, y eso aún no ha salido.</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>Se cambió en Zoho Books desde entonces.</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>Se eliminó en Zoho Books. Introducido de nuevo sería otro registro, con otro historial.</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>Se eliminó o se fusionó allí.</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>Se entregó.</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>Se desconectó.</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>Se dejó como estaba. zbdesk vuelve a mirar mañana.</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>Se dejó exactamente como está.</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>Se buscó en %1.</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Se buscó en %1. Inicie sesión de nuevo; lo que ya está aquí se queda, y la sincronización sigue desde ahí.</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>Se movió o se renombró. Dé de nuevo al origen su dirección.</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>Se quitó entretanto.</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>Ya se revirtió antes.</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Se retiró en Zoho, o lo reemplazaron 20 inicios de sesión más recientes del mismo usuario (%1). Inicie sesión de nuevo; lo que ya está aquí se conserva y la sincronización continúa desde ahí.</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>Encajaría con %1: corrija la celda, o el orden de la asignación.</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>Su dirección no se puede usar.</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>Su respuesta se perdió; se encontró allí.</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>Su contenido no se conservó.</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>Sus detalles aún no se han leído. Ábralos y después edite.</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>Su archivo, carpeta o disco es de solo lectura para este usuario. Permita escribir o elija otra carpeta de datos.</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>Su ID o secreto se cambió o eliminó en la consola de API (%1). Conecte de nuevo con los nuevos; lo que ya está aquí se conserva.</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>Sus últimas palabras: %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>Su enlace no es una dirección https.</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>Su nombre no se puede escribir como dirección web.</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>Su ruta contiene signos que allí hay que escribir de otra manera.</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>Su remedio dice qué hacer; `zbdesk problems` lo muestra.</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>Su firma es otra.</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>Su prueba o su plan ha terminado. Renuévelo en Zoho Books y después conecte.</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>Conserve local o remote.</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>Se conocen %1 y custom. Es el final de la dirección en la que abre Zoho Books.</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>Se conocen %1.</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>Quite /*! ... */.</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>Quite FOR UPDATE o FOR SHARE: no se cambia nada.</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>Quite todo a partir del signo de interrogación o de la almohadilla.</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>Quite lo que sigue al signo de interrogación.</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>Haga que su puerto responda https, no http, con una versión actual de TLS.</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>Haga que la ruta /webhooks lleve a http://127.0.0.1:%1, conservando la ruta completa.</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>Haga que el proxy transmita la cabecera X-Zoho-Webhook-Signature, y asegúrese de que la dirección lleve a este equipo.</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>Haga que la consulta dé un solo tipo, como con CAST(... AS INTEGER).</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>Haga que el servidor envíe también sus certificados intermedios.</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>Haga que el túnel lleve a http://127.0.0.1:%1, y asegúrese de que funcione.</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>La línea %1 no es un objeto.</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>La línea %1 no es JSON.</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>Línea %1, columna %2: %3.</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>Faltan líneas al final.</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>Mírelo en un navegador, que dice por qué.</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>Mire su contacto, artículos, cuentas e impuestos en Zoho Books, e indique otros aquí.</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>Mire de nuevo sus cifras y después decida.</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>Mire sus pagos, también los que aún no han salido.</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>Mire el registro en Zoho Books y corrija estos campos aquí o allí.</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>Mire el nombre del servidor y la red.</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>Mire el túnel en Webhooks.</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>Mírelos en Salida y deje pasar exactamente estos, o ejecute `zbdesk sync --allow-large`. Los límites están en Configuración, en Antes de una ejecución grande.</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>Mire en Zoho Books en Configuración, Automatización, Registros de flujo de trabajo, si las reglas están activas y si se agotaron los 1.000 webhooks del día.</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>Mire en Zoho Books si de verdad se eliminaron. Si es así, confirme; si no, compruebe los derechos del usuario que inició sesión y sincronice de nuevo.</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>Mire si %1 funciona y lleva a este equipo.</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>Mire si %1 funciona, y si un cortafuegos deja entrar conexiones.</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>Mire por qué no los acepta y después envíelos de nuevo: `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>Cree un canal nuevo y pegue su dirección.</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>Cree un canal nuevo: quizá alguien más esté escuchando este, o el relé tenga problemas.</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>Haga de ello una vista en la base de datos.</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>Créela, conecte su unidad, o elija otra en la configuración.</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>Marque el contacto como activo en Zoho Books, o elija otro.</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Marque el contacto como activo, aquí o en Zoho Books; el documento sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>Marque el artículo como activo en Zoho Books, o elija otro.</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Marque el artículo como activo, aquí o en Zoho Books; el documento sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>Corríjala y mire la vista previa. La base de datos dice: %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>Corríjalo, o muévalo para empezar con los valores predeterminados.</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>Fusione los dos en Zoho Books.</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>Fusiónelos en Zoho Books, o dé al registro de aquí el correo electrónico del correcto.</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>Faltan desde el último archivo de este nombre (se quedan): %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>En Zoho Books se ha pagado más de lo que resultaría (%1). Tome el lado de Zoho.</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>Más de uno</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>Más de uno: %1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>Más de un %1 tiene el %2 “%3”.</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>«%2» existe más de una vez (%1).</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>Lo más probable es que el secreto en Zoho Books sea distinto del de aquí. Cree un secreto nuevo en Webhooks y péguelo en el webhook de Zoho Books. Esto desaparece con el primer evento correcto.</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>Indique un archivo: sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>Nómbrelo por su identificador local, su identificador de Zoho, su número o SOURCE:ID.</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>Nombre uno por su identificador de Zoho, o elija entre: %1.</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>Dé otro nombre a una de ellas, como con SELECT ... AS other_%1.</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>Nombre una de ellas, o un archivo JSON con una asignación.</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>Nombre el %1 por su ID de origen o por el ID de Zoho, o fusione los dos en Zoho Books.</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>Nombre la columna que dice cuándo se cambió una fila (o su número creciente).</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>Nombre el registro con un objeto que tenga exactamente uno de %1.</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>Nombre en su lugar el valor, como :since.</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>Acótela, o dé un índice a las columnas de su WHERE. Lo leído antes se queda.</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>«%2» no existe (%1).</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>Sin respuesta en %1 segundos.</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>No se hizo ninguna llamada; la sincronización continúa después.</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>Ninguna columna distingue los documentos; asigne una a %1 o a source_id.</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>No lleva cifras adjuntas.</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>No hay ningún túnel configurado.</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>Nadie respondió sobre versiones nuevas.</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>Aún no hay ninguna guardada.</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>Nada responde en %1.</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>Ya no se puede hacer nada con él.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>Ya no se le puede pagar nada.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>No se le puede pagar nada.</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>Nada en él dice qué es.</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>Nada se llama «%1» aquí.</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>No se ha perdido nada. Se reintenta solo; el registro (log) tiene los detalles.</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>No se ha perdido nada. Inicie zbdesk de nuevo; el registro (log) tiene los detalles.</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>No hay nada pendiente en %1.</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>No hay nada pagado, y no se conoce ningún bloqueo de su período (%1).</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>No se escribe nada en Zoho Books; este equipo toma lo que hay allí.</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>No se escribe nada hasta que alguien confirme la organización: es otra que antes, o ha cambiado.</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>No se escribe nada más hasta que usted lo permita: la ejecución supera los límites de la configuración.</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>No se conservó nada. Inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>Nada que hacer si no hay red; si no, compruebe la dirección.</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>Nada que hacer: se le pregunta de nuevo por sí solo.</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>Nada que hacer: se reintenta solo.</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>No se consultó nada. Lo que ya está aquí se conserva.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>No se cambió nada.</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>No se leyó nada. zbdesk lo intenta de nuevo en la próxima ejecución.</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>No se tomó nada.</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>No se tomó nada.</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>No se tomó nada. Acótela con :since, o suba el límite de filas del origen.</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>Una de las partes elegidas de Zoho Books no se puede conceder a este cliente en %1. Elija menos partes, o cree el cliente en la consola de API del centro de datos correcto.</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>Un registro de Zoho solo puede ser un documento.</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>Aquí se espera un valor para todos los documentos.</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>Aquí se espera un solo valor, no una lista ni un objeto.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>Ábralo en la hoja de cálculo y guárdelo de nuevo, o expórtelo otra vez.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>Ábralo en la hoja de cálculo, guarde una copia sin contraseña y elija esa copia.</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>Ábralo en Zoho Books (%1) y elimine la entrada sobrante. Una respuesta de Zoho se perdió por el camino; esto desaparece solo en cuanto quede una.</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>Abra el período en Zoho Books en Configuración, Bloqueo de transacciones, o cambie la fecha.</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>Abra el registro en Zoho Books. Se consulta de nuevo en cuanto cambie allí.</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>La organización %1 pertenece a otro usuario o a otro centro de datos. Conecte de nuevo y elija la organización de la lista.</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>Otros programas usan los puertos %1.</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>Fuera de las horas elegidas en Configuración. Sincronizar ahora funciona de todos modos.</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>Pegue la dirección del canal, no la del sitio.</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>Pegue la dirección definitiva del canal.</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>Pegue la dirección definitiva, y haga que el proxy pase /webhooks sin redirección.</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>En pausa hasta %1.</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>En pausa.</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>Los pagos y créditos que tenía quedan al cliente como crédito.</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>El problema %1 no trata de un nombre ni de un registro ocupado.</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>Ponga :source_id en ella, como UPDATE ... WHERE id = :source_id.</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>Ponga su nombre detrás del host: .../name.</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>Ponga la clave pública de este equipo en el servidor, e inicie el agente de la clave si tiene una frase de contraseña.</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>Suba el límite del proxy o del túnel.</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>Leído de Zoho Books: %1.</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>La lectura se detuvo.</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>Quítelo primero para cambiar lo que recibe: `zbdesk webhooks targets remove`.</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>Quite zbdesk en Zoho Accounts, Sessions, Connected Apps e inicie sesión de nuevo. Un cliente del tipo client-based (JavaScript) no sirve; uno server-based sí.</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>Renuévelo en el servidor o proxy; Zoho Books también lo rechaza.</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>Repita el propio evento: `zbdesk webhooks replay`.</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>Restaure %1 de una copia, o conecte de nuevo; los registros de este equipo se conservan.</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>La inversión del sujeto pasivo necesita un impuesto de inversión en las líneas.</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>La fila %1 del mismo documento dice «%2». Un número es un documento: corrija el número, o iguale ambos.</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>Ejecución %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>No se admiten proxies SOCKS.</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>Guárdela de nuevo con este nombre.</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>Guarde el texto de nuevo, como UTF-8 sin más.</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>Guardadas: %1.</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>Indique qué parte del pago le corresponde.</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>Indique dónde empezar, por ejemplo 2026-01-01, o 0 para un número.</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>Indique a qué corresponde esta parte del pago (%1).</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>Indique qué campo tiene qué valor: {“payment_mode”: “banktransfer”}.</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>Indique qué encabezado es qué campo: {“Invoice no”: “invoice_number”}.</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>Indique qué parte de %1 es, como %2.%3.</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>Vea Webhooks.</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>Vea `zbdesk problems meanings`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>Vea `zbdesk webhooks targets`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>Vea `zbdesk webhooks tunnel --help`, o elija otro.</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>Envíe el %1 de nuevo como uno nuevo, o nombre otro en este registro; sale entonces por sí solo.</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>Enviado a Zoho Books: %1.</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Ponga en %1 la frase de contraseña con la que se creó. Para usar en su lugar el llavero del sistema, quite %2 y conecte de nuevo; los registros de este equipo se conservan.</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>Ponga en hora este equipo, o el servidor que lo emitió.</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>Cree este %1 en Zoho Books, o nombre otro en el documento.</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>Ajustes modificados (%1): %2.</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>Inicie sesión como alguien que pueda abrir los libros de la empresa en el navegador, y compruebe el centro de datos (%1): es la terminación de la dirección de su Zoho Books.</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>Inicie sesión en dashboard.ngrok.com, copie el authtoken y déselo a ngrok, o aquí en Webhooks.</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>Inicie sesión primero.</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>Cierre la sesión de este equipo y vuelva a abrirla, lo que lo inicia de nuevo, %1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>Alguien eligió Reject, o el usuario no puede concederlo. Inicie sesión de nuevo y elija Accept, con un usuario que tenga acceso a la organización.</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>En lugar de Zoho respondió algo entre este equipo y Zoho: un proxy, la página de acceso de una red o la página de mantenimiento de Zoho. zbdesk lo intenta de nuevo por sí solo.</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>Algo que este registro nombra ya no existe en Zoho Books.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>Ocurrió algo inesperado dentro de zbdesk.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>Ocurrió algo inesperado dentro de zbdesk. Lo que está aquí está a salvo; el registro (log) tiene los detalles para un informe.</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>Empiece de nuevo; no se cambió nada.</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>Inicie zbdesk, o mire en Problemas por qué su receptor no pudo iniciarse.</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>No se pudo cambiar el inicio con la sesión.</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>Detenido. Lo leído hasta ahora se conserva; la próxima sincronización continúa desde ahí.</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>Desactive lo que reescribe las solicitudes: un cortafuegos de aplicaciones web, filtros JSON, o un relé que analiza los contenidos.</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>Active el impuesto sobre ventas en Zoho Books, Configuración, Impuestos.</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>La sincronización terminó antes de que esto se pudiera escribir.</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>La sincronización no está en marcha, así que esto no se puede hacer ahora.</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>La sincronización se detuvo por un fallo en zbdesk.</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>Retire la acción aquí.</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>Quite el inicio de sesión o el filtro para /webhooks: Zoho Books no puede iniciar sesión allí.</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>Quite el impuesto de esta línea de asiento.</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>Empezó la reversión de la ejecución %1 del %2 UTC: %3 registros.</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>Aquí se espera texto.</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>Esa dirección la usa otro ngrok, quizá en otro equipo. Ciérrelo allí.</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>Ese contacto es un %1, este es un %2.</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>Ese registro representa aquí otro documento.</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>Fueron varios inicios de sesión en poco tiempo.</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>Faltan: %1.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>Ya se pagó en Zoho Books y no se puede eliminar (%1). Quite allí primero el pago.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>Ya se pagó en Zoho Books y no se puede anular (%1). Quite allí primero el pago.</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Está en un período bloqueado de Zoho Books y no se puede cambiar allí (%1). Tome el lado de Zoho.</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>Falta: %1.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>Está pagado en Zoho Books, y no se puede calcular lo que resultaría (%1). Cámbielo allí.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>Está pagado en Zoho Books; el importe ya no puede cambiar (%1). Tome el lado de Zoho.</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>Está pagado en parte, y el cambio deja lo pagado en su sitio (%1).</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Está anulado en Zoho Books y no se puede cambiar allí (%1). Tome el lado de Zoho.</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>El %1 “%2” en los documentos significa “%3” en Zoho Books.</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>El %1 “%2” se eliminó en Zoho Books.</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>La dirección %1 no se puede usar.</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>La dirección no nombra el archivo SQLite.</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>La dirección no nombra la base de datos.</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>La dirección tiene la opción %1, que aquí no se conoce.</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>La dirección no se usa ahora.</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>La dirección lleva a otro zbdesk, no a este.</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>La dirección de un archivo SQLite no lleva opciones.</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>Falta la dirección de su canal.</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>La dirección de la base de datos %1 ya no está en el llavero.</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>La dirección de la base de datos no se puede leer: su host o su puerto no están bien escritos.</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>La dirección de la base de datos no dice qué tipo de servidor es.</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>La dirección de la base de datos contiene un salto de línea o un carácter de control.</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>La respuesta no vino de Zoho Books.</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>La respuesta no tiene %1. Aquí no se cambió nada; conviene informarlo.</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>No se pudo guardar el archivo comprimido.</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>La línea bancaria ya está asociada a otra cuenta.</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>La batería está por debajo del %1 %. Sincronizar ahora funciona de todos modos.</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>El contenido del mensaje cambia por el camino, así que ninguna firma puede ser correcta.</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>El navegador necesita uno de ellos para entregar el inicio de sesión. Cierre el otro programa o un segundo zbdesk, o introduzca otro puerto registrado como redirección en la consola de API de Zoho.</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>El archivo de certificado no se puede usar.</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>El certificado de %1 %2.</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>La decisión ya no se puede deshacer.</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>La decisión para %1 no se puede llevar a cabo.</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>El secreto de cliente es incorrecto.</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>La columna %1 contiene distintos tipos de valores, así que no está claro dónde empieza la próxima ejecución.</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>La conexión se cortó al final. Un INSERT no se repite por sí solo; mire la tabla.</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>La conexión terminó antes de que llegara la respuesta de Zoho.</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>La conexión o Zoho va lento en este momento. zbdesk lo intenta de nuevo por sí solo.</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>El contacto de este documento está inactivo en Zoho Books.</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>La moneda %1 no está configurada en Zoho Books.</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>El directorio de datos no se puede usar.</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>La base de datos %1 no acepta este nombre de usuario y contraseña.</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>La base de datos %1 no permite esto.</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>La base de datos %1 no responde.</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>La base de datos %1 está bloqueada por otro programa.</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>No se puede escribir en la base de datos.</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>La base de datos no ejecuta la consulta.</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>La base de datos da bytes aquí. Conviértalos en texto con CAST en la consulta.</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>La base de datos está dañada.</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>La base de datos está en uso.</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>La base de datos guarda este importe como fracción binaria. Redondéelo en la consulta, como con ROUND(x, 2).</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>La base de datos la creó un zbdesk más reciente.</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>La empresa de demostración no encontró ningún puerto libre de %1 a %2.</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>No se pudo leer el detalle (%1): %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>No se pudo leer o escribir en el disco.</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>No se pudo escribir en el disco.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>El disco está lleno.</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>Falta el número de documento: todo documento necesita uno.</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>El documento dice %1%2, sus líneas suman %3: %4 %5. El redondeo no lo explica (%6). Corrija las líneas, el impuesto o el total.</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>La unidad puede estar desconectada, fallando, o ser una carpeta de red que desapareció. Compruébela e inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>El archivo no se puede leer: %1.</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>El primer carácter que no encaja es %1. Elija otra codificación, o guarde el archivo como UTF-8.</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>La primera ejecución necesita un valor para :since.</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>La carpeta %1 no se puede vigilar.</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>El encabezado «%1» no está en la fila %2. %3 Corrija el archivo o la asignación.</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>El encabezado «%1» está sobre las columnas %2. Renombre una de ellas, o nombre la correcta en la asignación por su posición, como «#%3».</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>El inicio de sesión guardado está dañado.</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>El archivo de clave no se puede usar. Elija otro, o haga que solo usted pueda leerlo.</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>El llavero</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>El último paso se deshizo y nada de lo guardado antes se pierde. Libere espacio y sincronice de nuevo.</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>La línea no dice a qué corresponde: indique un artículo o un nombre.</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>La línea se cambió después de escribirse.</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>Se olvidaron los vínculos de %1 registros.</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>La lista no termina (%1).</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>El receptor de este equipo no responde en el puerto %1.</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>El receptor de este equipo no responde.</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>El registro (log) no se puede escribir.</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>El llavero de macOS</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>Falta el manual.</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>La asignación %1 no se puede usar.</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>La asignación %1 del origen %2 ya no está.</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>El significado de “%1” se retiró.</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>Los módulos son: %1.</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>El nombre %1 no se conoce.</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>La próxima sincronización lo intenta de nuevo. Si persiste, mire la página de estado de Zoho o infórmelo.</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>Quizá el número ya esté ocupado, o un registro nombrado no se pueda usar aquí.</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>La organización hizo más llamadas por minuto de las que Zoho permite; los otros programas también cuentan.</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>Las llamadas de hoy de la organización están agotadas.</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>El resultado de %1</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>Los resultados de %1 documentos</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>La frase de contraseña no abre el archivo sellado.</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>El pago aplica %1 a %2, donde hay %3 pendientes.</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>El período termina antes de empezar.</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>El período dura más de diez años.</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>El puerto está ocupado en el servidor, o su sshd no permite el reenvío. Elija otro puerto.</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>La persona de contacto principal tiene otro valor (%1).</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>El programa %1 no está instalado.</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>El programa terminó antes que esta pasada.</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>El proxy de esta red no deja salir la prueba.</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>La dirección del proxy no se puede usar.</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>Falta la dirección pública del túnel con nombre.</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>La consulta pide :since, y ninguna columna dice dónde empieza la próxima ejecución.</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>La consulta no empieza por SELECT.</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>La consulta da más de %1 filas.</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>La consulta da dos columnas llamadas %1.</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>La consulta contiene la palabra %1, que cambia algo.</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>La consulta bloquea lo que lee.</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>La consulta ya no da la columna %1.</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>La consulta ya no da las columnas %1.</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>La consulta tardó más de %1 segundos y se detuvo.</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>La consulta se detuvo.</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>La cola de este destino estaba llena.</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>La dirección de redirección no está registrada para este cliente.</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>No se puede llegar al relé.</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>El relé no acepta el mensaje (%1).</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>El relé ha terminado la transmisión.</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>El relé ha enmudecido.</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>Se está preguntando al relé.</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>El relé está conectado.</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>El relé tiene problemas (%1).</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>No se pregunta al relé ahora.</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>El relé transmite los eventos, pero los escribe de nuevo, así que solo cuentan como indicios.</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>El relé rechaza el canal (%1).</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>El relé remite a otra dirección.</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>El relé aceptó la pregunta, y no salió por el canal.</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>La dirección del relé lleva a una página corriente.</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>El resto se reserva para lo que haga usted; la sincronización en segundo plano continúa después de la medianoche de la organización.</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>La ejecución no se puede revertir.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>La ejecución se detuvo antes de escribir %1 %2 en %3: %4. Es más de lo que puede pasar sin mirarlo: %5. No se escribió nada.</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>El zbdesk en marcha no ha dicho cómo fue la prueba.</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>El archivo sellado no se puede abrir.</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>Otro programa usa el archivo sellado.</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>El secreto de este destino no está en el llavero: quite el destino y añádalo de nuevo.</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>Este equipo rechazó la conexión segura con Zoho.</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>El servidor dio otra respuesta que un aviso.</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>El servidor aún no se conoce aquí. Inicie sesión una vez a mano con ssh y compare su clave.</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>El servidor no es el de antes. Pregunte a quien lo administra; solo entonces quite su clave antigua de known_hosts.</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>Falta el servidor o la dirección pública que lleva a su puerto.</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>El ajuste %1 debe ser %2.</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>La configuración no se pudo guardar.</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>El archivo de configuración no se puede leer.</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>La configuración de esta conexión no permite esto en Zoho Books: %1 (%2).</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>No se pudo guardar el inicio de sesión.</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>El inicio de sesión no se completó.</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>El inicio de sesión no permite a zbdesk configurar webhooks.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>El inicio de sesión no incluye el permiso %1.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>El inicio de sesión no incluye el permiso para eliminarlo (%1).</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>El inicio de sesión no se ha terminado.</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>El inicio de sesión en el navegador no se terminó a tiempo.</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>El inicio de sesión está en un archivo sellado y no se dio ninguna frase de contraseña.</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>El inicio de sesión ya no está en el llavero.</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>El inicio de sesión se canceló.</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>El inicio de sesión se dirigió a una dirección que no es de Zoho.</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>La firma no llega, o el receptor alcanzado tiene otro secreto.</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>El usuario que inició sesión no tiene acceso a esta organización.</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>El usuario, o los permisos dados al iniciar sesión, no cubren %1.</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>La hoja de cálculo muestra aquí %1: su fórmula falla. Corrija la fórmula, o introduzca el valor.</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>La sentencia de escritura de vuelta no dice de qué documento se trata.</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>La sentencia de escritura de vuelta no tiene WHERE.</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>La sentencia de escritura de vuelta contiene la palabra %1.</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>La sentencia de escritura de vuelta no es ni un UPDATE ni un INSERT.</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>La sentencia tiene más de %1 caracteres.</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>La sentencia contiene un carácter NUL.</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>La sentencia contiene un comentario que MySQL ejecuta.</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>La sentencia contiene un signo de interrogación.</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>La sentencia está vacía.</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>El sistema dice: %1.</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>El sistema dice: %1. Inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>La tabla</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>La base de datos del equipo no responde.</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>El túnel %1 no está configurado del todo.</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>El rol del usuario, el plan de la organización o los permisos dados no lo cubren. Pregunte a su administrador de Zoho Books, o conecte de nuevo con esta parte incluida.</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>El camino de internet a este equipo está abierto.</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>El camino hasta allí está cerrado, o es demasiado lento.</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>El camino a este equipo aún no se ha probado.</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>El receptor de webhooks de este zbdesk no responde.</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>Hay look, make y vouch.</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>Hay: %1.</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>Ya hay un origen llamado %1.</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>Hay más de una sentencia.</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>No hay ningún %1 con el %2 “%3”.</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>«%2» no está en los libros (%1).</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>No hay ninguna copia al lado. Muévala y conecte de nuevo: Zoho Books conserva los registros.</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>No hay ningún código en lo que se pegó.</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>No hay ningún conflicto %1.</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>No hay ningún centro de datos “%1”.</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>No hay ninguna base de datos %1 entre los orígenes.</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>No hay ninguna base de datos en %1.</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>No hay ningún problema descartado %1.</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>No hay ninguna codificación «%1»; las habituales son utf-8, cp1252, cp1251, shift_jis, gb18030.</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>No hay ningún evento %1 que se pueda repetir.</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>No hay tipo de cambio para %1 en Zoho Books.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>No hay ningún archivo %1.</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>No hay ninguna carpeta %1 a la que exportar.</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>No hay ninguna importación %1.</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>No hay ningún llavero en este equipo.</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>Aún no hay base de datos local.</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>No hay ninguna asignación «%1».</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>No hay ningún módulo %1.</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>No hay ningún problema abierto %1.</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>No hay ningún problema %1.</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>Aún no hay dirección pública.</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>No hay ninguna ejecución %1.</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>No hay ningún lado %1.</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>No hay ningún origen %1.</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>No existe ese registro en Zoho Books.</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>No hay ningún destino %1.</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>No hay ningún token llamado %1.</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>No hay ningún valor para :%1.</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>No hay ninguna con este identificador: vea `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>Estos siguen en Zoho Books: %1. Quítelos allí en Configuración, Automatización.</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>Están en: %1. Nombre una de ellas en la asignación como «sheet».</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>Se reconocen de otra manera; vea `zbdesk recognition`.</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>Este %1 está %2 veces en Zoho Books.</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>Este %1 se eliminó en Zoho Books.</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>Esta dirección pertenece a otro inicio de sesión.</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>Esta dirección no se puede usar.</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>Este importe tiene dos signos menos; basta con uno.</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>Este importe está en %1, el documento en %2.</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>Este importe está combinado en las filas %1 a %2. Deshaga la combinación y escriba en cada fila lo que le corresponde.</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>Esto no se puede guardar.</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>Este equipo ha estado suspendido. La sincronización continúa en cuanto Zoho Books responda.</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>Este equipo no está conectado a Zoho Books.</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>Este equipo usa una conexión de uso medido. Sincronizar ahora funciona de todos modos.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>El reloj de este equipo va adelantado %1.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>El reloj de este equipo va atrasado %1.</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>El reloj de este equipo está mal.</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>Esta conexión solo lee, así que esto no es posible en Zoho Books: %1 (%2).</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexión solo lee.</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>Este directorio de datos está en uso: %1.</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>Esta base de datos pertenece a otro programa.</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>Esto no pertenece a %1.</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>Esta fórmula nunca se calculó, así que el archivo no tiene valor para ella. Abra el archivo en la hoja de cálculo, guárdelo allí e impórtelo de nuevo.</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>Esto ha cambiado desde que se abrió el formulario. Ábralo de nuevo para ver cómo está ahora.</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>Esta importación no se puede revertir.</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>Es TRUE o FALSE donde se espera un importe.</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>Es una fecha donde se espera un importe; quizá la hoja de cálculo convirtió 3.4 en una.</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>Es un porcentaje donde se espera un importe.</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>Entretanto es otra ejecución.</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>No es un nombre válido (%1).</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>No es un número. Déjelo fuera en la consulta.</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>No es un importe; escríbalo como 1234.50.</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>Es notación científica, que ha perdido cifras. Dé formato de número a la columna.</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>Esto no nombra ningún registro.</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>Este número está también en la fila %1. Dé a cada documento su propio número, o diga en la asignación que varias filas son un documento (row_per_line).</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>Esta organización está ahora en uso.</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>Esta organización ya no se conoce en este equipo.</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>Este registro no existe en Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>Este registro ya está eliminado en Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>Este registro está eliminado en Zoho Books.</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>Este registro ya está en Zoho Books.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Este registro ya no está aquí.</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>Esta fila tiene %1 valores bajo %2 encabezados: uno de ellos contiene el separador «%3» y no va entre comillas. Póngalo entre comillas, o guarde el archivo con otro separador.</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>Esta fila está separada por «%1» y los encabezados por «%2». Guarde todo el archivo con un solo separador.</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>Esta ejecución aún no ha terminado.</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>Esta ejecución no escribió nada en Zoho Books.</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>Este texto es demasiado largo para un importe.</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>Este usuario no tiene ninguna organización en Zoho Books.</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>Suele pasar. Si persiste, compruebe en Zoho que el usuario sigue teniendo acceso a la organización.</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>Demasiados programas consultan esta organización al mismo tiempo.</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>Demasiados inicios de sesión o renovaciones en poco tiempo. Inténtelo de nuevo en %1 minutos; el inicio de sesión en sí está en orden.</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>Hay dos monedas junto a este importe; basta con una.</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>El http sin cifrar solo se acepta en este equipo (127.0.0.1, localhost).</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>Hasta entonces, zbdesk mira cada %1 minutos.</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>Hasta entonces, zbdesk mira cada %1 segundos.</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>Use .csv, .xlsx, .json, .jsonl o .sqlite.</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>Use uno público, como los de Let's Encrypt.</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>Use uno de %1.</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>Espere %1 segundos antes del siguiente: Zoho bloquea a un usuario después de demasiados.</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>Espere la respuesta y después deshágalo como un cambio nuevo.</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>Espere la respuesta.</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>Espere a que termine el programa que lo escribe, e inténtelo de nuevo.</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>Llegan eventos de webhook con una firma incorrecta; se rechazan.</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>Los webhooks no están configurados.</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>Los webhooks llegan de nuevo. Faltaron %1; %2 al mirar, no se perdió nada.</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>Los webhooks llegan.</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>Los webhooks no pueden llegar: otro programa usa el puerto %1.</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>Los webhooks no llegan: %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>Los webhooks omitieron cambios, y ninguno ha llegado desde entonces.</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>Zoho Books calcula lo que resulta cuando llega.</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>Lo encontrado sobre versiones nuevas no es nuestro.</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>Lo guardado antes queda intacto.</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>Lo que había allí antes queda intacto.</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>Sin él cambiaría todas las filas de la tabla.</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>Escriba un archivo .csv, o filtre primero. No se escribió nada.</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>Escríbala como 2026-11-20.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>Escríbalo como {"%1": {"%2": "..."}, "%3": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>Escríbalo como {"%1": {"number": "..."}, "amount_applied": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>Escríbala como sqlite:///path/to/file.db, postgresql://user:password@host/name o mysql://user:password@host/name.</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>Escriba un SELECT.</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>Escriba un UPDATE con :source_id en su WHERE, o un INSERT.</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>Escriba solo una: puede haber un punto y coma al final, en ningún otro sitio.</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>Escriba sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>La escritura de vuelta afectó a %1 para el documento %2.</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX u ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>Su cuenta de ngrok no permite un segundo agente. Cierre el otro, o elija otro túnel.</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>Se usa su propia dirección.</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>Zoho (%1) respondió “%2”. Inténtelo de nuevo; si persiste, compruebe ID de cliente, secreto y centro de datos.</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>Zoho (%1) conoce el ID de cliente, pero no con este secreto. Cópielo de nuevo de la consola de API; sin la opción para todos los centros de datos, cada uno tiene su propio secreto.</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>Zoho Books ya tiene un registro con este %1.</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>Zoho Books respondió sobre %1 en una forma que zbdesk no conoce.</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>Zoho Books pidió una pausa hasta %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>Zoho Books pide una pausa hasta %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>Zoho Books llega a %1, el origen dice %2.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>Zoho Books no aceptó la manera de pedir %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>Zoho Books no aceptó esto.</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>Zoho Books no conservó lo enviado: %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>Zoho Books aún no lo aceptó; se reintenta en la próxima sincronización.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>Zoho Books no lo aceptó: %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>Zoho Books no permite el acceso a %1.</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>Zoho Books no permite esto a otros programas: %1 (%2).</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>Zoho Books falla cada vez que se envía este %1.</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>Zoho Books tiene un fallo en este momento.</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>Zoho Books tiene más de un %1 que podría ser “%2”.</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>Zoho Books no tiene ningún %1 “%2”.</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>Zoho Books no tiene la acción “%1” para %2.</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>Zoho Books no tiene tipo de cambio para %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>Zoho Books no tiene ese %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>Zoho Books no tiene vuelta de %1 a %2.</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>Zoho Books no tiene ninguno para elegir.</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>Zoho Books no ha dicho si se creó (%1 %2).</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>Zoho Books contiene ahora otra cosa; está en Conflictos.</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>Zoho Books los mantiene separados.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>Hay que iniciar sesión de nuevo en Zoho Books.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>Hay que iniciar sesión de nuevo en Zoho Books. No se consultó nada.</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>No se pudo contactar con Zoho.</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>Zoho no aceptó el código.</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>Zoho no respondió en %1 segundos.</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>Zoho no acepta un inicio de sesión desde ahí. Ajuste fecha, hora y zona horaria, mejor automáticamente por la red, e inicie sesión de nuevo.</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>Zoho no concede los permisos que se pidieron.</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>Zoho no conoce este ID de cliente.</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>Zoho no dio un permiso duradero.</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>Zoho no dio ningún motivo.</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>Zoho ya no acepta este inicio de sesión.</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>Zoho ya no conoce este cliente.</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>Zoho rechazó un inicio de sesión que acababa de renovar.</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>Zoho dice: %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>Zoho dice: %1 (código %2). Es un fallo de zbdesk; conviene informarlo.</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>Zoho envió la página %1 otra vez como la siguiente. Aquí no cambió nada por ello; se lee de nuevo en la próxima pasada.</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>No se avisó a Zoho. Termine la sesión allí: %1, Sessions, Connected Apps.</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>La respuesta de Zoho no contiene el registro.</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>La respuesta de Zoho fue un fallo que no dice si se hizo.</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>El certificado de Zoho no se acepta aquí. Compruebe la fecha y hora de este equipo; en una red de empresa pregunte si hay que instalar su propio certificado.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>El servidor de inicio de sesión de Zoho pide una pausa.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>El servidor de inicio de sesión de Zoho no dio una respuesta utilizable.</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>`zbdesk interface tokens` los enumera.</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>`zbdesk runs` las enumera.</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>`zbdesk sources` los enumera.</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>`zbdesk webhooks events` enumera lo que hay aquí; solo se pueden volver a mirar los eventos que nombran un registro.</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>un archivo JSON (que acepta `zbdesk put`)</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>un documento PDF</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>un archivo comprimido</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>una base de datos</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>una lista de uno a diez puertos entre 1024 y 65535</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>un número</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>una imagen</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>un relé de consulta</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>un tipo</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>un relé smee, cuyos eventos son solo indicios</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>una tabla</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>un documento de texto</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>una página web con nombre de hoja de cálculo</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>un número entero</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>sobre un campo que zbdesk escribe</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>un archivo XML</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>una cuenta</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>un importe</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>otro zbdesk</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>otro zbdesk (proceso %1)</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>otro zbdesk (proceso %1) desde %2 UTC</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>otro zbdesk desde %1 UTC</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>todo lo que puede haber aquí</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both, pull o push</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>byte %1 después de la línea %2</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>no puede ser correcta: este relé escribe los contenidos de nuevo</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>certificado válido</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>certificado válido hasta %1 %2 %3</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>modificado</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>coma</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>comentario</translation>
    </message>
    <message>
      <source>created</source>
      <translation>creado</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>cliente</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>día-mes-año</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>eliminado</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>texto entre dólares</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>cada parte debe ser un objeto.</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>termina en una autoridad que no es pública</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>encontrado en %1</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>ha caducado</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>es para otra dirección</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>es para otro nombre</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>es de una autoridad que aquí no se conoce</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>no se acepta</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>aún no es válido</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>está autofirmado, y Zoho Books no lo acepta</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>no se puede leer</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>no responde</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>no dice cuál (%1).</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>no es PEM</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>no es TOML</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>no es texto UTF-8</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>no es de confianza</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>necesita un importe mayor que cero.</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>no acepta la conexión</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>tardó demasiado</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>su dirección no tiene un puerto utilizable</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>su dirección debe ser como http://proxy.example.com:8080</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>su estado</translation>
    </message>
    <message>
      <source>less</source>
      <translation>menos</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>línea %1</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>la línea %1 no es TOML</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>línea %1 de %2</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>línea por línea</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>líneas</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>líneas</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>vinculado</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local, remote o ask</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>buscado por el proxy</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>solo la memoria de este proceso</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>mes-día-año</translation>
    </message>
    <message>
      <source>more</source>
      <translation>más</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>nombres de orígenes separados por comas</translation>
    </message>
    <message>
      <source>new</source>
      <translation>nuevo</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>sin respuesta; quizá haya un cortafuegos en medio</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>sin conexión</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>ninguna fila</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>no se logró una línea segura</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>no hace falta en este equipo</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>uno de %1</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>o defina %1 para guardar los secretos en un archivo sellado con una frase de contraseña.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>punto</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>puerto %1, solo este equipo</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>JSON legible</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>fila legible</translation>
    </message>
    <message>
      <source>record</source>
      <translation>registro</translation>
    </message>
    <message>
      <source>records</source>
      <translation>registros</translation>
    </message>
    <message>
      <source>rounded at the end</source>
      <translation>redondeado al final</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>estado %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>impuesto sobre la suma</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>impuesto con todos los decimales</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>texto entre comillas</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>texto como %1</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>la conexión se cortó</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>la entrada del llavero</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>el nombre %1 no se conoce</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>el campo nuevo</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>el proxy pide un inicio de sesión</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>el proxy no lo deja pasar (dice %1)</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>el proxy terminó la conexión</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>el proxy rechaza el nombre o la contraseña</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>la dirección de redirección</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>el archivo sellado %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>el túnel</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>la ventana de zbdesk</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>la ventana de zbdesk (proceso %1)</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>la ventana de zbdesk (proceso %1) desde %2 UTC</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>hay un archivo con ese nombre</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>este mismo equipo</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true o false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>dos minutos</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>proveedor</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>anulado</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>lo que volvió no es una respuesta de un servidor web</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>con tipos redondeados</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>año-día-mes</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>año-mes-día</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes o no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>su propia dirección pública</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>zbdesk no puede escribir en su directorio de datos.</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>zbdesk no tiene aquí un controlador para %1.</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>zbdesk se está cerrando, así que ya no se espera la respuesta. No se cambió nada.</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>zbdesk guarda el inicio de sesión solo en el llavero del sistema. Instale uno (en Linux gnome-keyring o KWallet) e inicie de nuevo la sesión del escritorio, %1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>zbdesk lo necesita para el inicio de sesión. Desbloquéelo y elija Reintentar; mientras tanto no se pierde nada.</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>«%1» ya va a %2; solo puede una columna.</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>«%1» puede ser %2%3 o %4.%5. Diga en la asignación si el archivo escribe punto o coma decimal.</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>«%1» puede ser %2. Diga en la asignación en qué orden escribe el archivo día, mes y año.</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>«%1» no se puede rellenar desde una columna.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>«%1» no encaja con el separador decimal %2: sus millares no van de tres en tres. Corríjalo, o diga que el separador decimal del archivo es %3.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>«%1» no encaja con el separador decimal %2; el del archivo quizá sea %3.</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>«%1» no dice cuál de sus números es el año. Escriba el año con cuatro cifras.</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>«%1» tiene una parte de más: %2 es un solo valor.</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>«%1» ha perdido sus últimas cifras en una hoja de cálculo. Dé formato de texto a la columna, introdúzcalo de nuevo y guarde el archivo.</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>«%1» tiene más de %2 decimales o es demasiado grande.</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>«%1» tiene más de un separador decimal (%2).</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>«%1» tiene más de seis decimales o es demasiado grande.</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>“%1” no tiene un significado propio.</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>«%1» tiene el año %2 del calendario budista. Escríbalo como %3 e importe de nuevo.</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>«%1» tiene el año %2. Corrija la celda.</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>«%1» es una fecha sin separadores. Diga en la asignación en qué orden la escribe el archivo.</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>«%1» es un número donde se espera una fecha. Dé formato de fecha a la columna.</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>«%1» es el número de día de una hoja de cálculo. Dé formato de fecha a la columna y guarde el archivo de nuevo.</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>«%1» no es ni verdadero ni falso.</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>«%1» no es ni sí ni no.</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>«%1» no es un código de moneda; escríbalo como EUR.</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>«%1» no es una moneda. Escriba su código, como EUR.</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>«%1» no es un campo personalizado; escríbalo como custom_fields.cf_region.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>«%1» no es una fecha en el orden %2.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>«%1» no es una fecha en el orden %2. Corrija la celda.</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>«%1» no es el nombre de ningún campo.</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>«%1» no es una fecha; escríbala como 2026-11-20.</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>«%1» no es un porcentaje entre 0 % y 100 %.</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>«%1» no es un importe; escríbalo como 1234.50.</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>«%1» no lo es.</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>«%1» es el signo de varias monedas. Escriba el código, como USD.</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>«%1» debe ser mayor que cero.</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>«%1» no nombra ningún registro; termínelo con uno de %2.</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>&amp;Crearlos</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>Un módulo se marca solo en la lista cuando su primer evento está aquí.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>Creando en Zoho Books…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>Quitando en Zoho Books…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>A &amp;mano…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Para</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation>&amp;Quitar lo creado</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>¿Configurar los webhooks en Zoho Books?</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>El motivo está junto a cada uno; todo se puede hacer a mano.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>Al inicio de sesión le falta el permiso ZohoBooks.settings.CREATE. Hágalo a mano o conecte de nuevo.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>Al inicio de sesión le falta el permiso ZohoBooks.settings.DELETE.</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>Es un intento: Zoho documenta las llamadas, pero no todas sus palabras. Para cada módulo se crean un webhook y una regla para los cambios, y otro par para las eliminaciones. Lo que falle se dice y se puede hacer a mano.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>Qué fue de ello</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Qué ocurre</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>Qué se crea en Zoho Books</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Por qué</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>se crean un webhook y una regla</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>cambios</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>eliminaciones</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>está</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>se intenta; Zoho puede rechazarlo</translation>
    </message>
    <message>
      <source>made</source>
      <translation>creado</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>sin intentar</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>rechazado</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>quitado</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>ya estaba</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>Cupo de llamadas</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Conexiones</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>Datos y registros (log)</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exportaciones y programas</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>Idioma y aspecto</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>Módulos y dirección</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Red</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notificaciones</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Privacidad</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>Límites de seguridad</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Sincronizando</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>Ventana y bandeja</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>Buscar un ajuste</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>Grupos de ajustes</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>Ningún ajuste contiene estas palabras.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configuración</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>%1 continúan enseguida: %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>&amp;En Zoho Books es</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>&amp;Usarlo</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>&amp;Usarlo para %1</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Elija una opción.</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>Se recuerda y vale para todo documento que use este nombre.</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>Ya está resuelto.</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>Vincular con él</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>Nada coincide con lo que escribió.</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>Leyendo lo que tiene Zoho Books…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>Decir qué significa</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>Este registro se une con él y toma lo que tiene Zoho Books.</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>Escriba para encontrarlo</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>Qué tiene Zoho Books</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>¿Qué %1 de Zoho Books es “%2”?</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>Zoho Books no tiene ninguno; créelo allí primero.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>y %1 más</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation>%1 más siguen en cuanto estos estén resueltos.</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>&amp;Coma: %1</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>Primero el &amp;día</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>Primero el &amp;mes</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>&amp;Punto: %1</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>Primero el &amp;año</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>Fechas: %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>Primero el día</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>Signo decimal: %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>¿Cuánto es %1?</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>Dejar que &amp;esperen</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>C&amp;orregir</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>Corrija abajo cada uno, o deje que sus documentos esperen en este equipo hasta que los nombres existan.</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>Primero el mes</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>Los nombres que no están en los libros esperan</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>Nada. Cada fila se puede importar tal como está.</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>Fila %1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>Fila %1 y %2 más</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>Las filas como %1 solo pueden ser %2, pero zbdesk no adivina fechas.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Mostrar</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Retirar</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>Tomar “%1”</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>El archivo no dice si su signo decimal es el punto o la coma.</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>El archivo no lo dice. Una respuesta vale para todas sus fechas.</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>Por resolver aquí</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>Lo que haya que resolver aparece aquí cuando las filas estén comprobadas.</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>Qué debería ser</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>¿Qué día es %1?</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>Primero el año</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>comprobando…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>coma</translation>
    </message>
    <message>
      <source>point</source>
      <translation>punto</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>Fechado</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Fechas que dependen del reloj</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>Día en UTC</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>Día de la organización</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>Día de este equipo</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Hecho el</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Registro</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>Los días están en un mismo mes.</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>Los días están en dos meses.</translation>
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Este servidor no tiene páginas web para sus registros.</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Conectar Zoho Books</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>Importar %1</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>En</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>Lo que introduce se conserva si cierra esta ventana. El secreto de cliente se pide de nuevo.</translation>
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation>&amp;Cancelar</translation>
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation>&amp;Aprobar…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>Se escribe para %1 un archivo con la lista de control, los totales de ambos lados y su hash.</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>Introduzca el nombre de la persona que aprueba.</translation>
    </message>
    <message>
      <source>No&amp;te</source>
      <translation>No&amp;ta</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Nota</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation>En Zoho Books no se cambia nada.</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>Aprobar</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>¿Aprobar %1?</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>Estos puntos están pendientes y se escribirán como pendientes:</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>Su no&amp;mbre</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Su nombre</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>%1 min %2 s</source>
      <translation>%1 min %2 s</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 s</translation>
    </message>
    <message>
      <source>%1, opened at %2</source>
      <translation>%1, abierta a las %2</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>A&amp;brir de nuevo</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>&amp;Tomarlo</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>Se ha abierto una página de Zoho en su navegador. Inicie sesión allí, elija Accept y vuelva aquí.</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>&amp;Dirección o código del navegador</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>Cancelar el inicio de sesión</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>Elija Copiar enlace y ábralo en un navegador suyo, en este equipo.</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>Copiar en&amp;lace</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>Copie el enlace de abajo y ábralo</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>Canjeándolo</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>Hasta dónde llegó el inicio de sesión</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>Si su sesión de Zoho está en otro navegador, copie el enlace y ábralo allí. Si el navegador dice que no puede llegar a localhost, copie la dirección completa de esa página y elija Pegar código.</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>Si el navegador dice que no puede llegar a localhost, use Pegar código.</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>Terminó aquí</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>Después, por sí solo</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>No se pudo abrir ningún navegador.</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>¿No ocurrió nada en el navegador?</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>Abriendo la página de inicio de sesión</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>Pegar &amp;código…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Leyendo sus organizaciones</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>Inicie sesión en Zoho en su navegador</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>Iniciar sesión con el código</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>Tomando el inicio de sesión</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>El código está listo</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>La página de inicio de sesión está abierta</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>La página de inicio de sesión está lista</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>La página de inicio de sesión se abrió de nuevo</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>La dirección completa de la página que no se pudo abrir, o solo el código.</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>Esta página continúa por sí sola después del inicio de sesión.</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>Tiempo restante</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>Tiempo restante:</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>Tiempo restante: %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>&amp;Intentar de nuevo</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>Inténtelo de nuevo, o vuelva atrás y cambie algo.</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>Esperar 10 &amp;minutos desde ahora</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>Esperando a que elija Accept</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>Eligió Accept</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>La página de Zoho enumera lo que pide zbdesk. Elija allí Accept; la página dice entonces que puede volver.

Un navegador de otro equipo no puede llegar a este. Copie la dirección que no pudo abrir y péguela aquí, o vuelva atrás e inicie sesión con un código.</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>zbdesk canjea el código en Zoho; tarda unos segundos.</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>zbdesk escucha en %1 en este equipo</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>%1 como estaban</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 modificados</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 faltan</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 nuevos</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>%1 rechazados</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>Todos los que encajan en %1</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Comandos</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>Base de datos</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Hecho</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Falló</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ayuda</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>En orden</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>Aún no ejecutado</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Páginas</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pausa</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>Revertida</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configuración</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>Algunos rechazados</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Detenido</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>En curso</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>Carpeta vigilada</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>cada %n minuto</numerusform>
        <numerusform>cada %n minutos</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>asignación %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>ningún archivo con una fila mala</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>ahora no</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>solo cuando usted lo dice</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>solo lee</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>escribe de vuelta</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1 orígenes leen con ella; fallan hasta que se guarde de nuevo con este nombre.</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>&amp;Quitar la base de datos</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>&amp;Quitar la asignación</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>&amp;Revocar el token</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>&amp;Dejar de vigilar</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>Los archivos que se pongan allí ya no se importan. La carpeta y sus archivos se quedan, también los de done y failed; lo que vino de ella se queda.</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>Ya no se le pregunta, y su dirección se elimina del llavero. En la base de datos no se cambia nada; lo que vino de ella se queda. Si se añade de nuevo, se lee desde el principio.</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>¿Quitar la base de datos %1?</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>¿Quitar la asignación %1?</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>¿Revocar el token %1?</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>¿Dejar de vigilar %1?</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>El programa que lo usa es rechazado enseguida. Lo que trajo se queda. Un token revocado no vuelve a valer nunca.</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>Lo importado con ella se queda.</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1 continúa.</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>Leyendo %1…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1 está en pausa.</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>%1 se ha quitado; lo que vino de ahí se queda.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Continuar</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>Una carpeta vigilada toma los archivos que otro programa pone en ella; a una base de datos se le pregunta de forma automática.</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>Edi&amp;tar…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>Se busca de nuevo por sí solo.</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Última ejecución</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>No se vigila ninguna carpeta ni se pregunta a ninguna base de datos.</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>Nada nuevo.</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>Pausar &amp;origen</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>&amp;Quitar…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Rechazado</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>Ejecutar aho&amp;ra</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>En ejecución</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situación</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aceptado</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>Vigilar una carpeta…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>Carpetas vigiladas y bases de datos</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>Qué dijo</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Dónde</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>&amp;Añadir una base de datos…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>&amp;Importar un archivo…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exportaciones y programas</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>Carpetas y bases de datos</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>Asignaciones</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Importaciones anteriores</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Orígenes</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>Vigilar una car&amp;peta…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>De dónde vienen los documentos y adónde van por sí solos</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>Qué parte</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>Batería</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>Batería por debajo de</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>Baja es por debajo de</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Red</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>Pausar por sí solo</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>El motivo aparece entonces al pie de la ventana; Sincronizar ahora funciona una vez de todos modos.</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>en una conexión de uso medido</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>cuando la batería está baja</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Cambiarlo</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>Con &amp;qué frecuencia</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Nombre</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>&amp;Consulta</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>&amp;Probar y ver</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>&amp;Escribir de vuelta número, estado e importe pagado</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>&amp;Dirección</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation>Añadir una base de datos</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>Añadir la ba&amp;se de datos</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Guardando…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>Cambiar la base de datos</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>C&amp;olumna para :since</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>Columna para :since</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>Introduzca la dirección de la base de datos.</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>Cada %1 horas</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>Cada %1 minutos</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Cada hora</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>Primer &amp;valor de :since</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>Primeras filas de la consulta</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>Primer valor de :since</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>Dé un nombre a la base de datos.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Con qué frecuencia</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nombre</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>Ahora %1. Déjelo vacío para conservarlo.</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>Un SELECT. Con :since en él se lee solo lo que cambió desde la última ejecución.</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>Un UPDATE con :source_id, y :number, :status, :paid, :total o :remote_id.</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>Se hace una consulta por una conexión que solo lee. Pruébela antes de guardarla.</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>Solo cuando yo lo diga</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>Consulta</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>Los registros lo recuerdan como su procedencia; no se puede cambiar después.</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite, PostgreSQL, MySQL o MariaDB. Se guarda en el llavero.</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>Sentencia para escribir de &amp;vuelta</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>Sentencia para escribir de vuelta</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>La columna de la consulta que dice cuándo cambió una fila, o su número creciente.</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>La conexión funciona. Primeras %1 filas. %2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>Preguntando a la base de datos…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>Escriba la consulta.</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>Cam&amp;biarlo…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>Los registros elegidos se escriben en una carpeta cada cierto número de horas, para informes y otros programas.</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>E&amp;xportar ahora</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>Cada %1 horas en %2</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exportaciones y programas</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>Última escritura %1</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Interfaz local</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>No se ha creado ningún token: no se deja entrar a nadie.</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>No se pudo escribir todo.</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>Aún sin escribir</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Desactivado</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>Activado también para otros equipos, en el puerto %1</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>Activado, en el puerto %1</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>Los programas de este equipo pueden entregar documentos y preguntar qué fue de ellos.</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Exportación programada</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>Configurar&amp;lo…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>Configurar y to&amp;kens…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>La exportación está escrita.</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>Tokens: %1</translation>
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>%1; a newer version is announced, not confirmed yet</source>
      <translation>%1; se anuncia una versión más reciente, aún sin confirmar</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Activo</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>En comprobación</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Conflicto</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>Eliminado allí</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>De Zoho Books</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>En ambos</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>Saliendo ahora</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>Hay que iniciar sesión</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Sin conexión con Zoho Books</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>Sin conexión</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>Sin conexión desde {time}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pausa</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>En pausa hasta {time}</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problema</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>Detenido por un error</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Sincronizando</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>Espera para salir</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1, en orden a las %2</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Leyendo…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>Deteniendo; lo que está aquí se conserva</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Sincronizando</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>Sincronizando %1, %2 aquí</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>Sincronizando %1, %2 de %3</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>Llamadas a Zoho Books hoy {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>Llamadas a Zoho Books hoy {used} de {limit}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>empieza de nuevo {time}</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>Aceptado</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Activo</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>Añadido a mano</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>Aprobado</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Facturable</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>Facturado</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Cancelado</translation>
    </message>
    <message>
      <source>Categorized</source>
      <translation>Categorizado</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>Cerrado</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>Confirmado</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>Rechazado</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>Borrador</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>Caducado</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>Inactivo</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Facturado</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>Conciliado</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>No facturable</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>Sin facturar</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Abrir</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Vencida</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>Pagada</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>Facturada en parte</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>Facturado en parte</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>Pagada en parte</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>Publicado</translation>
    </message>
    <message>
      <source>Reimbursed</source>
      <translation>Reembolsado</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>Enviada</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Detenido</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>Sin categorizar</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>No pagada</translation>
    </message>
    <message>
      <source>Viewed</source>
      <translation>Vista</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>Anulada</translation>
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation>Espera aprobación</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Paso %1 de %2: %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Paso %1 de %2: %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>%1 llamadas</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n día</numerusform>
        <numerusform>%n días</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation>Antes de empezar</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Llamadas</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>Llamadas de las %1 de hoy</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>Eliminar en Zoho Books</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Líneas</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>Ningún documento dos veces</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>Nada durante la primera sincronización. Después solo lo que usted importe, introduzca o libere aquí.</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>Nada. La dirección es solo leer; puede cambiarla después en Configuración.</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>Registros en %n módulo</numerusform>
        <numerusform>Registros en %n módulos</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Tiempo</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>Se leerá</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>Se escribirá</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>alrededor de %n hora</numerusform>
        <numerusform>alrededor de %n horas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>alrededor de %n minuto</numerusform>
        <numerusform>alrededor de %n minutos</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>al menos</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>menos de un minuto</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>zbdesk busca lo que envió antes de repetir nada: por un campo en el que Zoho Books rechaza duplicados, donde lo hay; si no, por su propio número, el correo electrónico o una referencia. Configuración muestra cuál y ofrece crear el campo.</translation>
    </message>
  </context>
  <context>
    <name>TableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
  </context>
  <context>
    <name>TableMenus</name>
    <message>
      <source>&amp;Columns…</source>
      <translation>&amp;Columnas…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exportar…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation>&amp;Filtrar por %1…</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>&amp;Ocultar</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>Más &amp;estrecha</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>Orden y a&amp;nchos…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>&amp;Imprimir registro…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>Más &amp;ancha</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>Elija primero un registro.</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>Copiar fi&amp;las</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Copiar sin &amp;títulos</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>De&amp;talles</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Abrir en &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>Ordenar &amp;descendente</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>Ordenar &amp;ascendente</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>%1 se quedan: se editaron desde entonces, o los creó una importación anterior.</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>&amp;Revertir %1 documentos</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>En Zoho Books, con la próxima sincronización: %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>No se puede revertir ahora: %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>No se puede revertir nada de ella.</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>En este equipo: %1 se quitan, %2 quedan como antes.</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>Registros de esta importación que ya salieron</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>¿Revertir la importación de %1?</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>Revertido: %1 quitados, %2 como antes.</translation>
    </message>
  </context>
  <context>
    <name>Taking</name>
    <message>
      <source>%1 (*.%2)</source>
      <translation>%1 (*.%2)</translation>
    </message>
    <message>
      <source>%1 copied</source>
      <translation>%1 copiados</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>%1 written to %2.</source>
      <translation>%1 escritos en %2.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>Exportar %1</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>Detenido. No se escribió nada.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>Escribiendo %1…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>%1 ya no recibe nada. Lo que espera aquí para él se descarta y su secreto se olvida.</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>&amp;Dirección</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Conservar</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>Aña&amp;dirlo</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Guardando…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>Cambiar lo que se reenvía</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>Cambios</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Copie el secreto ahora</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Eliminaciones</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Hecho</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>Para otra cosa, añada un destino propio.</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>Firma lo que se envía allí (X-Zbdesk-Signature). No se muestra de nuevo.</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>Solo estos eventos; sin elegir ninguno, todos</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>Solo estos módulos; sin elegir ninguno, todos</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>Así otros sistemas suyos no necesitan túnel. Lo que no aceptan espera aquí y se intenta de nuevo.</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>Reenviar eventos a otra dirección</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>¿No reenviar nada más allí?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Secreto</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>Secreto de este destino</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>El evento tal como llegó (solo con firma correcta)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>El registro, tal como Zoho Books lo mostró después del evento</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>El destino está añadido. Copie su secreto ahora.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Esto es necesario.</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>&amp;Qué recibe</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>Qué recibe</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>http se permite en este equipo y en su propia red.</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>No se perdió nada. El registro (log) dice más; intente este paso de nuevo.</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>zbdesk encontró un fallo propio.</translation>
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>Moneda</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Diferencia</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Aquí</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>Módulo y periodo</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Registros en Zoho Books</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Registros en este equipo</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation>Su valor en Zoho Books</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>Su valor en este equipo</translation>
    </message>
    <message>
      <source>There</source>
      <translation>Allí</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>Este equipo menos Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Cuadre</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>Valor aquí</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>Valor allí</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>Qué difiere</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>y %1 más: están en los archivos</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>igual</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>no se conoce</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>sin nombrar</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>Ninguno de estos documentos tiene importe.</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>Totales por moneda</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>%n le espera</numerusform>
        <numerusform>%n le esperan</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>, último éxito %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en orden</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>en orden, consultado %1</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>iniciar sesión de nuevo</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>detenido por un error</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>sincronizando</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>sincronizando, %1 aquí</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>sincronizando, %1 de %2</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk: sin conexión con Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>Todos los archivos (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>Confiar también en</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>Certificados</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation>Certificados (*.pem *.crt *.cer)</translation>
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation>Elegir un arc&amp;hivo…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>Archivo con más certificados</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>Los certificados en los que confía este equipo siempre cuentan. Un archivo PEM aquí añade otros, para un proxy que examina el tráfico.</translation>
    </message>
    <message>
      <source>none</source>
      <translation>ninguno</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>Ahora no</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>El administrador de este equipo lo ha desactivado.</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>Esta compilación no busca actualizaciones.</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>Novedades</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>Usted tiene %1. No se descarga nada por sí solo.</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>zbdesk %1 está disponible.</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>&amp;En un archivo cifrado</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Mirar de nuevo</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>Escribir &amp;una frase de contraseña</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>Un llavero pertenece al escritorio: Credential Manager en Windows, Llaveros en macOS, GNOME Keyring o KWallet en Linux. zbdesk guarda allí los secretos y en ningún otro lugar.

Donde no lo hay, la otra vía es un archivo cifrado. Su frase de contraseña no se guarda nunca.</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>Ya hay en este equipo un archivo sellado de zbdesk. Introduzca la frase de contraseña con la que se creó.</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>Elija Mirar de nuevo cuando el llavero esté disponible.</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>Introduzca una frase de contraseña de ocho signos o más para continuar.</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>Introduzca la frase de contraseña para continuar.</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>Aceptable. Otra palabra la hace fuerte.</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>En el &amp;llavero de este equipo</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>En Linux instale gnome-keyring o KWallet e inicie de nuevo la sesión del escritorio, o desbloquee el llavero.</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>Fuerte.</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>El archivo se sella con una frase de contraseña que usted introduce al iniciar zbdesk. Sin ella nadie puede leer el inicio de sesión; si se olvida, hay que iniciar sesión de nuevo; no se pierde ningún registro.</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>Probando el lugar.</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>La misma &amp;otra vez</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>Las dos difieren. Escriba lo mismo en ambas.</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>Demasiado corta: ocho signos o más; cuatro palabras son fáciles de recordar.</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>Escriba la frase de contraseña por segunda vez para continuar.</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>Débil: añada otra palabra.</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>¿Dónde se puede guardar el inicio de sesión?</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>zbdesk no encontró ningún llavero que pueda usar; elija cómo se protegen el secreto y el inicio de sesión.</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1 (se abre primero)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>&amp;Eliminar “%1”</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Nombre</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>A&amp;brir la tabla con ella</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>Cambiar el &amp;nombre de “%1”…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>&amp;Guardar</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>G&amp;uardar como…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>Una vista necesita un nombre.</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>Todos los registros</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>Cambiar el nombre de esta vista</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>Guardar &amp;cambios en “%1”</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>Guardar esta vista</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>Vistas guardadas</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>Vistas guardadas: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Pendiente de pago</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>Ya hay una vista con ese nombre. Elija otro, o guarde los cambios en aquella.</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>V&amp;istas</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>La vista “%1” está eliminada.</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>La vista “%1” está guardada.</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>Elegir</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>Elija qué se lee y con qué frecuencia</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>Todo funciona sin ratón</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ayuda</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>Mire los %1 de %2 que están aquí</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Abrir</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>Abrir %1</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation>Los registros aparecen página por página</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>Ver las teclas</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>Orden y filtros funcionan con lo que está aquí</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>Lo desactivado no cuesta llamadas</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>Mientras espera</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>Mostrar todo</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>Ya no es&amp;tán…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>Le espera</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>Archivo de &amp;clave (opcional)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>&amp;Nombre de un túnel con nombre (opcional)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>&amp;Puerto que se abre allí</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>&amp;Usar esta vía</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>&amp;Vía</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>Un mensaje falsificado se rechaza por su firma.</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>Un túnel con nombre tiene una dirección pública: introdúzcala.</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>Un puerto es un número de 0 a 65535; con 0 elige el servidor.</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Guardando…</translation>
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation>Ca&amp;nal</translation>
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>Cloudflare termina la línea https y puede leer los mensajes. El token se guarda en el llavero.</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>Vacío: se busca en la ruta de búsqueda.</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>Todas las vías terminan en el mismo receptor, al que solo llega este equipo y que comprueba cada firma.</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>Para una red que no deja entrar nada y donde no se puede instalar ningún programa. Hay que confiar en el relé.</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>Encontrado: %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>Del panel de Cloudflare. Sin él, la dirección es otra después de cada inicio. Vacío conserva el actual.</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>Del panel de ngrok; versión 3.16 o posterior. Vacío conserva el actual.</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>¿Cómo llega Zoho Books a este equipo?</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>No está en este equipo. Instálelo desde Cloudflare (developers.cloudflare.com, Downloads) y abra esto de nuevo, o diga abajo dónde está.</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>No está en este equipo. Instálelo desde ngrok (ngrok.com, Download) y abra esto de nuevo, o diga abajo dónde está.</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>Su &amp;dirección pública</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>Clas&amp;e de relé</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>Conserva los mensajes como son (las firmas valen)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>Clase de relé</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>Haga que su ruta /webhooks/ lleve al puerto %1 de este equipo, con la ruta conservada y el contenido intacto.</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>Mi propia dirección (servidor web, proxy o túnel que alguien atiende)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>Nadie más que su propio servidor ve los mensajes.</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>Ninguna: los cambios llegan al consultar</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>Nada puede llegar a este equipo.</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>Nada lleva hasta aquí. zbdesk consulta con el intervalo elegido, y nunca se pierde nada.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>No se cambió nada.</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>&amp;Dirección pública</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>&amp;Dirección pública que lleva a él</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>Relé de recogida: zbdesk recoge, nada tiene que llegar a este equipo</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>Dirección &amp;reservada (opcional)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>&amp;Servidor</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>Inicie sesión allí una vez a mano, para que aquí se conozca su clave: nunca se confía en un servidor desconocido.</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>T&amp;oken</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>T&amp;oken del túnel (opcional)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>El relé puede leer los mensajes. Un relé como smee los escribe de nuevo: ninguna firma vale, quien conozca el canal puede enviar, y los eventos solo hacen que zbdesk lea el registro de nuevo.</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>No se pudieron escribir los ajustes.</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>No hay ssh en este equipo. Viene con Windows como característica opcional (OpenSSH Client) y con todo Linux y macOS.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Esto es necesario.</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>Vía</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>Qué protege</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>Qué necesita esta vía</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>Dónde es&amp;tá el programa (opcional)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>Quien gestiona la dirección puede leer los mensajes donde termina la línea https.</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>Usted tiene una dirección https pública. zbdesk solo la anota; quien la gestiona la hace llegar hasta aquí.</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared, iniciado por zbdesk</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>ngrok termina la línea https y puede leer los mensajes. El token se guarda en el llavero.</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok, iniciado por zbdesk</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.io y similares (ninguna firma vale)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>ssh a un servidor propio, iniciado por zbdesk</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>zbdesk mantiene abierta una conexión SSH que reenvía un puerto. El servidor web del servidor dirige /webhooks/ a él.</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>zbdesk inicia el programa, lo vigila, lo reinicia cuando termina y lo detiene al salir.</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>%1 de %2 cambios omitidos, últimos 7 días</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>%1 de %2 de Zoho al día</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, próxima a las %2</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>%n no se pudo hacer</numerusform>
        <numerusform>%n no se pudieron hacer</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>%n entrega se envía de nuevo</numerusform>
        <numerusform>%n entregas se envían de nuevo</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>%n hecho</numerusform>
        <numerusform>%n hechos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>%n evento leído de nuevo</numerusform>
        <numerusform>%n eventos leídos de nuevo</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>%n intento</numerusform>
        <numerusform>%n intentos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>%n rechazado</numerusform>
        <numerusform>%n rechazados</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>Otra organización</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Cambiar el secreto…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>Se omiten cambios</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>Los cambios llegan, normalmente en %1</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Abandonado</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>Ya no está en Zoho Books</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>Conservado: no nombra ningún registro</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>Mirar las entregas</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>Mirar el camino</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>El módulo no se sincroniza</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>No nombra ningún registro</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>Ni aquí ni en Zoho Books</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>Ni aquí ni allí</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>Nuevo aquí</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>Nuevo aquí después de %1</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>Sin configurar</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>Zoho Books no lo muestra</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>Hoy no ha llegado nada</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>Nombre público</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>Apartado: otra organización</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>Apartado: este módulo no se sincroniza</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Leer de nuevo</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>Leído de nuevo después de %1</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>Leer el registro de Zoho Books</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>Línea segura</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Firma</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aceptado</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>Probar el camino</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este equipo</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>Túnel</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Desconocido</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Espera</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>Espera un inicio de sesión</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>Espera el fin de la pausa</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>Espera el fin de la sincronización</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>Espera el primer evento</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>Espera la red</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>Espera hasta que Zoho Books permita más llamadas</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>Ya estaba aquí</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>Los webhooks no llegan</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>Webhooks: falla %1</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>Webhooks: las cinco partes del camino están en orden</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>Zoho Books no muestra este registro</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>Zoho Books no dio respuesta; se pregunta de nuevo</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>llegó %1 veces, se conserva una</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>falló %n vez</numerusform>
        <numerusform>falló %n veces</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>falla</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>en %1 ms</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en orden</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>aún no hay cambios que comparar</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>sin firma</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>sin probar</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>relé de recogida</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>repetido</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>secreto de %1</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>su propia dirección</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>&amp;Probar el camino ahora</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Cambiar el secreto…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>Los cambios llegan cada %1 min. Con webhooks llegan en segundos.</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>Elegir otra vía…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>Elija cómo llega Zoho Books a este equipo, cree un secreto y configure allí los módulos.</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>Elegir la vía…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>Elegida. Se aplica en segundos y después se prueba.</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>Entregas</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>Eventos</translation>
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation>Sus eventos son indicios que solo hacen que zbdesk lea el registro de nuevo. No use nunca uno público para libros reales.</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Abrir configuración</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>Se reenvía a</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Probando…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>La prueba no ha dado resultado. Pruebe otra vez.</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>Este relé escribe los mensajes de nuevo, así que ninguna firma puede valer.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Intentar de nuevo</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>Hasta que se corrija, zbdesk consulta cada %1 min, desde %2; no se pierde nada.</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>Qué se muestra</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>Qué pegar y dónde…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · %2 rechazados hasta ahora</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>Los cambios llegan al consultar. Con webhooks llegan en segundos.</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>Comprobar todas las partes</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>Configurar webhooks</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>Webhooks hoy</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>llegados</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>fallan</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>el último %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>omiten cambios</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>omitidos, comparado con la consulta</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>normalmente aquí en %1</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>espera el primer evento</translation>
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>Ayuda</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation>No se escribe nada en Zoho Books antes de que usted lo acepte en la última página.</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation>&amp;Conectar Zoho Books</translation>
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation>&amp;Conectar la empresa de demostración</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>&amp;Echar un vistazo con la empresa de demostración</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>Un ID de cliente y un secreto de cliente de la consola de API de Zoho</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>Conectar Zoho Books le guía por cinco páginas: centro de datos, ID de cliente y secreto, inicio de sesión, organización y qué sincronizar. No se guarda ni se lee nada antes de la última.

La empresa de demostración es un pequeño Zoho Books en este equipo. No necesita cuenta, y ninguno de sus registros se acerca a los suyos.</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>Por ejemplo books.zoho.in. Indica qué centro de datos tiene sus libros.</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>Seguir &amp;conectando</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>Tenga esto a mano</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>Nada en absoluto</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>Un clic en su página de inicio de sesión</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>La dirección de su Zoho Books</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>La empresa de demostración funciona solo en este equipo. Servidor y cliente están rellenados.</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>Puede crearlos por el camino: las páginas siguientes muestran dónde y qué pegar.</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>Inicia sesión en la página de Zoho, en su navegador. zbdesk nunca ve su contraseña.</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>Su navegador la abre, como abriría la página de Zoho.</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>Su propio inicio de sesión de Zoho</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>Sus registros y Zoho Books, siempre iguales</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>zbdesk lleva una sola vez a Zoho Books lo que emite su empresa, y trae a este equipo lo que cambia allí. Se conecta en unos cinco minutos.</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>%1 &amp;módulos más, todos desactivados</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>%1 llamadas más, los más recientes primero</translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n hora</numerusform>
        <numerusform>%n horas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n minuto</numerusform>
        <numerusform>%n minutos</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation>&amp;Líneas de todo</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>Todos los módulos están contados</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>En ambos sen&amp;tidos</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>Elija al menos un módulo para continuar.</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>Elija los módulos y su dirección; todo se puede cambiar después en Configuración.</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>Menos &amp;módulos</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>Frecuencia y &amp;líneas</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>&amp;Buscar cambios cada</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Buscar cambios cada</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>No se pudo contar todo.</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>Una llamada por registro; sin ello, las líneas se leen al abrir un registro o al cambiar.</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>S&amp;olo leer por ahora</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>Registros es lo que cuenta Zoho Books. Una llamada trae hasta 200 registros; Zoho permite un número de llamadas al día según el plan, y zbdesk reserva algunas para sus propios clics.

La barra espaciadora elige el módulo de la fila actual. No se guarda nada antes de que elija Iniciar la primera sincronización.</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>&amp;Iniciar la primera sincronización</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>Segundos después, cuando los webhooks están configurados.</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>Guardando la conexión.</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>La estimación es demasiado baja; la sincronización en sí no necesita los recuentos.</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>Este inicio de sesión se pidió solo para leer.</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>Lo que cambia en Zoho Books llega aquí; lo que introduce o importa aquí va allí.</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>Qué sincronizar</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>Sin ello, las líneas se leen al abrir un registro o al cambiar.</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>durante alrededor de %n día</numerusform>
        <numerusform>durante alrededor de %n días</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>zbdesk no escribe nunca en Zoho Books hasta que esto se cambie en Configuración.</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>Preguntar</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>Empezar sin ventana donde haya bandeja</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>Cerrar e iniciar</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>Cerrar la ventana</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>Seguir en marcha junto al reloj</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Teclas</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Salir</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>Letras sueltas como teclas, por ejemplo en Conflictos</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Inicio</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>Iniciar cuando inicio sesión en este equipo</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>El inicio con la sesión lo guarda el propio sistema; lo que se cambie allí se muestra aquí. Empieza en la bandeja y no toma el foco.</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>Sin bandeja, cerrar la ventana siempre sale: zbdesk nunca funciona sin verse.</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>Guardando…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>Aún sin respuesta. Lo que escribió queda aquí hasta que haya una.</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>Columnas en su orden</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>Los cambios cuentan enseguida; no hay nada que guardar.</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>solo para %1</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>Se están leyendo los detalles; el formulario se abre con ellos.</translation>
    </message>
  </context>
</TS>
