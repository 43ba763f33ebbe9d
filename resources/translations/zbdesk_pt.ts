<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
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
      <translation>&amp;Sobre o zbdesk</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>&amp;Atividade</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>&amp;Fechar janela</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>&amp;Conflitos</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>&amp;Copiar linhas</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>&amp;Painel</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>&amp;Detalhes</translation>
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
      <translation>&amp;Importar um arquivo…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>&amp;Teclas e ajuda</translation>
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
      <translation>Fechamento do &amp;mês</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>&amp;Silenciar notificações</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>&amp;Novo registro…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>&amp;Próxima parte da janela</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>&amp;Abrir zbdesk</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>&amp;Saída</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>&amp;Imprimir tabela…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>&amp;Problemas</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>&amp;Sair do zbdesk</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>&amp;Configurações…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>&amp;Mostrar de novo</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>&amp;Webhooks</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>Trocar de or&amp;ganização…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>Co&amp;brir a janela</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation>Col&amp;unas…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Copiar sem &amp;títulos</translation>
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>Mo&amp;do de fechamento do mês</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>Notificações s&amp;ilenciadas até %1</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>Abrir pasta de &amp;dados</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>Abrir pasta de &amp;logs</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Abrir no &amp;Zoho Books</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation>Im&amp;primir registro…</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;usar</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>Ler &amp;tudo de novo</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>&amp;Retomar</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation>Salvar &amp;esta visão…</translation>
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>&amp;Buscar…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>I&amp;nterromper</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Parando…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>Si&amp;ncronizar agora</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>Até &amp;amanhã</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>Até eu as &amp;retomar</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>até %1</translation>
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
      <translation>O que aconteceu</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quando</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>uma pessoa</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>um webhook</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>a primeira sincronização</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>o horário</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>Atividade</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>Nada aconteceu ainda</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Execuções</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>A atividade não pode ser lida</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Visão</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>O que aconteceu</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>O que o zbdesk lê e faz aparece aqui.</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>Atividade</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>&amp;Cancelar alteração</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>E&amp;xcluir…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>&amp;Editar…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>&amp;Anular…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>Está excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>Está saindo neste momento.</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>Já está enviado.</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>Já está anulado.</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>&amp;Marcar como enviado</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>Nada está em aberto.</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>Registrar &amp;pagamento…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexão só lê.</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>En&amp;dereço</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>Endereço e segredo</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>Endereço para o Zoho Books</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>Mudar…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>Escolha como o Zoho Books chega a este computador</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>Copiar o endereço</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>Vem de %1.</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>Criado %1. Foi mostrado na hora e não é mostrado de novo.</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>Criado no Zoho Books pelo zbdesk: %1. Ao desconectar, é removido.</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>Criar e mostrar…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>Ninguém viu um ainda.</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>Se&amp;gredo</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Segredo</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>Configurar no Z&amp;oho Books para mim…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>O anterior vale até %1; depois, só este.</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>Ainda não há endereço público. Escolha como o Zoho Books chega aqui.</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>&amp;Túnel…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>O que colar e onde no Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>O Zoho Books guarda webhooks em Settings, Automation, Workflow Actions. Cada módulo precisa de uma regra própria.</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n dia</numerusform>
        <numerusform>%n dias</numerusform>
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
      <translation>%1 em %2</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1: %2 em %3</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1–%2 dias</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>Idade</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>Moeda das contas a receber</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Faturas</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>Ninguém deve nada: nenhuma fatura em aberto.</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>A vencer</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>Mais de %1 dias</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>Contas a receber por idade</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>Mostrar faturas</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>sem moeda</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>&amp;Gravar estes %1</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>Valores em %1</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>A execução parou antes da primeira gravação, porque é maior do que suas configurações deixam passar sozinha. Veja se é o que você queria. O que vier a mais pergunta de novo.</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>Gravar %1 em %2?</translation>
    </message>
  </context>
  <context>
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>Um webhook anunciou isto às %1. Não conta em lugar nenhum até que o zbdesk tenha lido o registro do Zoho Books.</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>Também alterado: %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>As colunas da tabela ficam como estão.</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>Não confirmado</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n chamada</numerusform>
        <numerusform>%n chamadas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflito</numerusform>
        <numerusform>%n conflitos</numerusform>
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
        <numerusform>%n registro aqui</numerusform>
        <numerusform>%n registros aqui</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>Toda a atividade</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>Tudo menos %n módulo</numerusform>
        <numerusform>Tudo menos %n módulos</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>Em %1</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>As alterações estão sendo lidas</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>Algo espera por você?</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>Cada um está na lista com sua solução</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>Internet</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>Tudo do Zoho Books está aqui?</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>Última vez em ordem: %1</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>Alterações posteriores ainda não estão aqui</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>Os itens de linha de %1 são lidos ao abrir</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>Consultando agora</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>Próxima às %1</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Não</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Nenhum problema</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>Não, nada</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>Ainda não</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>Nada está a caminho</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>Nada foi alterado nos dois lados</translation>
    </message>
    <message>
      <source>Quit zbdesk and start it again</source>
      <translation>Feche o zbdesk e inicie-o de novo</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Registros neste computador</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>Mostrar problemas</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Login</translation>
    </message>
    <message>
      <source>The database is not where it was</source>
      <translation>O banco de dados não está onde estava</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>A primeira consulta vem a seguir</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>A primeira sincronização não terminou</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>O que não pode ser lido está na lista abaixo</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>Quando foi a última consulta?</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>Sim, %n coisa</numerusform>
        <numerusform>Sim, %n coisas</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>Sim, tudo</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>terminou</translation>
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
      <translation>alcançado %1</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>Na ordem de chegada</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>Um registro falta ou parece antigo?</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>Escolha Entrar de novo, em Configurações, Conexão. Os registros e seu histórico ficam.</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>Escolha Sincronização, Ler tudo de novo. Lê todas as listas até o fim e encontra exclusões.</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>Linha de comando</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>Copiar as linhas selecionadas</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Pasta de dados</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>Detalhes do registro atual</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>Tudo o que está aqui pode ser lido. A sincronização continua sozinha quando o Zoho responder de novo.</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>No chaveiro deste computador ou em um arquivo lacrado; nunca no banco de dados nem nos logs.</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>Lê o que mudou no Zoho Books desde a última consulta. Sem isso, acontece sozinho.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Teclas</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Teclas e formas</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>Ordenar pela coluna da célula atual</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>Situações de um registro</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>Este programa</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Versão</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>O que faz Sincronizar agora?</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>E se a internet cair?</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>O que as pessoas perguntam</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>Onde estão meus segredos?</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>Por que o zbdesk espera?</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>O Zoho permite certo número de chamadas por minuto e por dia. Nada se perde; continua sozinho.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>O Zoho encerrou o login?</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Voltar</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>&amp;Lista a corrigir, como CSV</translation>
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
      <translation>Ajuda</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>%1 de %2 chamadas por dia. O que roda sozinho para antes; seus próprios cliques continuam.</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>No máximo, por minuto</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>Chamadas por minuto</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>Chamadas ao Zoho Books</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>Guardadas para seus cliques</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Sem limite</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Não conectado</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>Das chamadas do dia. O que roda sozinho para antes; seus próprios cliques continuam.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Hoje</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>O Zoho Books aceita 100 por minuto de uma organização, de todos os seus programas juntos.</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>%1 guardadas para seus cliques</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>%1 de %2 usadas</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>%1 usadas; o número do seu plano não é conhecido</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>Nada contado ainda</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>Chamadas ao Zoho Books hoje</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>recomeça %1</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>espera até %1</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>Passagem</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>&amp;Ficha de passagem…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>Quando outra pessoa assume</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>Quem entrou, o que isso permite, o que para quando essa pessoa sai; para copiar ou imprimir.</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>Mostrar como tabela</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>%n fatura</numerusform>
        <numerusform>%n faturas</numerusform>
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
      <translation>bi</translation>
    </message>
    <message>
      <source>k</source>
      <translation>mil</translation>
    </message>
  </context>
  <context>
    <name>CheckPage</name>
    <message>
      <source>%1: %2 rows are %3 documents. Nothing has been written yet.</source>
      <translation>%1: %2 linhas são %3 documentos. Nada foi gravado ainda.</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>&amp;Reter para revisão</translation>
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
      <translation>&amp;Salvar mapeamento</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>Para o próximo arquivo como este</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>Dê um nome ao mapeamento.</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>Volte para corrigir suas células, ou deixe-os de fora; eles são listados no fim.</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>Como é importado</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>Nome do ma&amp;peamento</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>Nome do mapeamento</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>Nenhum documento pode ser importado como está.</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>Nada foi gravado ainda.</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>Nada sai para o Zoho Books até você liberar em Saída.</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Salvo como %1.</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>Algumas linhas têm erros, e então nada é aceito. Corrija-as, ou aceite as boas.</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>Não aceitar &amp;nada enquanto uma linha tiver erro</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>Aceitar os documentos &amp;bons, listar os outros</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>A importação é um lote: enquanto nada dela saiu para o Zoho Books, pode ser revertida por inteiro, no fim desta importação ou depois em Origens.</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>As linhas estão sendo verificadas, %1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>Pastas observadas e a linha de comando usam os mapeamentos salvos pelo nome.</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>O que é importado sai para o Zoho Books com a próxima sincronização.</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>O que seria importado</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>%1 de %2 perdidos</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%1 de %2 módulos</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>%1 hoje</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>Configurado no Zoho Books</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>última %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>criado pelo zbdesk, espera o primeiro evento</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>espera o primeiro evento</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%1 de %2 pontos estão em aberto.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Lista de verificação</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Todos os pontos estão feitos.</translation>
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
      <translation>O período pode ser aprovado.</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>Remover o filtro %1</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>Remessa bancária</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>Transferência bancária</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>Dinheiro</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Verificar</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Crédito</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>Cartão de crédito</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Cliente</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Débito</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>Mercadorias</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Outro</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Serviço</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Fornecedor</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>%1 feitos em uma hora que em outro lugar é outro mês</translation>
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
      <translation>Os dois lados são iguais.</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>Alterações vieram sem evento, ou há eventos esperando.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Lista de verificação</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>Comparado com</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moeda</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Datas que dependem do relógio</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Diferença</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>Diferenças, registro por registro</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Todos os pontos estão feitos.</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>Hash da conferência</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>Hash destes números (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Feito em</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>Feito por</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>Aprovação do fechamento do mês</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Nenhum conflito</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>Nenhuma data escorrega para além do fim do mês</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>Nenhum rascunho até o fim do período</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>Nenhum resultado é desconhecido</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Nenhum problema</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>Nenhum.</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>Não lido até o fim desde o término do período: %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>Ainda não lido até o fim: {names}. Seus números não são tudo o que há.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Nota</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>Nada espera para sair</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Número</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation>De um registro ninguém sabe ainda dizer o valor.</translation>
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>De {count} registros ninguém sabe ainda dizer o valor.</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>Um ponto está em aberto. O período foi aprovado mesmo assim.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organização</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>Parceiro</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Período</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>Trimestre %2 de %1</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>Registros aqui</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Registros no Zoho Books</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>A sincronização está em ordem</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>O histórico terminava então na linha {seq} com o hash {hash}</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>A última sincronização não chegou ao fim, ou tem mais de um dia.</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>Os dois lados diferem.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este computador</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Conferência</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>A conferência é igual</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>Os webhooks chegam sem lacunas</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>O que difere</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>Ano %1</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>Zoho Books como lido por último; a lista mais antiga é de {moment}</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books, consultado em {moment}</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>uma lista que nunca foi lida até o fim</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>outro valor</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>outra moeda</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>outro período</translation>
    </message>
    <message>
      <source>done</source>
      <translation>feito</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>tem um problema</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>ainda não saiu</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>em conflito</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>feito em {organization} para a organização, {utc} em UTC, {computer} neste computador</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>nenhuma resposta veio</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>só aqui</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>só no Zoho Books</translation>
    </message>
    <message>
      <source>open</source>
      <translation>em aberto</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>anulado aqui</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>anulado no Zoho Books</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>vale um olhar</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>zbdesk tieout verify ARQUIVO diz se o arquivo ainda diz o que dizia.</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>mais {count} estão nos números que seguem neste arquivo e no CSV.</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count} pontos estão em aberto. O período foi aprovado mesmo assim.</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>%1 está gravado.</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>Consultando o Zoho Books: %1, %2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>Consultando o Zoho Books…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Iniciar o &amp;modo de fechamento do mês</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Os dois lados são iguais.</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>Arquivo CSV (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>Escolha outro.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>Comparado com o Zoho Books como consultado às %1.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>Comparado com o Zoho Books como lido por último; a lista mais antiga é de %1.</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>Comparando…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>Encerrar o &amp;modo de fechamento do mês</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>Todo documento perto do fim de um mês foi feito no mesmo dia em todos os relógios.</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>Nenhuma data depende do relógio</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>Nenhum registro neste período</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>Ainda não lido até o fim: %1.</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>Arquivo PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Salvar</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>Aprovação (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>Os dois lados diferem em %1.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>Gravando %1…</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>até %1</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>até eu encerrar</translation>
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
      <translation>Na &amp;ordem de chegada</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>&amp;Pronto</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>Mais &amp;estreita</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>Mais &amp;larga</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Colunas</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>&amp;Descer</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>&amp;Subir</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>Espaço mostra ou oculta, Alt com as setas move e muda a largura.</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>Largura %1</translation>
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
      <translation>&amp;Contém</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;De</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>&amp;Período</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>&amp;Remover filtro</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>A&amp;té</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>Todas as palavras devem ocorrer, em qualquer ordem; maiúsculas e acentos não importam.</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>Dias escolhidos</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>Vazio: aberto deste lado.</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>Filtrar por %1</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>Na moeda de cada registro. Vazio: aberto deste lado.</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>Nenhum registro pode ter esse valor.</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Período</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>Este fim vem antes do começo.</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>últimos 30 dias</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>últimos 7 dias</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>ano fiscal passado</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>mês passado</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>trimestre passado</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>este ano fiscal</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>este mês</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>este trimestre</translation>
    </message>
    <message>
      <source>today</source>
      <translation>hoje</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
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
      <translation>Alterado</translation>
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
      <translation>Data</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Vencimento</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Número</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>Favorecido</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referência</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Tipo</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Fornecedor</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>%1 células a corrigir</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>%1 linhas</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>Como deduzido</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>Cada campo pode ser preenchido por uma coluna. O número do documento o distingue dos outros: o mesmo número de novo é uma alteração, não um segundo documento.

F8 vai à próxima célula a corrigir, Shift+F8 à anterior; Enter corrige no lugar. O próprio arquivo nunca é alterado.</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>Dê um campo a pelo menos uma coluna.</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>Dê a cada coluna do arquivo seu campo; o que o zbdesk deduziu de nomes e conteúdos já está preenchido.</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>Mapeamen&amp;to</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Mapeamento</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>Próxima célula a corrigir</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>Anterior</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Linhas, como serão lidas</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>Diga se o dia ou o mês vem primeiro para continuar.</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>Diga se o sinal decimal é ponto ou vírgula para continuar.</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>Resolva primeiro o que está acima das colunas.</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>O mapeamento tem também colunas que não estão neste arquivo: %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>A próxima não está entre as linhas mostradas; está na lista a corrigir.</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>As linhas estão sendo verificadas…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>Qual coluna é o quê?</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>verificando, %1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>lendo…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>primeiras %1 linhas</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>nada a corrigir</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>%1 fica de fora agora: seu campo foi para %2.</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>Coluna do arquivo</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>Colunas e campos</translation>
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
      <translation>Primeiro valor</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>Deixar de fora</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>O que mostra</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1: era %2, é %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>&amp;Excluir %1</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>&amp;Anular %1</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>&amp;Gravar %n alteração</numerusform>
        <numerusform>&amp;Gravar %n alterações</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>Perguntado uma vez após cada troca de organização.</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>Moeda base</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>País</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>Excluir %1?</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>Primeira gravação após trocar de organização</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>Ainda é %1?</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>Ainda não saiu, então nada muda no Zoho Books. É removido daqui.</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>É excluído no Zoho Books e aqui; o Zoho Books não guarda cópia. Se foi alterado lá, você é perguntado.</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>Sai com a próxima execução; até lá, Cancelar alteração desfaz.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>Fica no Zoho Books com o status Anulado e não conta mais.</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Nome curto da organização</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>Identificação fiscal</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>O saldo em aberto de %1 vai junto.</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>Esta janela mostrava %1 antes. Você está prestes a gravar em outra organização.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Digite %1 para confirmar a organização</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>Anular %1?</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>O Zoho Books agora a descreve de outro modo. Nada é gravado até você concordar.</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>Resolvendo…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> e </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1 dias ou mais</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1 ou mais</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>&amp;Adicionar filtro</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>Valor em jogo</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>Qualquer valor</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>Em jogo: %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Campo</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>Filtrar por número ou nome</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>Maior valor em jogo primeiro</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>Mais novos primeiro</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>Mais antigos primeiro</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>Abrir %1</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>Aberto há</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Ordem</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>um dia ou mais</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>Conflitos</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n dia</numerusform>
        <numerusform>%n dias</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>%n campo igual</numerusform>
        <numerusform>%n campos iguais</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n linha</numerusform>
        <numerusform>%n linhas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>%n linha difere</numerusform>
        <numerusform>%n linhas diferem</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(nenhum)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>Criado de novo</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Excluído</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>Excluído aqui</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>Excluído no Zoho Books</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>Editado</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>Unido sem pergunta: alterado em um lado só</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>Mantido como está lá</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Não</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Preço</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantidade</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Sim</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflito</numerusform>
        <numerusform>%n conflitos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>%n campo a decidir</numerusform>
        <numerusform>%n campos a decidir</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>%n registro gravado no Zoho Books</numerusform>
        <numerusform>%n registros gravados no Zoho Books</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Tudo do Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Tudo deste &amp;computador</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>Aplicar &amp;este resultado</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>Voltar à lista</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Limpar tudo</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Conflito</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Conflitos</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>&amp;Histórico</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Abrir no &amp;Zoho Books</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>Pu&amp;lar</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>Resolver por &amp;regra…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>&amp;Desfazer o último</translation>
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
      <translation>%1 do Zoh&amp;o Books…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1 deste &amp;computador…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 resolvidos</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>%1 resolvidos. Z desfaz enquanto não saírem.</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2.</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>Todos os conflitos</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Tudo do Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Tudo deste &amp;computador</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>Todos os que atendem ao filtro</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>Escolha um lado para cada campo para ver.</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Limpar tudo</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>J e K percorrem a lista</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Nenhum valor muda lá.</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Nenhum conflito</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>Nenhum de %1 atende</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>Nada é gravado lá.</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>Nada foi alterado nos dois lados.</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>Lendo os conflitos…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>Desfeito</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>Desfeito; nada disso saiu.</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>Os marcados</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>Os conflitos não podem ser lidos</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>Isto não pode ser feito com o registro como está agora.</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Este servidor não tem páginas web para seus registros.</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Calculando…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>em jogo %1</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>alterados nos dois lados. Nada é enviado até você decidir.</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>ID do cliente e segredo</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Conectar Zoho Books</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Data center</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>Continuar &amp;conectando</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organização</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Entrar</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>O que sincronizar</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>Conexão</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>Último contato</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>Última vez em ordem</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>Próxima consulta</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Registros neste computador</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Login</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>terminou</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>não planejada</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>ainda não</translation>
    </message>
    <message>
      <source>now</source>
      <translation>agora</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>renova-se sozinho</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>Não conectado</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organização</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>Renovar</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>Entrar &amp;de novo…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Login</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>Login da organização em uso</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>Entrar de novo mantém todos os registros e o que pertence a eles.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>ler e gravar</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>somente leitura</translation>
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
      <translation>A janela está coberta. Pressione uma tecla para mostrá-la de novo.</translation>
    </message>
  </context>
  <context>
    <name>CredentialsPage</name>
    <message>
      <source>&amp;Client ID</source>
      <translation>ID do &amp;cliente</translation>
    </message>
    <message>
      <source>&amp;Grant code</source>
      <translation>Código de concessão (&amp;grant code)</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>&amp;Tipo de cliente no console</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>&amp;Meu navegador não pode voltar aqui: usar um código</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>&amp;Abrir %1</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>É preciso uma porta livre para continuar.</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>Qualquer uma livre de 1024 a 65535. O console precisa conhecer o novo endereço.</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>Pedir ao &amp;Zoho somente leitura</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>Escolha %1, depois %2.</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>ID do cliente e segredo do cliente</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>Segre&amp;do do cliente</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>Copiar t&amp;udo</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>Corrija o ID do cliente para continuar.</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>Informe um número de 1024 a 65535.</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>Preenchido para a empresa de demonstração.</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>Para computadores bloqueados: no console escolha Add Client, depois Self Client. Em Generate Code cole o escopo abaixo, escolha dez minutos e cole o código aqui. Use acima o ID e o segredo próprios do Self Client.</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>No console de API do Zoho escolha Add Client, depois Server-based Applications. Informe qualquer nome, como página inicial http://localhost, e em Authorized Redirect URIs o endereço mostrado aqui. Escolha Create. A aba Client Secret mostra então o ID e o segredo.

Se sua empresa usa vários data centers, abra a aba Settings do cliente e ative os outros.</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>Deve ser igual letra por letra. A porta %1 está livre neste computador.</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>Funciona uma vez, e só pelos minutos escolhidos no console.</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>O cliente dela é conhecido de todos e só abre a demonstração. Escolha Entrar para continuar.</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>Guardado só em %1. Espaços nas pontas são removidos ao colar.</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>Guardado só no chaveiro deste computador. Espaços nas pontas são removidos ao colar.</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>Tipo de cliente no console</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>Crie um cliente para o zbdesk no console de API do Zoho e cole aqui seu ID e segredo.</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>Mais opções &amp;para administradores</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>Nenhum navegador pôde ser aberto. Abra %1 em um navegador seu.</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>Abrir o console do data center %1</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>Abrir o console deste servidor</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Colar</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>Cole o ID do cliente para continuar.</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>Colar o segredo do cliente</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>Cole o segredo do cliente para continuar.</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>Cole o código de concessão, ou feche essa parte, para continuar.</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>Cole-o lá em “Authorized Redirect URIs”</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>Cole o que o console mostra em “Client Secret”</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Porta</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>URI de redirecionamento</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>E&amp;ntrar</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>Escopo</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>Escopo para o código</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>Server-based é o certo, a menos que seu administrador tenha criado o cliente de outro tipo.</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>O próprio login então não pode gravar. Gravar mais tarde exige outro login.</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>Há um espaço no meio. Copie só o ID.</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>Isto parece um endereço de e-mail. O ID começa com 1000.</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>Usar &amp;outra porta</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Usar este</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>Os IDs de cliente do Zoho começam com 1000. e seguem em maiúsculas e algarismos.</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>Painel</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Tentar de novo</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>&amp;Endereço do seu Zoho Books</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>&amp;Outros servidores (para testes e instalações privadas)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(opcional: copie do navegador)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>Uma empresa em Singapura costuma ter seus livros em books.zoho.com. Se a escolha estiver errada, o zbdesk percebe no login e corrige.</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>&amp;Servidor de contas</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>Servidor de AP&amp;I</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>Escolha um data center para continuar.</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>Escolha o data center cujo endereço você vê no navegador ao abrir o Zoho Books.</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>Corrija o endereço marcado para continuar.</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>Data centers</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>Informe os dois servidores para continuar.</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>Abra o Zoho Books no navegador e veja o endereço. A parte depois de “books.” indica o data center: books.zoho.eu é a Europa, books.zohocloud.ca é o Canadá.

Cole o endereço inteiro no campo, e a linha é escolhida para você. As setas percorrem as linhas.</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>O endereço conta, não o país da sua empresa.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>Este endereço pertence ao data center %1, mas outro está escolhido abaixo.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>Este endereço pertence ao data center %1. Está escolhido abaixo.</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>Este endereço não é do Zoho. Escolha o data center na lista.</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>&amp;Usar estes servidores</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>Onde ficam seus livros?</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>Austrália</translation>
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
      <translation>Índia</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>Japão</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>Arábia Saudita</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>Emirados Árabes Unidos</translation>
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
      <translation>servidor próprio</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>Data center {place}</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Before it is removed</source>
      <translation>Antes de removê-lo</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Dados</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>Encerra o início com a sua sessão, pergunta sobre os dados e fecha.</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>Neste computador</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>Só o seu usuário pode ler a pasta. Não há senha nem token nela nem nos logs. Para guardá-la em outro lugar, saia, mova a pasta e inicie com --data-dir ou ZBDESK_DATA_DIR.</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>Abrir pasta &amp;de dados</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Local</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>Preparar a remoção do zbdesk…</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>&amp;Alterar %1</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>Alterar a data de %1</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>Cada um recebe esta data e é tentado de novo na hora.</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>Informe uma data.</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>O primeiro dia que não está bloqueado, ou depois.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>e mais %1</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>&amp;Excluir %n registro</numerusform>
        <numerusform>&amp;Excluir %n registros</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>Excluir os registros de %1 neste computador?</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Nome curto da organização</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>A conexão é encerrada, e registros, histórico, mapeamentos e regras desta organização são excluídos aqui. O Zoho Books guarda tudo. Não pode ser desfeito.</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>Seriam perdidas.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Digite %1 para confirmar a organização</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>Nada se perde; a sincronização continua depois que você entrar de novo.</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>A leitura continua às {time} sozinha.</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>Os registros podem ser lidos. A sincronização continua sozinha quando o Zoho Books responder de novo.</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>A sincronização parou.</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>Este computador está offline desde {time}.</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>O Zoho Books não permite mais chamadas por enquanto.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>O Zoho encerrou o login.</translation>
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
      <translation>%1 linhas</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1, vence em %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1, vencida</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 linha</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>Todos os campos do &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>Alterado lá</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>Escolha um registro para ver seus detalhes.</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>Fechar detalhes</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Data</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Datas</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Detalhes</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>Campos antes e de&amp;pois</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Histórico</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>Os itens de linha estão só no Zoho Books; são lidos quando ele responder de novo.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Linhas</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>Abrir no Zoho Books</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>Lendo linhas do Zoho Books…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referência</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Origem</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>e mais %1, no Zoho Books</translation>
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
      <translation>Nada disso saiu; o registro está de novo como os dois lados concordaram por último.</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Pagamentos</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>Aplicado a</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>Des&amp;fazer</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>A alterar no Zoho Books</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>A excluir no Zoho Books</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>A fazer no Zoho Books</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>A criar no Zoho Books</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>e mais %1 campos</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>e mais %1, no Zoho Books</translation>
    </message>
    <message>
      <source>no</source>
      <translation>não</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>sim</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>&amp;Copiar este arquivo</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>&amp;Salvar pacote…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>Preparando…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>Diagnóstico para o suporte</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>Arquivos do pacote</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>Salvar pacote</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Salvo como %1.</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>Texto do arquivo</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>Estes arquivos, e nenhum outro, vão no pacote. Segredos, endereços, números de conta e nomes de clientes ficam de fora. Nada é enviado: você decide o que fazer com o arquivo.</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>%1 de valores menores</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>mais %n alteração</numerusform>
        <numerusform>mais %n alterações</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>Marcar como visto</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>Nada mudou no Zoho Books desde então.</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>Desde sua última visita</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>Desde sua última visita, %1</translation>
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
      <translation>Desconectar %1?</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>O login é encerrado no Zoho e esquecido aqui. Registros e vínculos ficam neste computador; conectar de novo continua de onde parou. Nada é alterado no Zoho Books.</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>Ficam e saem depois de conectar de novo.</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>&amp;Dispensar</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>&amp;Motivo</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>Dispensar %1?</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>Sai da lista e não é tentado de novo. Desfazer fica em Dispensados.</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>Diga por quê, para que outros entendam depois.</translation>
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
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copiado</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>No Zoho Books agora</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Não</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>Gravações planejadas</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>Isto é uma simulação. Nada foi enviado.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>O quê</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>O que seria gravado: %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>Seria enviado</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Sim</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>&amp;Descartar</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>&amp;Continuar editando</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>&amp;Salvar alterações</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation>Verificando…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Escolha um.</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>C&amp;riar %1</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>Editar %1</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>Informe pelo menos uma linha.</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>Sai com a próxima execução e pode ser cancelado até lá.</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>Novo: %1</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>Isto ainda não pode ser salvo.</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>O que você digitou não está salvo.</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>O Zoho Books precisa deste campo.</translation>
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>Nenhum valor muda lá.</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation>O que o resultado muda no Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>Chegou</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contato</translation>
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
      <translation>O que o zbdesk fez</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1: assinatura errada, a última %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>Todos os módulos</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>Todos os resultados</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>Escolha todos para vê-los de novo.</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>Nenhum evento veio ainda</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>Sem assinatura</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>Nenhum dos eventos atende</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>Assim que o Zoho Books tiver um endereço e um segredo, cada alteração aparece aqui ao chegar.</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>&amp;Visão bruta</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>&amp;Ler de novo</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>Assinatura verificada</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>Os eventos não podem ser lidos</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>Este evento não é mais guardado.</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>Este evento não nomeia nenhum registro que pudesse ser lido.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>O que aconteceu com ele</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>Visão bruta</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Ler de novo</translation>
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
      <translation>&amp;Escolher o arquivo…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>&amp;Formato</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>Um banco de dados sempre contém o módulo inteiro.</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>Valores e datas são números e datas de verdade; somas por moeda.</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>Começar com uma &amp;marca de UTF-8 (alguns programas antigos precisam)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>CSV para outros programas</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>CSV para a planilha deste computador</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>Vírgulas entre células, pontos nos valores, UTF-8.</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>&amp;Tudo deste módulo, filtrado ou não (%1)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Pasta de trabalho do Excel</translation>
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
      <translation>Linhas JSON</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>Uma lista de objetos.</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>Um objeto por linha, para arquivos grandes.</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>Só o que está se&amp;lecionado (%1)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>Banco de dados SQLite</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>Separador e sinal decimal como neste computador, para que um clique duplo abra em colunas.</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>O módulo inteiro como tabela, de um mesmo momento.</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>O que a t&amp;abela mostra, na sua ordem (%1)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>&amp;Procurar…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>Adicionar re&amp;gistros</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>Escolha uma pasta para exportações</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>Vazio para não exportar.</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>A cada %1 dias</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>A cada %1 horas</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>Todo dia</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>A cada hora</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Pasta</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>Pasta de exportações</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Formato</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Com que frequência</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>Linhas JSON</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>Registros a exportar</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>Cópia SQLite</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Exportação programada</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>Planilha (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>Esta pasta não está disponível agora; a exportação espera por ela.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>Coluna</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>Linhas recusadas</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Linha</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>O que está errado</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>Aceitar adiantamento</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Conta</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>IVA de aquisição</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>Ajuste</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>Descrição do ajuste</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>Permitir pagamentos parciais</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>Valor aplicado</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>Anexos</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>Aos cuidados de</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>Nº de isenção Avatax</translation>
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
      <translation>Tarifas bancárias</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Conta a pagar</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>Linha da conta a pagar</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>Número da conta a pagar</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Faturável</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>Endereço de cobrança</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Contas a pagar</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>IVA recuperável da quilometragem</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>Tipo de referência CFDI</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>Uso CFDI</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Cidade</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Empresa</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>Número do contato</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Pessoa de contato</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>Pessoas de contato associadas</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>País</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Código do país</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Crédito</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>Limite de crédito</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>Número da nota de crédito</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>Referência própria do CRM</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>Proprietário no CRM</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moeda</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>Texto próprio</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>Campos personalizados</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>Assunto próprio</translation>
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
      <translation>Data</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Débito</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation>Débito ou crédito</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>Cliente de entrega</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>Data de entrega</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>Forma de entrega</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>Endereço de entrega da organização</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>Departamento</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Descrição</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>Cargo</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>Destino do fornecimento</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>Desconto</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>Conta de desconto</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Distância</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Documento</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>Data de vencimento</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-mail</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>Funcionário</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>Leitura final</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>Faixa de cilindrada</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Orçamento</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>Número do orçamento</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Taxa de câmbio</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Despesa</translation>
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
      <translation>Primeiro nome</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>Tipo de combustível</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>Tratamento GST</translation>
    </message>
    <message>
      <source>GSTIN</source>
      <translation>GSTIN</translation>
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation>HSN ou SAC</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>Cabeçalho</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>Nome do cabeçalho</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>Incluir na declaração de IVA</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>Conta de estoque</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Fatura</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>Linha da fatura</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>Número da fatura</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>Orçamento faturado</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Faturas</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>É ajuste BAS</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>Desconto antes do imposto</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>É rascunho</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>Imposto por linha</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>É o contato principal</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>Inversão do sujeito passivo aplicada</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>Registrado para TDS</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>Atualizar cliente</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Item</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>Preferências fiscais do item</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>Total da linha</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>Tipo de item</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>Data do lançamento</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>Tipo de lançamento</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Espécie</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>Espécie de desconto</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Sobrenome</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>Razão social</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Linhas</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Local</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>Estabelecimento</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>Taxa por quilômetro</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>Tipo de quilometragem</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>Unidade de quilometragem</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>Celular</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>Observações</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>Observações padrão</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>Valor do saldo inicial</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Saldos iniciais</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>Número do pedido</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>Proprietário</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>Pago por</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>Pago de</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>Forma de pagamento</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>Condições de pagamento</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>Número da licença</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>Pessoas</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Telefone</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>Lugar do contato</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>Lugar do fornecimento</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Preço</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>Lista de preços</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>Preços com imposto</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>Tipo de produto</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projeto</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>Conta de compra</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>Descrição de compra</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Pedido de compra</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>Preço de compra</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>Isenção de imposto de compra</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>Regra de imposto de compra</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>Linha do pedido de compra</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantidade</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Motivo</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Conta a pagar recorrente</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Fatura recorrente</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referência</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>Fatura de referência</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>Nível de reposição</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>Percentual de adiantamento</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>Fatura de adiantamento</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>Imposto por inversão do sujeito passivo</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>IVA por inversão do sujeito passivo</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Pedido de venda</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>Regra de imposto de venda</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>Linha do pedido de venda</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>Vendedor</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>Tratamento</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>Código SAT do item</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>Enviar por</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>Data de envio</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>Endereço de entrega</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>Frete</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>Linha de origem</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>Origem do fornecimento</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>Leitura inicial</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>Código do estado</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>Rua 2</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Etiqueta</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>Opção de etiqueta</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Etiquetas</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Imposto</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>Valor do imposto</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>Imposto retido</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>Autoridade fiscal</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>Nome da autoridade fiscal</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>Isenção fiscal</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>Número do certificado de isenção</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>Código de isenção</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>Tipo de isenção</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>Tipo de identificação fiscal</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>Valor da identificação fiscal</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>Percentual de imposto</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>Nº de registro fiscal</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>Regime fiscal</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>Especificação fiscal</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>Tratamento fiscal</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>Código de tratamento fiscal</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>Tributável</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Impostos</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>Imposto TDS</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>Modelo</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>Termos e condições</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>Termos padrão</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>Acompanhar 1099</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Unidade</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>Código da unidade</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>Número de IVA</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>Tratamento de IVA</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>Válido até</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>Tipo de veículo</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Fornecedor</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>Número do crédito de fornecedor</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>Site</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>Registro inteiro</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>Oportunidade do Zoho CRM</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>Nome da oportunidade do Zoho CRM</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>CEP</translation>
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>Diferença</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Campo</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation>Último acordo</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Resultado</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este computador</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>escolhido</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>não escolhido</translation>
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
      <translation>Campos nos dois lados</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>%1 colunas</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Todos os arquivos (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>Serve qualquer tabela com uma linha de títulos: exportação de uma loja, de um banco ou de um programa contábil antigo. Arquivo com senha, página web ou PDF não podem ser lidos.

O mesmo arquivo de novo não muda nada: os documentos são conhecidos pelo número.</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>&amp;Escolher um arquivo…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>&amp;Escolher outro arquivo…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV, TSV, XLSX, XLSM, XLS ou ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>Escolha um arquivo para continuar.</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>Escolha um arquivo para importar</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>Solte um arquivo aqui ou escolha um</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>Cada documento do arquivo vira um destes. As linhas de um documento podem estar em várias linhas da planilha.</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>Planilhas (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>Abrindo o arquivo…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>O que ele traz fica primeiro neste computador. Nada é lido do Zoho Books nem gravado nele aqui.</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>O que são as &amp;linhas</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>O que são as linhas</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>Qual arquivo?</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> e </translation>
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
      <translation>A&amp;dicionar filtro</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>Limpar &amp;tudo</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>Também o que está excluído no Zoho Books</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>Por coluna</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moeda</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
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
      <translation>Filtrar por número, nome ou referência</translation>
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
      <translation>Moeda: %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Data</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>Excluídos também</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Vencimento</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>Situação: %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>Status: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Ainda a pagar</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>a partir de %1</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>até %1</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>%n chamada feita</numerusform>
        <numerusform>%n chamadas feitas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>mais %n lista</numerusform>
        <numerusform>mais %n listas</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1. %2 sem contagem.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Continuar</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>Faltam cerca de %1, pronto por volta de %2.</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>Primeira sincronização</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>Primeira sincronização: %1 de %2 registros estão aqui</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>Primeira sincronização: %1 registros estão aqui</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>Parou. O que está aqui fica; a próxima sincronização continua daí.</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>Você pode fechar esta janela e continuar trabalhando; parar mantém o que está aqui.</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>fechada</translation>
    </message>
    <message>
      <source>open</source>
      <translation>em aberto</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>&amp;Procurar…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Alterar</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>&amp;Pasta</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>&amp;Mapeamento</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>&amp;Observar</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Salvando…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>Alterar o que é observado</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>Escolha uma pasta para observar</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>Escolha uma pasta.</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>Arquivos completos são importados uma vez e depois ficam em done ou failed com um relatório ao lado.</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Pasta</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Mapeamento</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>Nenhum mapeamento está salvo para estes. Importe antes um arquivo assim e salve lá o mapeamento.</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>Padrões separados por ponto e vírgula.</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>&amp;Não aceitar arquivo com linha ruim</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>Observar uma pasta</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>O que são as &amp;linhas</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>O que são as linhas</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>&amp;Quais arquivos</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>Quais arquivos</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>&amp;Esquecer os vínculos</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>Os dois lados ficam, mas os vínculos entre eles são descartados e todas as listas são lidas do início. Só é preciso depois que os livros foram restaurados de uma cópia. Não pode ser desfeito.</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>Esquecer qual registro pertence a qual em %1?</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>O que o zbdesk gravou conta de novo como novo e fica retido para revisão em Saída, para que nada seja criado duas vezes sozinho. Um registro cuja resposta ainda está em aberto mantém o vínculo.</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>Dias</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>Vazio: o Zoho Books dá o próximo número.</translation>
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
        <numerusform>há %n hora</numerusform>
        <numerusform>há %n horas</numerusform>
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
        <numerusform>há %n minuto</numerusform>
        <numerusform>há %n minutos</numerusform>
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
        <numerusform>há %n segundo</numerusform>
        <numerusform>há %n segundos</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>Agora mesmo</translation>
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
      <translation>amanhã {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>ontem {time}</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Linhas, como serão lidas</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation>Linha %1, %2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>Linha</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>%1 não foi gravado no Zoho Books: %2, desde %3.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Detalhes</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation>Dispensar todos…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>Dispensar…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>Ocultar os registros</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>É tentado de novo sozinho às %1.</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>Mostrar os registros</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>Tentar estes de novo</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>fechada</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>código %1</translation>
    </message>
    <message>
      <source>open</source>
      <translation>em aberto</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation>&amp;Criar e mostrar o segredo…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>&amp;Módulo</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>Endereço para alterações</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>Endereço para exclusões</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation>Copiar o endereço para alterações</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>Copiar o endereço para exclusões</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>Cada módulo precisa de dois webhooks e duas regras, uma vez. As regras de fluxo de trabalho vêm com os planos Professional, Elite e Ultimate.</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>Mais uma vez New Workflow Rule para %1: Event Based, Deleted; Immediate Actions: o webhook do passo 3.</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Settings (a engrenagem) → Automation → Workflow Actions → Webhooks → New Webhook. Qualquer nome; Module: %1; Method: POST; URL to Notify: o endereço abaixo. Marque a opção que protege o webhook e cole o segredo como Secret Token. Body: Default Payload. Save.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Settings → Automation → Workflow Logs: escolha uma política de repetição, para que o Zoho Books tente de novo enquanto este computador dorme. Depois altere um registro: %1 se marca sozinho na lista assim que seu evento está aqui.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; sem critérios; Immediate Actions: Webhooks, o do passo 1. Save.</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>Passos</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>O segundo par, para exclusões: mais uma vez New Webhook para %1, com este endereço e o mesmo segredo.</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>Ainda não há endereço público: escolha primeiro um em Túnel.</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>O que colar e onde no Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation>%1 feitos deste computador; o Zoho guarda %2 por usuário e não diz quantos estão em uso.</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>Antes disso: outro usuário com os mesmos direitos deve escolher aqui Entrar de novo. Registros e vínculos ficam.</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>ID do cliente</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Computador</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Data center</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Pasta de dados</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation>Ficha de passagem</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>Se este usuário for removido ou desativado no Zoho, o login termina e nada mais é sincronizado.</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>Criado no Zoho Books</translation>
    </message>
    <message>
      <source>May</source>
      <translation>Pode</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>Mais logins do que o permitido para um usuário encerram o mais antigo sem aviso, talvez este.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organização</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>Escopos</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>Os segredos estão em</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>Logins</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>Login feito por</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Desde</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Origens</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>O cliente no console de API do Zoho pertence a quem o criou. Anote quem pode abrir esse console.</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>Os segredos estão no chaveiro do usuário deste computador e não passam para outro computador ou usuário.</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>Endereço do webhook</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>Segredo do webhook alterado</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>O que para quando esta pessoa sai</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>Sem nenhum segredo: pode ficar com os papéis da empresa.</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>nunca mostrado</translation>
    </message>
    <message>
      <source>none</source>
      <translation>nenhum</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>não conhecido</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>ler e gravar</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>somente leitura</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation>ficha de passagem do zbdesk</translation>
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
      <translation>Consultar o &amp;Zoho Books agora</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>&amp;CSV…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>A&amp;ções</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Ações</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Iniciar o &amp;modo de fechamento do mês</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Lista de verificação</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation>Co&amp;lunas</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Colunas</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Datas</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>Exp&amp;ortar…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportar</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Fechamento do mês</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>Novo registro</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>Novo…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>P&amp;DF…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Período</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>Imprimir a tabela</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>Salvar a conferência como CSV</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>Salvar a conferência como PDF</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>Mostrar detalhes</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>Apr&amp;ovar…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Dividir</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Conferência</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Até</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Visão</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>inteiro</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>por mês</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>por trimestre</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>por ano</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%1 de %2 dias em ordem</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Dia</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Histórico</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>Como foi</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>Sincronização, últimos 30 dias</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>todas as execuções falharam</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>em ordem</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>em ordem no fim, algumas execuções falharam</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>nenhuma execução</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>ainda não conectado</translation>
    </message>
    <message>
      <source>today</source>
      <translation>hoje</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Fechar</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>Ajuda: %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>Teclas: Enter continua, Alt+V volta, Esc cancela, F1 abre esta ajuda.</translation>
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
      <translation>Conteúdo</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Teclas e formas</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>Nada atende. Tente menos palavras.</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>Buscar no manual</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>O manual está faltando</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>%n documento não pode ser importado como está</numerusform>
        <numerusform>%n documentos não podem ser importados como estão</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1, por e-mail</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1, por nome</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1, por número</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1, por número no programa antigo</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>Campo personalizado %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>Linha: %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>Número no programa antigo</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>Já estão assim</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Alterado</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Novos</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Recusado</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>Pró&amp;ximo</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n célula a corrigir</numerusform>
        <numerusform>%n células a corrigir</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>Dia ou mês primeiro?</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>Ponto ou vírgula?</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>todos estão nos livros</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>valores, como estão</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>como está</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>vírgula é o sinal decimal</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>dia primeiro</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>procurado nos livros</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>mês primeiro</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>não importado</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>ponto é o sinal decimal</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>só pode ser lido de um modo</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>distingue os documentos</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>o mesmo número une as linhas</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>espera quando não está nos livros</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>ano primeiro</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n célula a corrigir</numerusform>
        <numerusform>%n células a corrigir</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>falta %n documento do último arquivo com este nome</numerusform>
        <numerusform>faltam %n documentos do último arquivo com este nome</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n célula</numerusform>
        <numerusform>%n células</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>%n nome não está nos livros</numerusform>
        <numerusform>%n nomes não estão nos livros</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>%n pergunta</numerusform>
        <numerusform>%n perguntas</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>Verificar</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Colunas</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Arquivo</translation>
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
      <translation>Disposição</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>A lista está salva: %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1 linhas</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>Documentos</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>Toda importação está listada aqui e pode ser revertida, aqui e no Zoho Books.</translation>
    </message>
    <message>
      <source>From</source>
      <translation>De</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Importar um arquivo…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>Nada foi importado ainda.</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Importações anteriores</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Resultado</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Re&amp;verter…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>Mostrar os re&amp;gistros</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>Totais</translation>
    </message>
    <message>
      <source>What</source>
      <translation>O quê</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quando</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>mapeamento %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>A um programa sem token nada é dito.</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>Uma loja, um caixa ou um script entrega documentos e pergunta o que aconteceu com eles.</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>Deixar outros computadores perguntar também</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>Deixar programas deste computador perguntar</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Interface local</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Rede</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>Novo to&amp;ken…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>Nenhum ainda</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>Mais um programa</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Porta</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>Programas que consultam o zbdesk</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>Revogar %1</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>Revogar…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>Não há criptografia: tokens e documentos cruzam a rede abertos. Ponha um proxy com TLS na frente.</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>Tokens</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>ainda não usado</translation>
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
      <translation>Toda a atividade</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation>Ultimamente</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>Nada aconteceu ainda.</translation>
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
      <translation>Vírgula</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>Primeiras linhas, como são lidas</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>Encontrado com certeza.</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>Os títulos estão na li&amp;nha</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>Os títulos estão na linha</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>É assim que o arquivo deve ser entendido?</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>Veja os nomes com acentos e os títulos. Tudo abaixo foi encontrado no próprio arquivo.</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>O mais provável. Se os acentos parecem errados, escolha outro.</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>Nenhum título foi encontrado.</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>Uma linha é um documento</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>Linhas e &amp;documentos</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>Linhas e documentos</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>Linhas com o mesmo número são linhas de um documento</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>&amp;Planilha</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>Ponto e vírgula</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Planilha</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tabulação</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>Arquivos de texto não dizem em que caracteres foram escritos. Se os nomes parecem errados aqui, escolha outra opção até parecerem certos.

Títulos e linhas vazias acima dos cabeçalhos ficam de fora: diga em que linha estão os cabeçalhos.</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>O arquivo está sendo lido de novo…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>Os valores são &amp;separados por</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>Os valores são separados por</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>Excluir primeiro os &amp;dados locais…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>&amp;Manter os dados e fechar</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>Preparar a remoção do zbdesk?</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>Registros, histórico e configurações ficam em %1 até você excluí-los.</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>Para encerrar o login no Zoho e excluir os registros aqui, faça isso primeiro.</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>O que acontece com os dados?</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>O zbdesk deixa de iniciar com a sua sessão e fecha. Depois remova-o da forma como foi instalado.</translation>
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
      <translation>Despesas</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>A pagar</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Compras</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>A receber</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Vendas</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Imposto</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, próxima às %2</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>Testado de ponta a ponta às %1</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>Testado às %1</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Testando…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>O caminho ainda não foi testado</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>Valores</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>Perguntar antes de gravar mais de</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>Antes de uma execução grande</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>Moeda e valor, vários com vírgulas; vazio para sem limite.</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Exclusões</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Sem limite</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>Registros em uma execução. Além disso nada é gravado até você olhar.</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>Escreva moeda e valor, como EUR 50000.</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>ou valores de mais de</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>ou exclui ou anula mais de</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>Adicionar &amp;linha</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>Adicionar &amp;pessoa</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>Adicionar c&amp;onta a pagar</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>Adicionar fat&amp;ura</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>Linha %1: %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>Linhas antes de imposto e desconto: %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>Remover linha %1</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>linha %1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(sem nome)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Diferença</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Item</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>Linhas, lado a lado</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantidade</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>Imposto, pelo Zoho Books</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este computador</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation>
        <numerusform>e mais %n linha</numerusform>
        <numerusform>e mais %n linhas</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>não está lá</translation>
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
      <translation>Erros</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Tudo</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>Buscar no log</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Nível</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Log</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>Nada desse tipo está no log.</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>&amp;Ler de novo</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>Os horários são UTC. Segredos são retirados.</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Avisos</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>O que acontece</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>Um arquivo novo a cada dia, e ao chegar a %1 MB. O número de dias vale a partir do próximo início.</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>Vale na hora. Segredos são retirados antes de gravar qualquer coisa.</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>Diagnóstico para o suporte…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Erros</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>Cada arquivo é mostrado antes de salvar. Nada é enviado daqui.</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Tudo</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>Para o suporte</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>Quanto é gravado</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>Guardar por dias</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>Logs</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>Ver</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>Abrir pasta de lo&amp;gs</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>Ler o &amp;log…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Avisos</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>O que acontece</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>Valores abaixo de zero</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Como o sistema</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>Vale imediatamente. Números e datas ficam como a organização os usa.</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Escuro</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>Alto contraste, preto</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>Alto contraste, branco</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>A aparência do zbdesk</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>Entre parênteses: (1.234,50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>Na janela e no papel. Arquivos exportados sempre têm sinal de menos.</translation>
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
      <translation>Aparência</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>O tamanho do texto segue o ajuste do sistema.</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>Com sinal de menos: −1.234,50</translation>
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
      <translation>%1, o fuso da organização. Fora disso só webhooks e seus cliques são atendidos.</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>Cerca de %1 chamadas por dia quando nada muda</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>Cerca de %1 de %2 chamadas por dia quando nada muda</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>A qualquer hora de qualquer dia. Sincronizar agora sempre roda.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Dias</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>Horário</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>No fuso da organização. Sincronizar agora sempre roda.</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Itens de linha</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>Itens de linha de tudo</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Procurar alterações a cada</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>Segunda a sexta</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>Segunda a sábado</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>Uma chamada por documento, mais novos primeiro, dentro das chamadas do dia. Sem isso, os itens de linha são lidos quando um registro é aberto ou muda.</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>Sábado e domingo</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>Domingo a quinta</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>Domingo a quarta</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>Quando o zbdesk consulta</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>ZBDESK_POLL_SECONDS vale para este início</translation>
    </message>
    <message>
      <source>and</source>
      <translation>e</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>todo dia</translation>
    </message>
    <message>
      <source>from</source>
      <translation>das</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>hora</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>só em certas horas</translation>
    </message>
    <message>
      <source>until</source>
      <translation>até</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>%1 em aberto</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>%1 a sair</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>%1 a resolver</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>Conectar Zoho Books – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>Terminando o que está em andamento…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>Abra primeiro uma lista de registros.</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>Sincronização: %1</translation>
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
      <translation>Um mapeamento diz qual coluna é qual campo. Importe um arquivo e salve lá o mapeamento com um nome.</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Para</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Importar um arquivo…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>Nenhum mapeamento está salvo.</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>Re&amp;mover mapeamento…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Salvo</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>Mapeamentos salvos</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>O mapeamento %1 foi removido.</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>Usado por</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>Coluna</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Linha</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>Salvar a lista a corrigir</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>A lista não pôde ser salva.</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>O que está errado</translation>
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
      <translation>&amp;Arquivo</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>Aj&amp;uda</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>&amp;Registros</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>&amp;Sincronização</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>E&amp;xibir</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>&amp;Janela</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>O que é lido</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lido</translation>
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
      <translation>Conta</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>Conta bancária</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>Contas bancárias</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>Transação bancária</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>Transações bancárias</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>Ajuste da moeda base</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>Ajustes da moeda base</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Conta a pagar</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Contas a pagar</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>Plano de contas</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contato</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Pessoa de contato</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>Pessoas de contato</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>Contatos</translation>
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
      <translation>Moedas</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Moeda</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>Pagamento recebido</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>Pagamentos recebidos</translation>
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
      <translation>Orçamento</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>Orçamentos</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Taxa de câmbio</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>Taxas de câmbio</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Despesa</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>Despesas</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>Ativo imobilizado</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>Ativos imobilizados</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Fatura</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Faturas</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Item</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Itens</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>Lançamento contábil</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>Lançamentos contábeis</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Local</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>Locais</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>Saldo inicial</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Saldos iniciais</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organização</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organizações</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projeto</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projetos</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Pedido de compra</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>Pedidos de compra</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Conta a pagar recorrente</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>Contas a pagar recorrentes</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>Despesa recorrente</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>Despesas recorrentes</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Fatura recorrente</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>Faturas recorrentes</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>Fatura de adiantamento</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>Faturas de adiantamento</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Pedido de venda</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>Pedidos de venda</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>Recibo de venda</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>Recibos de venda</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configurações</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>Tarefa</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Tarefas</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Imposto</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>Grupo de impostos</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>Grupos de impostos</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Impostos</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>Lançamentos de horas</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>Lançamento de horas</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Usuário</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>Usuários</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>Crédito de fornecedor</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>Créditos de fornecedor</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>Pagamento efetuado</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>Pagamentos efetuados</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>lendo</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lido</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>agora mesmo</translation>
    </message>
    <message>
      <source>next</source>
      <translation>a seguir</translation>
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
      <translation>Posição em</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Chamadas</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Aqui</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>No Zoho Books</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Módulo</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Progresso</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Registros</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>lendo</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>não pode ser lido</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>escolhido</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>em ordem</translation>
    </message>
    <message>
      <source>next</source>
      <translation>a seguir</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>não escolhido</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>não contado</translation>
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
      <translation>com %1</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>Escolher módulos</translation>
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
      <translation>Encerrar o modo de fechamento do mês</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Fechamento do mês</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>O fechamento do mês terminou.</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>Fechamento do mês até %1</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>Sem listas completas, notificações só de erros, metade das chamadas de hoje fica para você.</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>Este computador fica acordado.</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 %2: %3 faturado, %4 recebido</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1; %2 até hoje</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>Moeda dos meses</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Faturado</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>Faturado e recebido, por mês</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>Mês</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>Nenhuma fatura e nenhum pagamento nos últimos doze meses.</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>Recebido</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>sem moeda</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>Conexões, configurações e ajuda</translation>
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
      <translation>Visto às %1</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>Só lê até você confirmar</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Manter</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>&amp;Testar conexão</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>Um endereço é como http://proxy.example.com:8080, sem login.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Como o sistema</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>Tentando…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>Falhou em: %1 (%2).</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>Em ordem antes disso: %1.</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>Login (opcional)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>Nome para o proxy</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Nenhum</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Senha</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>Senha para o proxy</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>Proxy</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>A senha vai para o chaveiro deste computador, para nenhum outro lugar.</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>A senha foi esquecida.</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>A senha está no chaveiro.</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>Este</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>Caminho até o Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>O Zoho Books responde por meio de %1.</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>O Zoho Books responde diretamente.</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>conectar ao servidor</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>encontrar o nome do servidor</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>alcançar o proxy</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>o login do proxy</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>a resposta do servidor</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>o certificado do servidor</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Fechar</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>&amp;Criar o token</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>&amp;Nome do programa</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>&amp;Token</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Criando…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>Dê a ele o nome do programa.</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>É mostrado só desta vez. O zbdesk guarda apenas a impressão digital.</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>Nome do programa</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>Novo token</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>Um token por programa, para que um possa ser revogado sem os outros.</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>O token é mostrado só desta vez.</translation>
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
      <translation>Por hora, no máximo</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>Tipos</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>Desligado significa nenhuma. Nada está só em uma notificação: a janela também diz.</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>Uma por causa. O que vier a mais é resumido em uma só.</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>Mostrar notificações</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>Avise-me</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>quando os dois lados alteraram o mesmo registro</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>quando volta a funcionar</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>quando algo não pôde ser feito</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>quando a primeira sincronização ou uma longa termina</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>quando o login terminou</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>Uma sincronização longa terminou</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>Tudo isso está na janela.</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>A partir de agora só as alterações são lidas.</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>Levou %1. O resultado está em Atividade.</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>Nada é sobrescrito até alguém decidir.</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>Entrar de novo no Zoho</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>Login feito de novo</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>A sincronização continua.</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>O que fazer está em Problemas.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>O Zoho encerrou o login. Nada se perde.</translation>
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflito</numerusform>
        <numerusform>%n conflitos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation>
        <numerusform>mais %n aviso na última hora</numerusform>
        <numerusform>mais %n avisos na última hora</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>%n registro não pôde ser lido</numerusform>
        <numerusform>%n registros não puderam ser lidos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>Primeira sincronização concluída: %n registro</numerusform>
        <numerusform>Primeira sincronização concluída: %n registros</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1, só %2</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>Ad&amp;icionar destino…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>Todas as entregas</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Alterar…</translation>
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
      <translation>Os eventos são repassados de novo.</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>Recebe</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Desistido</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Continuar</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Criado</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Módulos</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>Nada é repassado</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>Nada enviado ainda</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>Outros sistemas seus podem receber o que chega aqui, cada um com filtro e segredo próprios.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausar</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>Pausado. O que vem espera neste computador.</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>Pausado; o que vem espera</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Remover…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>Enviar de novo</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>Situação das entregas</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aceito</translation>
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
      <translation>Aceitou um %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Aguardando</translation>
    </message>
    <message>
      <source>all</source>
      <translation>tudo</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>alterado</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>alterações</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>excluído</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>exclusões</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>o evento como veio</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>o registro</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>Trocar de organização</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>Trocar de organização (Ctrl+Shift+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Não conectado</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>&amp;Pausar</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>&amp;Retomar</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>I&amp;nterromper</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>Si&amp;ncronizar agora</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>somente leitura</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>In use</source>
      <translation>Em uso</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausar</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Retomar</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Entrar de novo…</translation>
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
      <translation>Conectar outra &amp;organização…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organizações</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Olhar de novo</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>Todas elas terminaram.</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>Uma organização encerrada não pode ser conectada. Renove o plano no Zoho Books e olhe de novo.</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>É preciso uma organização para continuar.</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>Peça a um administrador do Zoho Books que convide você, ou entre como outra pessoa.</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>Escolha uma organização para continuar.</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>Escolha a única organização desta conexão.</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>Compare o ID com o número no endereço do seu Zoho Books, depois de /app/. Você pode adicionar as outras organizações depois, cada uma com seus próprios registros.</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>Olhar a &amp;lista de novo</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>Um momento.</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Lendo suas organizações</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>Várias organizações têm %1 como moeda base.</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>E&amp;ntrar como outra pessoa</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>A lista contém o que seu login pode ver no Zoho Books. O ID é o número depois de /app/ no endereço do navegador.

As setas movem, Espaço escolhe. Uma organização cujo plano terminou fica por último e não pode ser escolhida.</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>A lista está sendo lida.</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>Este login não pertence a nenhuma organização</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>Qual organização?</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>Todas as organizações conectadas são sincronizadas lado a lado, cada uma com o próprio login e as próprias chamadas; a janela mostra uma por vez, e os registros nunca se misturam. Ctrl+Shift+O troca.</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>Conectar outra organi&amp;zação…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>Conhecidas aqui</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Mais uma</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>Organizações neste computador</translation>
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation>Organização %1</translation>
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation>Organizações</translation>
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
      <translation>Moeda</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>Encerrada</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>Ano fiscal</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>Organização e ID</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>Plano</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>escolhido</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>a partir de %1</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>%1: marcados como enviados</translation>
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n chamada</numerusform>
        <numerusform>%n chamadas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n alteração</numerusform>
        <numerusform>%n alterações</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>mais %n em dúvida</numerusform>
        <numerusform>mais %n em dúvida</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>menos %n registro novo</numerusform>
        <numerusform>menos %n registros novos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>%n número já está em uso</numerusform>
        <numerusform>%n números já estão em uso</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>%n registro cai em um mês bloqueado e fica</numerusform>
        <numerusform>%n registros caem em um mês bloqueado e ficam</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>%n registro tem um imposto que não existe lá</numerusform>
        <numerusform>%n registros têm um imposto que não existe lá</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>%n registro sai amanhã: as chamadas acabaram</numerusform>
        <numerusform>%n registros saem amanhã: as chamadas acabaram</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>%n registro não pode ser gravado</numerusform>
        <numerusform>%n registros não podem ser gravados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>%n registro espera seu contato ou item</numerusform>
        <numerusform>%n registros esperam seu contato ou item</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>%n registro espera uma taxa de câmbio</numerusform>
        <numerusform>%n registros esperam uma taxa de câmbio</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>Tudo pode ser gravado</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>Em verificação</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>Em verificação: %1.</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>%1: alterados</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>Período fechado</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>Excluir %1</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>%1: excluídos</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>Feitos hoje</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>Cada contato e item existe</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>Cada moeda tem uma taxa</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>Cada imposto está no Zoho Books</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>Retidos</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>Retido para revisão</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>No Zoho Books</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>Foi enviado às %1 e nenhuma resposta veio. O zbdesk pergunta ao Zoho Books por %2 antes de enviar algo de novo, então não pode estar lá duas vezes.</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>Saindo</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>Marcar como enviado</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>Novo: %1</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>Nenhum mês está bloqueado</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>Nenhum número já está em uso</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problema</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>As chamadas do dia bastam</translation>
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
      <translation>Aguardando</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>pagamento</translation>
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
      <translation>Valor</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation>Escolhido</translation>
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
      <translation>Origem</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>What</source>
      <translation>O quê</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation>%1 de %2 selecionados</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>%1 liberados; saem agora.</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · nada sai até você escolher</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>&amp;Cancelar %1</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>&amp;Mantê-los</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>&amp;Olhar…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Permitidas; saem agora.</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>Cancelar %1?</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>As alterações saem de novo sozinhas.</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>Alterações feitas aqui esperam aqui até a próxima execução levá-las.</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>Escolha registros para ver o que significa gravá-los.</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>Documentos de um mês bloqueado lá esperam aqui.</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>Cada gravação teve sua resposta.</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>Reter &amp;para revisão</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>Faixa</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>Faixas</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>Nenhum mês bloqueado</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>Nada saiu hoje</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>Nada está retido</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>Nada está em dúvida</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>Nada está saindo</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>Nada espera</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Saída</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Lendo…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>Os registros estão de novo como os dois lados concordaram por último. O Zoho Books não é tocado.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>A execução parou antes de gravar %1.</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>Estes estão no Zoho Books.</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>Estes estão a caminho. Cada um é anotado antes de sair.</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>Isto não pode ser lido</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>O que vai sair fica retido a partir de agora.</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>O que vai sair para aqui enquanto Reter para revisão está ligado.</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>O que foi gravado hoje está aqui.</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>O que será &amp;gravado…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>O que será gravado</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>Gravar &amp;estes %1 no Zoho Books</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>Gravar &amp;este no Zoho Books</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>Gravações a caminho estão aqui.</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>O Zoho Books é consultado primeiro para cada um; só o que não está lá é enviado de novo.</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>Registros de saída</translation>
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
      <translation>Pró&amp;ximo</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>Contabilidade</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>Atividade</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Bancos</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Conflitos</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>Painel</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ajuda</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>Listas</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Fechamento do mês</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Saída</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Problemas</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projetos</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Compras</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Vendas</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configurações</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Origens</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>A resolver</translation>
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
      <translation>As setas escolhem, Enter abre, Esc fecha</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>Nenhum resultado</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>Nada atende a “%1”.</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>Número, nome, referência ou comando</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Resultados</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>Buscar registros e comandos</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Buscando…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ escolher · Enter abre · Esc fecha</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>%1 tem %2 casas decimais.</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>No máximo %2 casas decimais.</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>Informe uma data, por exemplo %1.</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>Informe um valor, por exemplo %1.</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>Informe o ano com quatro algarismos.</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>É %1 ou %2? Informe o mês em letras.</translation>
    </message>
    <message>
      <source>today</source>
      <translation>hoje</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation>&amp;Registrar pagamento</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation>Valor, %1</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>Saldo %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>Escolha como foi pago.</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>Informe um valor acima de zero.</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>Informe o dia em que chegou.</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>Um pagamento recebido é criado no Zoho Books e aplicado a esta fatura.</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>Registrar um pagamento para %1</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>O saldo é %1; um pagamento não pode ser maior.</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1 estão a caminho</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1 estão desligados</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1 não podem ser lidos</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>0 de %1 estão aqui.</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>Limpar todos os filtros</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Olhar de novo</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>Os novos aparecem aqui sozinhos.</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>Nenhum: %1</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>Nenhum de %1 (%2) atende</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>Lendo %1…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>Ligar…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Sincronizar agora</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>Os registros não podem ser lidos</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>Eles aparecem aqui página por página.</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>Não são lidos do Zoho Books.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Tentar de novo</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>O Zoho Books não tem nenhum, consultado %1. Os novos aparecem aqui sozinhos.</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>Nos dois sentidos</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>Clientes já conhecidos</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>Direção de %1</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>Só do Zoho Books</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>Só para o Zoho Books</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexão só lê.</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>Este tipo está desligado acima.</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>O que o zbdesk pode fazer</translation>
    </message>
    <message>
      <source>change</source>
      <translation>alterar</translation>
    </message>
    <message>
      <source>create</source>
      <translation>criar</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>excluir</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>deixar os fornecedores de lado</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>vincular por e-mail</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>vincular por nome exato</translation>
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
      <translation>&amp;Voltar</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>Si&amp;mulação…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>Verificado antes</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>Des&amp;fazer…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>Totais de documentos novos</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>O que será gravado</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>cerca de %1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>para %1</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>quando o Zoho Books permitir chamadas de novo</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>Linha</translation>
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
      <translation>&amp;Salvar como PDF…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>Paisagem</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
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
      <translation>Data</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Vencimento</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation>Não pôde ser gravado lá. Escolha outro lugar ou impressora.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Linhas</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
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
      <translation>Páginas como serão impressas</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>Papel</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Pagamentos</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>Imprimir %1</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantidade</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referência</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation>Salvar como PDF</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation>Os primeiros %1 de %2 registros. Uma exportação tem todos.</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>A impressora informou um erro. Nada foi impresso.</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>Retrato</translation>
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
      <translation>Uma tela bloqueada pode mostrar notificações. Parceiros e valores nunca aparecem nelas.</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>Cobrir a janela</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>Ctrl+Shift+H oculta todos os números até um clique ou tecla. A sincronização continua.</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>Procurar uma nova versão uma vez por dia</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>Nomear a organização nas notificações</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>Novas versões</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notificações</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>Uma pergunta ao nosso servidor, sem nada sobre você. Nada é baixado nem instalado.</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>Relatórios</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>Mostrar um relatório após uma falha do zbdesk</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>O que outros podem ver</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>Quando alguém chega</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>Com todo o texto, para copiar ou salvar. O zbdesk não envia nada a lugar nenhum sozinho.</translation>
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
        <numerusform>tentado %n vez</numerusform>
        <numerusform>tentado %n vezes</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>%1 problemas gravados em %2.</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>&amp;Dispensados (%1)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>Todos são tentados de novo agora.</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Permitidas; saem agora.</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>Voltar aos pro&amp;blemas</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>Voltar aos problemas</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>Arquivo CSV (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>Dispensados</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>Dispensado. Não é tentado de novo; Desfazer fica em Dispensados.</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>Dispensado: %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>Exportar &amp;CSV…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>Tudo o que foi tentado pôde ser feito.</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>Exportar problemas</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Nenhum problema</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>Nada está dispensado</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Problemas</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>Lendo os problemas…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>Mostrar de novo</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>Os problemas não podem ser lidos</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>Esta execução já está resolvida.</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>Este servidor não tem páginas web.</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>Tentado de novo agora: %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>Tentar &amp;todos de novo</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>&amp;Desfazer</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>Conectar outra organização – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>Desconectado, com uma observação</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>Entrar de novo – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>&amp;Desistir</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>&amp;Deixar como está</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>&amp;Manter funcionando</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>&amp;Sair</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>&amp;Mostrar</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>&amp;Parar a importação</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>Mudar &amp;agora</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>Mudar isto agora?</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>Desistir desta importação?</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>&amp;Continuar</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>Continua sincronizando e espera perto do relógio. Configurações, Fechar a janela, muda isso.</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>Manter o zbdesk funcionando quando a janela é fechada?</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>Veja no Zoho Books (%1) se realmente sumiram. Se sim, são marcados como excluídos aqui também; nada é excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>Nada foi importado ainda. O que você corrigiu e escolheu aqui se perderia; o arquivo fica como está.</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>Mostrar %1 agora?</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>&amp;Ficar aqui</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>Parar a importação?</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>A janela é reconstruída para isso. Há algo aberto que ainda não foi salvo; o que foi digitado se perderia.</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>A janela mostra uma organização por vez; todas continuam sincronizando. Antes que a primeira alteração seja gravada em %1, pede-se a sua confirmação.</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>&amp;Sumiram: marcá-los como excluídos</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>Versão %1. Mantém em sintonia os registros desta empresa e o seu Zoho Books. Licença MIT.</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>O que já foi importado fica e pode ser revertido. Importar o arquivo de novo continua daí.</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho e Zoho Books são nomes da Zoho Corporation, que não tem nada a ver com este programa.</translation>
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
      <translation>Silenciar por um tempo</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>Silenciadas até %1, faltam %2.</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>As notificações são mostradas.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Agora</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>Mostrar de novo</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>Até amanhã</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>Chegou</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>Como veio</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>Conteúdo do evento</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>Tipo de conteúdo</translation>
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
      <translation>Formatado</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>&amp;Ler de novo</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Solicitação</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Assinatura</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Tamanho</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Visão</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>um relé</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>nenhuma que pudesse ser verificada; só um indício</translation>
    </message>
    <message>
      <source>right</source>
      <translation>certa</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>o receptor</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Olhar de novo</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>, senão </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>Um campo de texto do Zoho Books que recusa valores duplicados. Com ele, uma solicitação que chega tarde nunca cria um segundo registro.</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>Campo “zbdesk ID”</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>Como está</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>Recusa du&amp;plicados</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>Nenhum registro duas vezes</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Não conectado</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>Reconhecido por</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>Configurar o &amp;campo</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>O Zoho Books está sendo consultado…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>O próprio Zoho Books recusa um segundo registro em %1 de %2 tipos.</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>endereço de e-mail</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>seu próprio número</translation>
    </message>
    <message>
      <source>name</source>
      <translation>nome</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>número de referência</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>o campo “zbdesk ID”</translation>
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
      <translation>Tentar de novo</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation>e mais %1; todos são tentados de novo juntos e estão no arquivo CSV</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>Títulos das colunas</translation>
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
      <translation>Mostrar na p&amp;asta</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>Estes são informados no Zoho Books.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexão só lê.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Este registro não está mais aqui.</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>“%1” não é conhecido aqui. Escolha um da lista.</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>Mudar a data…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>Mudar o número…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>Mudar as datas…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>Escolher outro…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Editar…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>Vincular a ele…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>Ver a execução…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>Abrir Zoho Books</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>Abrir contatos no Zoho Books</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>Abrir moedas no Zoho Books</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>Abrir pasta de dados</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>Abrir itens no Zoho Books</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>Abrir pasta de logs</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Abrir configurações</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>Abrir bloqueio de transações</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>Abrir usuários e funções</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>Renomear aqui…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>Dizer o que significa…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>Dizer se sumiram…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>Entrar de novo</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Entrar de novo…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Tentar de novo</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation>
        <numerusform>%n alteração ainda não saiu.</numerusform>
        <numerusform>%n alterações ainda não saíram.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>Excluir dados locais</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>Excluir dados locais…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>Desconectar</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>Desconecta e exclui os registros deste computador. O Zoho Books guarda tudo.</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>Desconectar…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>Encerrar algo</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>Encerra o login no Zoho. Registros e vínculos ficam; conectar de novo continua daí.</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>Esquecer o mapa de registros</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>Esquecer o mapa de registros…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>Mantém os dois lados e esquece qual registro pertence a qual. Só é preciso depois que os livros foram restaurados de uma cópia.</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>&amp;Remover</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>Removendo…</translation>
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
      <translation>Nada se perde. Este é o relatório inteiro; não vai a lugar nenhum se você não o enviar.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Relatório</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>O zbdesk encontrou uma falha própria</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>em ordem</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>não foi possível</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>não foi possível, o login terminou</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>parada</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>em andamento</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>com problemas</translation>
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
      <translation>%1 ficam como estão; o motivo está ao lado de cada um.</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>&amp;Copiar lista</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>&amp;Reverter %1</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Valor</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
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
      <translation>Registros desta execução</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>A execução de %1 está sendo revertida</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>A execução de %1 foi revertida</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>O que acontece</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>Por quê, o que fica</translation>
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> e </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation>só %1</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 resolvidos</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>Aceitar &amp;sempre este lado para estes campos, sem perguntar</translation>
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
      <translation>&amp;Quais conflitos</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>Escolha um lado para ver o que faz.</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>Manter o que o &amp;Zoho Books tem</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>Manter o que este &amp;computador tem</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>Deixados como estão: %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Nenhum valor muda lá.</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>Nenhum lado foi escolhido.</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>Nenhum destes pode ser resolvido assim.</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>Um lado é aceito para todos os campos destes. Você vê os números antes de algo ser enviado.</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>Resolver conflitos por regra</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>A simulação está em andamento.</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>A simulação não foi possível.</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>Quais conflitos</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Calculando…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>e mais %1</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation>nada é gravado no Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1, %2: sempre %3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>Uma regra para campos é criada em qualquer conflito; aqui ela termina.</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Perguntar de novo</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>Os documentos destas origens viram uma linha com o total. Várias, com vírgulas.</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>Tipo de documento</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>Nenhuma. Se os dois lados mudaram: pergunte-me, em Conflitos.</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>Uma linha, quantidade 1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>Regras</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>Origens com uma linha</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>Quando os dois lados mudaram</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>nomes de origens</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>este computador</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · %2 documentos, %3 deles recusados</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>%1 documentos estão aqui e ficam; os outros não foram olhados. Importar o arquivo de novo continua.</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Fechar</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>&amp;Salvar a lista a corrigir…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>Todos os %1 documentos já estão aqui, como estão no arquivo.</translation>
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
      <translation>Nada novo</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>Nada foi importado</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Re&amp;verter…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>&amp;Parar</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>Mostrar os &amp;registros</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>Algumas linhas têm erros, e tudo ou nada foi pedido.</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>Parar encerra a importação depois dos documentos em andamento; eles ficam. O mesmo arquivo de novo continua onde parou: o que já está aqui não é aceito duas vezes.</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Parado</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Parando…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>Os documentos saem para o Zoho Books com a próxima sincronização.</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>Os documentos esperam em Saída até você liberá-los.</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>A importação não pôde ser feita</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>A importação está feita</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>A importação está em andamento…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>A lista está salva.</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>Enquanto isso a janela pode ser usada.</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>Ficam como estão: %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>%1 são excluídos</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>%1 são anulados</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 alterados</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>%1 criados</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>%1 excluídos</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>%1 excluídos ou anulados; %2 podem ir sem um olhar</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>%1 recuperam seus valores</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>%1 recupera seus valores</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>%1 voltam ou ficam inativos</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>%1 volta ou fica inativo</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>%1 ao todo; %2 podem ir sem um olhar</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>%1 é excluído</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>%1 é anulado</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>%1 com outro status</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>%1 registros; %2 podem ir sem um olhar</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>%1 ficam e são listados</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>%1 fica e é listado</translation>
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
      <translation>Excluído</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation>Recupera seus valores</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>É excluído</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>É anulado</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>Nada gravado</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>Restaurado</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>Reverter a execução de %1?</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>O status volta</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>O status voltou</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>Fica</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>Anulado</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>vazio</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Re&amp;verter…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Execuções</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>Revertida %1.</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>A execução está sendo revertida; o relatório está aqui.</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>Em andamento</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>O que resultou</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>O que resultou…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quando</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>Gravado no Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>Buscar registros e comandos</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>freio, exclusões, valores, perguntar antes</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>fechar, sair, manter funcionando, iniciar com o computador</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>banco de dados, cópia, onde, arquivos, pasta</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>intervalo, minutos, agenda, temporizador, horas, bateria</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>limites, chamadas por minuto, chamadas por dia</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>listas, escolher, ligar, desligar, somente leitura, política</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>interface local, exportações programadas, tokens</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>silenciar, adiar, silêncio</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>dados pessoais, relatórios</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>proxy, certificado, internet</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>entrar de novo, desconectar, organização, data center, passagem</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>tema, escuro, claro, contraste, cores, idioma</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>&amp;Mudar o segredo</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>C&amp;riar o segredo</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>Um novo é criado e mostrado uma vez. O atual vale ainda sete dias, para que você mude os webhooks no Zoho Books um a um.</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Criando…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>Mudar o segredo?</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Copie o segredo agora</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Feito</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>Eventos assinados com o segredo anterior são aceitos por mais sete dias.</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>No Zoho Books abra cada webhook, marque a opção que o protege e cole isto como Secret Token. Está no chaveiro deste computador e não é mostrado de novo.</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>Ele assina cada evento, para que ninguém mais possa enviar um. É mostrado uma vez, agora, para colar no Zoho Books.</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>Criar o segredo para o Zoho Books?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Segredo</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>O segredo está à vista. Copie-o agora.</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>Ocultar o segredo</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>Mostrar o segredo</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>Contabilidade</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Bancos</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>Listas e ajustes</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projetos</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Compras</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Vendas</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>%1 selecionados</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> e </translation>
    </message>
    <message>
      <source> or </source>
      <translation> ou </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>%1 %2 (alteração)</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>%1 %2 (criação)</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>%1 %2 (exclusão)</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 já está nos livros (%3). Dê outro número a este, ou deixe a linha de fora.</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>%1 %2 (anulação)</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 O zbdesk tenta de novo na próxima execução.</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>%1 respondeu outra coisa: uma falha lá, ou um proxy ou a página de login de uma rede no meio. O que está aqui fica como está; tente de novo em alguns minutos (a sincronização faz isso sozinha).</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>%1 responde, mas não encontra nada na sua ponta aqui.</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1 ficam de fora a partir de agora.</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1 não fazem parte do plano ou da edição desta organização.</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>%1 não pode ser excluído aqui. Veja no Zoho Books.</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>%1 não pode ser lido (%2). Deve pertencer à pessoa que executa o zbdesk.</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>%1 não pode ser lido.</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>%1 não pode ser iniciado: %2.</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>%1 não pode ser gravado (%2). Libere espaço ou permita gravar lá e escolha Tentar de novo. O que foi guardado antes está intacto.</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>%1 não pode ser gravado por outros programas.</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>%1 não podem ter um campo único no Zoho Books.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>%1: alterado no Zoho Books e assumido aqui: %2.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>%1: alterado no Zoho Books: %2.</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>Não foi possível ler: %1.</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>Não foi possível ler (%1): %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>%1 não pôde ser gravado de volta no banco de dados.</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>%1 não pôde ser gravado.</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>%1: criado no Zoho Books.</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>%1: excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>%1 não deixou o zbdesk entrar.</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>%1 documentos foram recusados.</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>%1 não responde a tempo.</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>%1 não responde.</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>%1 não tem as colunas do mapeamento.</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>%1 terminou com o código %2.</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>%1 terminou: %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>%1: encontrado novo no Zoho Books e assumido.</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%1 de %2 a %3</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>%1 tem %2 casas decimais; este valor tem mais. Arredonde-o.</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>%1 tem na linha %2 uma aspa que nunca é fechada.</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>%1 tem cabeçalhos, mas nenhuma linha.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>%1 perdeu a conexão e procura outra.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>%1 perdeu a conexão e procura outra: %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>%1 não tem uma extensão que o zbdesk possa gravar.</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>%1 não tem a planilha “%2”.</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>%1 tem a chave %2.</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>%1 tem o mesmo conteúdo que %2, importado em %3 UTC. Nada foi aproveitado.</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>%1 tem estes cabeçalhos em mais de uma planilha.</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>Não há a ação “%2” para %1.</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1 não têm data ou valor.</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1 não têm um número próprio para gravar.</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>%1 não têm a configuração “%2”.</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 é %2, não uma planilha que possa ser lida.</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 é uma pasta.</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 já é um destino.</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>São aplicados %1, mais do que o pagamento de %2.</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 está conectado.</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 está vazio.</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>Em %2 restam %1, e isto soma %3.</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 está bloqueado por outro programa ou não pode ser lido.</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 está bloqueado.</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 não é uma data.</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 não é um histórico do zbdesk.</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 não é um tipo de evento nem de conteúdo.</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 não é uma conferência nem uma aprovação do zbdesk.</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 não é um arquivo %2 íntegro.</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 não está ativa no Zoho Books.</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 não é um banco de dados SQLite, ou está criptografado ou danificado.</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 não está em conflito.</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 não é conhecido pelo serviço de nomes</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 não é texto nesta codificação.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>Em %2 há %1 em aberto; um crédito não pode cobrir mais.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>Em %2 há %1 em aberto; um pagamento não pode cobrir mais.</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 está protegido por senha.</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>%1 está iniciando.</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>%1 ainda está sendo gravado.</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 está parado.</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 está anulado.</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 já é observado.</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>%1 não deixa passar mais mensagens por enquanto.</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>%1: vinculado à mão a “%2” no Zoho Books.</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>%1: vinculado ao que o Zoho Books já tinha.</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>%1 não estabelece uma linha segura.</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>%1 deve ser uma lista.</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>%1 sem entrega a %2.</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 de %2</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>%1 de %2 %3 faltam na lista que o Zoho Books enviou. Nada foi removido.</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2: %1 foi feito %4 vezes no Zoho Books em vez de uma (%3).</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>%1 das %2 chamadas de hoje ao Zoho Books foram usadas.</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>%1 recusa a mensagem antes que ela chegue aqui.</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>%1 linhas, %2 aproveitadas.</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>%1 encaminha para %2, o que o Zoho Books não segue.</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>%1 não aceita mensagem deste tamanho.</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>%1 não informou endereço público em %2 segundos.</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>%1 esperam por você.</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>%1 espera por você.</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>%1: alterado aqui e no Zoho Books: %2.</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>%1: foi excluído no Zoho Books e é excluído aqui também.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>%1: %2 de %3 registros revertidos.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>%1: %2 de %3 registros revertidos; %4 ficaram como estão, o relatório diz por quê.</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>%1 teria mais linhas do que cabem em uma planilha (%2).</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 O zbdesk olha de novo sozinho.</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 O zbdesk procura o registro antes de enviar algo de novo.</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 O zbdesk não faz chamada antes disso e continua de onde parou.</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 O zbdesk tenta de novo sozinho; nada se perde.</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1, permitido %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1, ou escolha outro com --data-dir. O que está guardado lá fica como está.</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1, iniciado aqui</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1: %2 %3 criados, %4 alterados, %5 recusados.</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1: %2 deve ser %3.</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1: %2 linhas, %3 criadas, %4 alteradas, %5 inalteradas, %6 recusadas.</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1: o Zoho Books respondeu com uma lista vazia. Nada foi removido aqui por isso.</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1: um conflito foi resolvido (%2).</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1: excluído no Zoho Books. O último estado conhecido fica guardado aqui.</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1: começou a reversão da importação: %2 registros que já haviam saído.</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1: a importação foi revertida: %2 removidos, %3 como antes, %4 mantidos.</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1: “%2” enviado ao Zoho Books.</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1; um proxy que inspeciona o tráfego precisa do seu certificado aqui</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>%n alterado</numerusform>
        <numerusform>%n alterados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>%n alteração</numerusform>
        <numerusform>%n alterações</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>%n alteração encontrada</numerusform>
        <numerusform>%n alterações encontradas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>%n conflito</numerusform>
        <numerusform>%n conflitos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>%n criado</numerusform>
        <numerusform>%n criados</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>%n dia</numerusform>
        <numerusform>%n dias</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>%n excluído</numerusform>
        <numerusform>%n excluídos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>%n exclusão</numerusform>
        <numerusform>%n exclusões</numerusform>
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
        <numerusform>%n marcado de outra forma</numerusform>
        <numerusform>%n marcados de outra forma</numerusform>
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
        <numerusform>mais %n lista</numerusform>
        <numerusform>mais %n listas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>%n novo</numerusform>
        <numerusform>%n novos</numerusform>
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
        <numerusform>%n linha</numerusform>
        <numerusform>%n linhas</numerusform>
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
      <translation>3 a 10 minutos</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>Falta fechar: %1.</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>Falta um parêntese neste valor; escreva (100.00) ou -100.00.</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>Um código serve uma vez e por %1, e só no data center que o criou (perguntado a %2). Crie um novo; se também falhar, verifique o data center.</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>Um contato é um cliente ou um fornecedor.</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>Um crédito foi aplicado ou dinheiro reembolsado com ele. Desfaça isso no Zoho Books.</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>Um campo personalizado precisa do seu api_name (ou label) e de um valor.</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>Um banco de dados em memória não tem nada para ler.</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>Um documento é um objeto com campos nomeados.</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>Aqui se espera o nome de um campo, como texto.</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>Uma nova leitura precisa de cerca de %1 chamadas, e hoje restam %2.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>Uma linha de lançamento é débito ou crédito, não ambos.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>Uma linha de lançamento é débito ou crédito.</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>Uma linha de lançamento precisa de uma conta.</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>Uma linha de lançamento precisa de um valor.</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>Uma linha falta, foi acrescentada ou está fora do lugar.</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>Uma linha sem item precisa de um preço.</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>Aqui se espera uma lista.</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>Um mapeamento não tem essa chave; tem %1.</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>Um mapeamento é um objeto JSON.</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>Um número tem no máximo %1 caracteres.</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>Um número deste comprimento perdeu os últimos dígitos na planilha. Formate a coluna como texto, digite-o de novo e salve o arquivo.</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>Um pagamento é maior que zero.</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>Uma aspa não está fechada.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>Uma execução além dos limites foi permitida: %1 registro.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>Uma execução além dos limites foi permitida: %1 registros.</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>Uma fonte do tipo %1 não é executada aqui.</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>Uma fonte só lê, com os direitos do seu usuário. O banco de dados diz: %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>Uma fonte só lê. Retire-a; se for o nome de uma coluna, coloque-a entre aspas.</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>Uma fonte só lê: escreva um SELECT, ou WITH ... SELECT. Nada foi perguntado ao banco de dados.</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>Um comando deste tipo pode pedir %1.</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>Um token não pode se chamar %1.</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>Uma gravação dele ainda está sem resposta; ela é verificada primeiro.</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>O acesso foi recusado na página do Zoho.</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>Adicione %1 às URIs de redirecionamento autorizadas do cliente no console de API, exatamente como escrito, e entre de novo.</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Adicione-a no Zoho Books em Settings, Currencies; este documento então sai sozinho.</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>Adicione o %1 aqui ou no Zoho Books; este registro então sai sozinho.</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>Adicione a fonte de novo com o seu endereço; o que ela trouxe fica.</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>Permita no proxy conteúdos de 1 MB.</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>Permita em Configurações, %1, ou desfaça a alteração aqui.</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>Permita gravar lá</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>Permita gravar lá, ou escolha outro lugar com --data-dir.</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>Permita o zbdesk nas configurações do chaveiro e escolha Tentar de novo.</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>Um valor chegou como fração binária e perdeu dígitos; informe-o como texto.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>Um evento não pôde ser guardado e não foi confirmado. Verifique o disco da pasta de dados.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>Um evento não pôde ser guardado e não foi confirmado; o Zoho Books o envia de novo onde houver repetição configurada, e a consulta encontra a alteração. Libere espaço.</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>Um item deste documento está inativo no Zoho Books.</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>Aqui se espera um objeto com campos nomeados.</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>Outro programa responde na porta %1 deste computador.</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>Outro programa o mantém bloqueado. Feche o outro (uma ferramenta de backup, um segundo zbdesk) e tente de novo.</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>Outro programa pode estar com a porta dele: veja Problemas. Uma nova tentativa ocorre sozinha; depois tente mais uma vez.</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>Outro programa usa a porta %1.</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>Outra linha está errada, e foi pedido tudo ou nada.</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>Outra execução está sendo revertida. Espere até que termine.</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>Aplique no máximo o que está em aberto.</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>Aplique no máximo o que está em aberto; o que entrou a mais fica sem uso no pagamento.</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>Peça um mais curto.</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>Pergunte mais uma vez, ou veja na janela, em Webhooks.</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>Peça a quem o administra que permita o endereço público, ou teste de outra rede.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>Peça acesso ao administrador do Zoho Books, ou entre de novo com esta permissão. Uma sincronização completa tenta de novo.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>Peça a permissão ao seu administrador do Zoho Books, ou conecte de novo com esta parte incluída.</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>Em %1 responde outra página.</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>Na porta %1 deste computador escuta outro zbdesk, com outro segredo.</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>As cópias feitas antes de atualizações estão aqui, mais novas primeiro: %1.</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>Podem ser importados arquivos CSV, TSV, XLSX, XLSM, XLS e ODS.</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>Altere %1, ou remova-o para usar o padrão.</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>Altere isso nas configurações do sistema, em programas de inicialização.</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>Altere o registro aqui como o Zoho Books pede; então ele é enviado de novo.</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>Alterado desde então: %1.</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>Alterações no Zoho Books chegaram sem webhook e foram encontradas ao olhar: %1.</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Verifique %1: maiúsculas e espaços contam. Sem a frase-senha certa, remova %2 e conecte de novo; os registros deste computador ficam.</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>Verifique a grafia, e se a entrada existe no provedor do seu domínio; uma nova leva até uma hora.</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>Verifique o local de fornecimento: IGST é para outros estados, CGST e SGST para o mesmo.</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>Verifique se a exportação foi completa.</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>Verifique o arquivo no programa que o grava.</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>Verifique a conexão com a internet ou o proxy. O zbdesk tenta de novo sozinho; nada se perde.</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>Verifique o nome e a pasta.</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>Verifique a rede e o endereço do banco de dados; nada se perde, a sincronização continua quando voltar.</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>Verifique as configurações de reverse charge.</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>Escolha Conectar Zoho Books na janela, ou execute `zbdesk connect`.</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>Escolha um arquivo PEM em Configurações, Rede, ou nenhum.</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>Escolha um nome de 1 a %1 caracteres que nenhum outro token tenha, como o do programa.</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>Escolha primeiro um túnel ou informe seu próprio endereço: `zbdesk webhooks tunnel`.</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>Escolha um túnel em Webhooks, ou cole seu próprio endereço.</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>Escolha uma conta para cada linha da conta a pagar.</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>Escolha outro módulo.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Escolha outro nome.</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>Escolha outro com --data-dir ou %1, ou permita gravar lá.</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>Escolha outro lugar.</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>Escolha outro túnel se os eventos devem ser verificados pela assinatura.</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>Escolha menos módulos ou um período mais curto, ou compare com a última leitura.</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>Escolha um arquivo dela, ou observe a pasta.</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>Escolha um que exista; leia a lista de novo se for novo.</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>Escolha de novo o arquivo de chave: ele não está onde as configurações dizem.</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>Feche outra janela de demonstração, ou o programa que as usa, e inicie de novo.</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>Feche-o na planilha, ou permita a leitura, e tente de novo.</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>Feche-a, ou retire-a, e tente de novo.</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>Feche-o, ou espere até que termine, e inicie de novo.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>Feche-o; o resto do comando é tomado por ele.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>Feche-a; o resto do comando é tomado por texto.</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>Feche esse programa, ou escolha outra porta nas configurações e no seu túnel. O zbdesk tenta de novo sozinho; até lá as alterações chegam por consulta.</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>Feche o outro zbdesk e escolha Tentar de novo.</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>O Cloudflare não fornece mais túneis rápidos por enquanto. Espere uma hora, ou crie um túnel nomeado, que é gratuito.</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>Compare impostos, descontos e arredondamento dos dois e corrija o documento aqui ou no Zoho Books.</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>Conecte de novo e conceda, ou desfaça a alteração aqui.</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>Conecte de novo sem “somente leitura”, ou desfaça a alteração aqui.</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>Conecte-a de novo.</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>Conectado a %1, somente leitura.</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>Conectado a %1.</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>As pessoas de contato de um documento são escolhidas no Zoho Books.</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>Copie de novo o token do túnel do painel do Cloudflare, em Configurações, Webhooks.</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>Copie o endereço inteiro que o navegador mostra depois de Accept; ele começa com http://localhost.</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>Corrija a célula.</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>Débitos e créditos diferem em %1.</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>Exclua-o aqui também, ou envie-o de novo como novo.</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>Exclua o excedente no Zoho Books. Surgiu porque uma resposta do Zoho se perdeu no caminho.</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>A entrega %1 não pode ser enviada de novo.</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>Virou “%1”?</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>Você quis dizer %1?</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>Você quis dizer “%1”?</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>Desconectado do Zoho Books.</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>A desconexão foi iniciada.</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>Faça no Zoho Books e depois desfaça a alteração aqui.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>Documentos que ficam no Zoho Books se referem a ele.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>Documentos que ficam no Zoho Books se referem a ele; ele é marcado como inativo.</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>Encerre esse programa, ou escolha outra porta para o zbdesk em Configurações, Webhooks.</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>Encerre o outro, ou dê a cada um a sua própria porta em Configurações, Webhooks.</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>Insira-o de novo.</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Informe uma no Zoho Books em Settings, Currencies; este documento então sai sozinho.</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>Insira primeiro %1, aqui ou no Zoho Books, ou corrija o nome.</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Insira a taxa no Zoho Books em Configurações, Moedas; este documento sai então sozinho.</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>Até lá os eventos esperam no relé.</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>Todo documento precisa do identificador que tem na sua fonte.</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>Tudo está em dia.</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>Exporte-o de novo; são necessárias uma linha de cabeçalho e uma linha.</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>Faltam arquivos do zbdesk.</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>Termine a página aberta por último, e copie o endereço de lá.</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>Primeira sincronização concluída: %1 de %2 estão aqui.</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>Encontrado ao olhar: %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>Libere espaço ou escolha outro lugar. O que estava lá não mudou.</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>Libere espaço lá</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>Obtenha um que contenha este endereço, ou use um nome.</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>Obtenha um que contenha este nome.</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>Dê a cada computador um endereço próprio.</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>Informe “%1” ou “%2”, não ambos.</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>Dê-lhe um nome.</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>Dê-lhe outro nome, ou renomeie ou mescle o outro no Zoho Books.</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>Informe primeiro o primeiro dia.</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>Informe menos, ou desfaça o que já está anotado.</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>Informe o endereço sem caminho: só https://, host e porta.</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>Dê outro número ao documento, ou exclua o outro no Zoho Books.</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>Informe de novo o endereço da fonte, com a senha atual.</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>Se entrou mais, diga com amount_applied quanto é para este documento.</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>Importar %1</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>Em %1 não existe cliente com este ID. Compare com o console de API desse data center e verifique se é o do endereço do seu Zoho Books.</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>Em conflito: %1.</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>Instale-o de novo, ou escolha outro túnel.</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>Instale-o, ou diga onde ele está em Configurações, Webhooks, ou escolha outro túnel.</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>Instale o pacote Python %1 junto do zbdesk, e tente de novo.</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>Instale o zbdesk de novo: suas imagens e traduções não estão junto do programa.</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>Instale o zbdesk de novo; ele traz o manual.</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>Respondeu com o status %1.</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>Responde, mas não o que foi perguntado.</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>Começa sozinho ou depois de resolvido o que o impede: veja o painel. Nada foi alterado.</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>Pertence a outra organização neste computador. Mude primeiro para ela; nada foi alterado.</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>Não pode ser excluído; é marcado como inativo.</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>Não pode ser mais do que o próprio pagamento.</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>Inacessível (%1).</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>Não pode ser lido.</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>Ele altera o que repassa, então seus eventos são apenas indícios.</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>Não responde ao que lhe é enviado.</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>Não diz qual (%1).</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>Ela fornece %1. Nada foi aproveitado. Corrija a consulta, ou veja a prévia e mapeie de novo.</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>Já foi executada. Altere o registro em vez disso.</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>Foi pago desde então. Remova primeiro o pagamento no Zoho Books.</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>Foi pago; os valores ficam.</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>Não tem mais documento neste computador.</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>Faltam os cabeçalhos ou a nossa última linha. Salvar em uma planilha os remove.</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>Tem a versão de esquema %1; este programa conhece versões até %2. Nada foi alterado. Atualize o zbdesk, ou use a versão que o criou.</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>Tem: %1. Escolha uma delas no mapeamento.</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>Contém %1.</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>Contém um nome de usuário ou uma senha, que todos veriam no caminho.</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>Contém espaços ou sinais que nenhum endereço da web tem, ou é longo demais.</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>Contém tabelas que o zbdesk não criou, então nada foi gravado. Escolha outra pasta de dados.</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>Contém {port}, o que exige a porta remota 0.</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>É um arquivo, não uma pasta.</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>É uma lista de valores mapeados: %1.</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>É muito maior do que pode ser.</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>É longo demais.</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>É para %1, não para %2.</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>Já não está no Zoho Books.</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>Está em um período bloqueado do Zoho Books.</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>Está em conflito; resolva isso primeiro.</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>É procurada de novo sozinha; o que veio dela fica.</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>É criado quando o Zoho Books é conectado pela primeira vez.</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>Não é um endereço da web.</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>Não é um endereço de proxy.</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>Ainda não se sabe se o Zoho Books aceitou isto.</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>Não está no caminho de busca.</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>Não é JSON legível.</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>Não está lá.</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>Não está lá: foi excluída, renomeada, ou a unidade não está conectada.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>Está a caminho do Zoho Books.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>Está a caminho do Zoho Books; espere a resposta.</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>É um caractere, como “;”, ou um de comma, semicolon, tab, pipe.</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>É um de %1.</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>É a fonte %1. Remova-a primeiro, ou escolha outra pasta.</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>Ainda está em execução, ou foi interrompida há pouco.</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>Está desligado, ou não há rede. O que foi lido antes fica; o zbdesk tenta de novo na próxima execução.</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>É o número da linha que contém os cabeçalhos, a partir de 1.</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>É tentado de novo sozinho. Se persistir, informe-o à mão no Zoho Books para ver o que o Zoho recusa.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>Uma nova tentativa ocorre sozinha. Veja a rede e dashboard.ngrok.com.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>Uma nova tentativa ocorre sozinha. Veja a rede e se o servidor está no ar.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>Uma nova tentativa ocorre sozinha. Veja a rede, e se um firewall deixa o cloudflared sair (porta 7844).</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>Não está claro se o resultado de %1 foi gravado de volta.</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>Já está anulado no Zoho Books.</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>Falta a permissão %1. Conecte de novo com ela, ou configure os webhooks à mão: o guia do manual mostra cada passo.</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>Talvez já não exista.</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>Talvez pertença a outra conexão.</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>Pode ter sido excluído nesse meio-tempo.</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>Talvez tenha sido resolvido nesse meio-tempo.</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>Só pode gravar o que o Zoho Books diz.</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>Deve ser maior que zero.</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>Deve começar com https://.</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>Deve começar com https://: por http todos no caminho poderiam ler seus registros.</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>Deve ser como http://proxy.example.com:8080. Altere-o em Configurações, Rede, ou nas configurações do sistema.</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>Deve ser como https://accounts.example.com.</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>Deve atingir exatamente uma. Foi desfeito; verifique o WHERE do comando.</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>Ela indicava %1. Nada foi enviado lá. Comece o login de novo pelo zbdesk; se repetir, verifique o data center e se há programas indesejados neste computador.</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>Não indica um computador que possa ser procurado.</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>Não indica um computador.</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>Fica como antes da execução.</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>Funciona sozinha enquanto o zbdesk estiver aberto.</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>Mensagem: %1.</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>A resposta diz que se foi de vez (410).</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>Encaminha para outro endereço (%1), que não é seguido.</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>Deve ser como %1.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>Fica anulado no Zoho Books e mantém o número.</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>Foi alterado aqui desde então, e isso ainda não saiu.</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>Foi alterado no Zoho Books desde então.</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>Foi excluído no Zoho Books. Inserido de novo seria outro registro, com outro histórico.</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>Foi excluído ou mesclado lá.</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>Foi entregue.</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>Foi desconectada.</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>Foi deixado como estava. O zbdesk olha de novo amanhã.</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>Foi deixado exatamente como está.</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>Foi procurado em %1.</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Foi procurado em %1. Entre de novo; o que já está aqui fica, e a sincronização continua dali.</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>Foi movido ou renomeado. Informe de novo o endereço da fonte.</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>Foi removido nesse meio-tempo.</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>Já foi revertida antes.</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Foi retirado no Zoho, ou substituído após 20 logins mais novos do mesmo usuário (%1). Entre de novo; o que está aqui fica, e a sincronização continua daí.</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>Caberia em %1: corrija a célula, ou a ordem do mapeamento.</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>O endereço não pode ser usado.</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>A resposta se perdeu; foi encontrado lá.</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>O conteúdo não foi guardado.</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>Os detalhes ainda não foram lidos. Abra-os e depois edite.</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>O arquivo, a pasta ou o disco é somente leitura para este usuário. Permita gravar ou escolha outra pasta de dados.</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>Seu ID ou segredo foi alterado ou excluído no console de API (%1). Conecte de novo com os novos; o que está aqui fica.</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>Últimas palavras: %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>O link não é um endereço https.</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>O nome não pode ser escrito como endereço da web.</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>O caminho contém sinais que lá precisam ser escritos de outra forma.</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>A solução diz o que fazer; `zbdesk problems` a mostra.</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>A assinatura é outra.</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>O teste ou o plano terminou. Renove-o no Zoho Books e depois conecte.</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>Mantenha local ou remote.</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>São conhecidos %1 e custom. É o final do endereço em que você abre o Zoho Books.</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>São conhecidos %1.</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>Retire /*! ... */.</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>Retire FOR UPDATE ou FOR SHARE: nada é alterado.</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>Retire tudo a partir do ponto de interrogação ou da cerquilha.</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>Retire o que vem depois do ponto de interrogação.</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>Faça a porta responder https, não http, com uma versão atual de TLS.</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>Faça o caminho /webhooks levar a http://127.0.0.1:%1, mantendo o caminho inteiro.</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>Faça o proxy repassar o cabeçalho X-Zoho-Webhook-Signature, e certifique-se de que o endereço leva a este computador.</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>Faça a consulta fornecer um só tipo, como com CAST(... AS INTEGER).</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>Faça o servidor enviar também os certificados intermediários.</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>Faça o túnel levar a http://127.0.0.1:%1, e certifique-se de que ele funciona.</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>A linha %1 não é um objeto.</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>A linha %1 não é JSON.</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>Linha %1, coluna %2: %3.</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>Faltam linhas no fim.</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>Veja-o em um navegador, que diz por quê.</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>Veja o contato, os itens, as contas e os impostos no Zoho Books, e indique outros aqui.</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>Veja de novo os números e depois decida.</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>Veja os pagamentos, também os que ainda não saíram.</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>Veja o registro no Zoho Books e corrija estes campos aqui ou lá.</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>Veja o nome do servidor e a rede.</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>Veja o túnel em Webhooks.</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>Veja-os em Saída e deixe passar exatamente estes, ou execute `zbdesk sync --allow-large`. Os limites estão em Configurações, em Antes de uma execução grande.</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>Veja no Zoho Books em Configurações, Automação, Logs de fluxo de trabalho, se as regras estão ligadas e se os 1.000 webhooks do dia se esgotaram.</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>Veja no Zoho Books se foram mesmo excluídos. Se sim, confirme; se não, verifique os direitos do usuário que entrou e sincronize de novo.</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>Veja se %1 funciona e leva a este computador.</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>Veja se %1 funciona, e se um firewall deixa entrar conexões.</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>Veja por que ele não os aceita e depois envie-os de novo: `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>Crie um novo canal e cole o endereço dele.</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>Crie um novo canal: talvez outra pessoa escute este, ou o relé esteja com problemas.</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>Faça disso uma view no banco de dados.</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>Crie-a, conecte a unidade, ou escolha outra nas configurações.</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>Marque o contato como ativo no Zoho Books, ou escolha outro.</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Marque o contato como ativo, aqui ou no Zoho Books; o documento sai então sozinho.</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>Marque o item como ativo no Zoho Books, ou escolha outro.</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Marque o item como ativo, aqui ou no Zoho Books; o documento sai então sozinho.</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>Corrija-a e veja a prévia. O banco de dados diz: %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>Corrija-o, ou mova-o para começar com os padrões.</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>Em vez disso, mescle os dois no Zoho Books.</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>Mescle-os no Zoho Books, ou dê ao registro daqui o e-mail do certo.</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>Ausentes desde o último arquivo deste nome (eles ficam): %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>No Zoho Books foi pago mais do que resultaria (%1). Fique com o lado do Zoho.</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>Mais de um</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>Mais de um: %1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>Mais de um %1 tem o %2 “%3”.</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>“%2” existe mais de uma vez (%1).</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>Provavelmente o segredo no Zoho Books é outro que não o daqui. Crie um novo segredo em Webhooks e cole-o no webhook do Zoho Books. Isto some com o primeiro evento correto.</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>Indique um arquivo: sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>Indique-o pelo identificador local, pelo identificador do Zoho, pelo número ou por SOURCE:ID.</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>Indique um pelo identificador do Zoho, ou escolha entre: %1.</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>Dê outro nome a uma delas, como com SELECT ... AS other_%1.</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>Indique um deles, ou um arquivo JSON com um mapeamento.</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>Indique o %1 pelo ID de origem ou pelo ID do Zoho, ou mescle os dois no Zoho Books.</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>Indique a coluna que diz quando uma linha foi alterada (ou o seu número crescente).</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>Indique o registro por um objeto com exatamente um de %1.</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>Indique o valor em vez disso, como :since.</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>Restrinja-a, ou dê um índice às colunas do WHERE. O que foi lido antes fica.</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>“%2” não existe (%1).</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>Sem resposta em %1 segundos.</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>Nenhuma chamada foi feita; a sincronização continua depois disso.</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>Nenhuma coluna distingue os documentos; mapeie uma para %1 ou para source_id.</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>Não há números anexados.</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>Nenhum túnel está configurado.</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>Ninguém respondeu sobre novas versões.</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>Nenhum está salvo ainda.</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>Nada responde em %1.</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>Nada mais pode ser feito com ele.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>Nada mais pode ser pago nele.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>Nada pode ser pago nele.</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>Nada nele diz o que é.</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>Nada se chama “%1” aqui.</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>Nada se perdeu. Uma nova tentativa ocorre sozinha; o log tem os detalhes.</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>Nada se perdeu. Inicie o zbdesk de novo; o log tem os detalhes.</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>Nada está em aberto em %1.</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>Nada foi pago, e não se conhece bloqueio do período (%1).</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>Nada é gravado no Zoho Books; este computador assume o que está lá.</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>Nada é gravado até alguém confirmar a organização: é outra que antes, ou mudou.</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>Nada mais é gravado até você permitir: a execução é maior que os limites das configurações.</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>Nada disso foi mantido. Tente de novo.</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>Nada a fazer se não houver rede; senão verifique o endereço.</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>Nada a fazer: ele é consultado de novo sozinho.</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>Nada a fazer: uma nova tentativa ocorre sozinha.</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>Nada foi consultado. O que está aqui fica.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Nada foi alterado.</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>Nada foi lido. O zbdesk tenta de novo na próxima execução.</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>Nada foi aproveitado.</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>Nada foi aproveitado.</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>Nada foi aproveitado. Restrinja-a com :since, ou aumente o limite de linhas da fonte.</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>Uma das partes escolhidas do Zoho Books não pode ser concedida a este cliente em %1. Escolha menos partes, ou crie o cliente no console de API do data center certo.</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>Um registro do Zoho só pode ser um documento.</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>Aqui se espera um valor para todos os documentos.</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>Aqui se espera um só valor, não uma lista nem um objeto.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>Abra-o na planilha e salve-o de novo, ou exporte-o outra vez.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>Abra-o na planilha, salve uma cópia sem senha e escolha essa cópia.</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>Abra-o no Zoho Books (%1) e exclua a entrada excedente. Uma resposta do Zoho se perdeu no caminho; isto some sozinho assim que restar uma.</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>Abra o período no Zoho Books em Configurações, Bloqueio de transações, ou altere a data.</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>Abra o registro no Zoho Books. É consultado de novo assim que mudar lá.</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>A organização %1 pertence a outro usuário ou outro data center. Conecte de novo e escolha a organização na lista.</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>Outros programas usam as portas %1.</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>Fora do horário escolhido em Configurações. Sincronizar agora roda mesmo assim.</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>Cole o endereço do canal, não o do site.</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>Cole o endereço final do canal.</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>Cole o endereço final, e faça o proxy passar /webhooks sem redirecionamento.</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>Em pausa até %1.</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>Em pausa.</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>Pagamentos e créditos que estavam nele ficam com o cliente como crédito.</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>O problema %1 não é sobre um nome nem sobre um registro ocupado.</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>Coloque :source_id nele, como UPDATE ... WHERE id = :source_id.</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>Coloque o nome depois do host: .../name.</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>Coloque a chave pública deste computador no servidor, e inicie o agente da chave se ela tiver uma frase secreta.</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>Aumente o limite do proxy ou do túnel.</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>Lido do Zoho Books: %1.</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>A leitura foi interrompida.</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>Remova-o primeiro para mudar o que ele recebe: `zbdesk webhooks targets remove`.</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>Remova o zbdesk em Zoho Accounts, Sessions, Connected Apps e entre de novo. Um cliente do tipo client-based (JavaScript) não serve; um server-based serve.</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>Renove-o no servidor ou no proxy; o Zoho Books também o recusa.</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>Repita o próprio evento: `zbdesk webhooks replay`.</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>Restaure %1 de um backup, ou conecte de novo; os registros deste computador ficam.</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>O reverse charge precisa de um imposto de reverse charge nas linhas.</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>A linha %1 do mesmo documento diz “%2”. Um número é um documento: corrija o número, ou iguale os dois.</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>Execução %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>Proxies SOCKS não são suportados.</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>Salve-o de novo com este nome.</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>Salve o texto de novo, como UTF-8 simples.</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>Salvos: %1.</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>Diga quanto do pagamento é para ele.</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>Diga onde começar, por exemplo 2026-01-01, ou 0 para um número.</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>Diga para qual é esta parte do pagamento (%1).</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>Diga qual campo tem qual valor: {“payment_mode”: “banktransfer”}.</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>Diga qual cabeçalho é qual campo: {“Invoice no”: “invoice_number”}.</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>Diga qual parte de %1 é, como %2.%3.</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>Veja Webhooks.</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>Veja `zbdesk problems meanings`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>Veja `zbdesk webhooks targets`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>Veja `zbdesk webhooks tunnel --help`, ou escolha outro.</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>Envie o %1 de novo como novo, ou indique outro neste registro; ele então sai sozinho.</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>Enviado ao Zoho Books: %1.</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Ponha em %1 a frase-senha com que foi criado. Para usar o chaveiro do sistema, remova %2 e conecte de novo; os registros deste computador ficam.</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>Acerte o relógio deste computador, ou do servidor que o emitiu.</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>Crie este %1 no Zoho Books, ou indique outro no documento.</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>Configurações alteradas (%1): %2.</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>Entre como alguém que possa abrir os livros da empresa no navegador, e verifique o data center (%1): é o final do endereço do seu Zoho Books.</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>Entre em dashboard.ngrok.com, copie o authtoken e informe-o ao ngrok, ou aqui em Webhooks.</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>Entre primeiro.</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>Saia deste computador e entre de novo, o que o reinicia, %1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>Alguém escolheu Reject, ou o usuário não pode conceder. Entre de novo e escolha Accept, com um usuário que tenha acesso à organização.</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>Algo entre este computador e o Zoho respondeu no lugar dele: um proxy, a página de login de uma rede ou a página de manutenção do Zoho. O zbdesk tenta de novo sozinho.</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>Algo que este registro indica não existe mais no Zoho Books.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>Algo inesperado aconteceu dentro do zbdesk.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>Algo inesperado aconteceu dentro do zbdesk. O que está aqui está seguro; o log tem os detalhes para um relatório.</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>Comece de novo; nada foi alterado.</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>Inicie o zbdesk, ou veja em Problemas por que o receptor não pôde iniciar.</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>O início junto com a sessão não pôde ser alterado.</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>Parado. O que foi lido até agora fica; a próxima sincronização continua daí.</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>Desligue o que reescreve requisições: um firewall de aplicações web, filtros JSON, ou um relé que interpreta os conteúdos.</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>Ligue o imposto sobre vendas no Zoho Books, Configurações, Impostos.</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>A sincronização terminou antes que isto pudesse ser gravado.</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>A sincronização não está em andamento, então isto não pode ser feito agora.</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>A sincronização parou por causa de uma falha no zbdesk.</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>Desfaça a ação aqui.</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>Retire o login ou o filtro para /webhooks: o Zoho Books não pode fazer login lá.</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>Retire o imposto desta linha de lançamento.</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>Começou a reversão da execução %1 de %2 UTC: %3 registros.</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>Aqui se espera texto.</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>Esse endereço está em uso por outro ngrok, talvez em outro computador. Encerre-o lá.</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>Aquele contato é um %1, este é um %2.</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>Aquele registro representa outro documento aqui.</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>Foram vários logins em pouco tempo.</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>Faltam: %1.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>Já foi pago no Zoho Books e não pode ser excluído (%1). Remova lá primeiro o pagamento.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>Já foi pago no Zoho Books e não pode ser anulado (%1). Remova lá primeiro o pagamento.</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Está em um período bloqueado do Zoho Books e não pode ser alterado lá (%1). Fique com o lado do Zoho.</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>Falta: %1.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>Está pago no Zoho Books, e não se pode calcular quanto resultaria (%1). Altere-o lá.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>Está pago no Zoho Books; o valor não pode mais mudar (%1). Fique com o lado do Zoho.</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>Está pago em parte, e a alteração deixa no lugar o que foi pago (%1).</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Está anulado no Zoho Books e não pode ser alterado lá (%1). Fique com o lado do Zoho.</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>O %1 “%2” nos documentos significa “%3” no Zoho Books.</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>O %1 “%2” foi excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>O endereço %1 não pode ser usado.</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>O endereço não indica o arquivo SQLite.</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>O endereço não indica o banco de dados.</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>O endereço tem a opção %1, que não é conhecida aqui.</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>O endereço não é usado agora.</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>O endereço leva a outro zbdesk, não a este.</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>O endereço de um arquivo SQLite não tem opções.</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>Falta o endereço do canal.</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>O endereço do banco de dados %1 não está mais no chaveiro.</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>O endereço do banco de dados não pode ser lido: o host ou a porta não estão escritos corretamente.</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>O endereço do banco de dados não diz qual tipo de servidor é.</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>O endereço do banco de dados contém uma quebra de linha ou um caractere de controle.</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>A resposta não veio do Zoho Books.</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>A resposta não tem %1. Nada foi alterado aqui; convém relatar.</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>O arquivo compactado não pôde ser salvo.</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>A linha do banco já está associada a outra conta.</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>A bateria está abaixo de %1 %. Sincronizar agora funciona mesmo assim.</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>O conteúdo da mensagem é alterado no caminho, então nenhuma assinatura pode estar certa.</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>O navegador precisa de uma delas para entregar o login. Feche o outro programa ou um segundo zbdesk, ou informe outra porta registrada como redirecionamento no console de API do Zoho.</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>O arquivo de certificado não pode ser usado.</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>O certificado de %1 %2.</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>A escolha não pode mais ser desfeita.</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>A escolha para %1 não pode ser executada.</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>O segredo do cliente está errado.</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>A coluna %1 contém tipos diferentes de valores, então não está claro onde começa a próxima execução.</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>A conexão caiu no fim. Um INSERT não é repetido sozinho; veja a tabela.</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>A conexão terminou antes da resposta do Zoho.</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>A conexão ou o Zoho está lento no momento. O zbdesk tenta de novo sozinho.</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>O contato deste documento está inativo no Zoho Books.</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>A moeda %1 não está configurada no Zoho Books.</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>O diretório de dados não pode ser usado.</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>O banco de dados %1 não aceita este nome de usuário e esta senha.</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>O banco de dados %1 não permite isto.</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>O banco de dados %1 não responde.</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>O banco de dados %1 está bloqueado por outro programa.</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>O banco de dados não pode ser gravado.</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>O banco de dados não executa a consulta.</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>O banco de dados fornece bytes aqui. Transforme-os em texto com CAST na consulta.</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>O banco de dados está danificado.</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>O banco de dados está em uso.</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>O banco de dados guarda este valor como fração binária. Arredonde-o na consulta, como com ROUND(x, 2).</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>O banco de dados foi criado por um zbdesk mais novo.</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>A empresa de demonstração não encontrou porta livre de %1 a %2.</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>O detalhe não pôde ser lido (%1): %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>O disco não pôde ser lido ou gravado.</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>Não foi possível gravar no disco.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>O disco está cheio.</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>Falta o número do documento: todo documento precisa de um.</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>O documento diz %1%2, suas linhas somam %3: %4 %5. O arredondamento não explica isso (%6). Corrija as linhas, o imposto ou o total.</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>A unidade pode estar desconectada, com defeito, ou ser uma pasta de rede que sumiu. Verifique e tente de novo.</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>O arquivo não pode ser lido: %1.</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>O primeiro caractere que não cabe é %1. Escolha outra codificação, ou salve o arquivo como UTF-8.</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>A primeira execução precisa de um valor para :since.</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>A pasta %1 não pode ser observada.</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>O cabeçalho “%1” não está na linha %2. %3 Corrija o arquivo ou o mapeamento.</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>O cabeçalho “%1” está sobre as colunas %2. Renomeie uma delas, ou indique a certa no mapeamento pela posição, como “#%3”.</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>O login guardado está danificado.</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>O arquivo de chave não pode ser usado. Escolha outro, ou torne-o legível só para você.</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>O chaveiro</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>O último passo foi desfeito e nada guardado antes se perdeu. Libere espaço e sincronize de novo.</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>A linha não diz para que é: informe um item ou um nome.</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>A linha foi alterada depois de gravada.</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>Os vínculos de %1 registros foram esquecidos.</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>A lista não termina (%1).</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>O receptor deste computador não responde na porta %1.</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>O receptor deste computador não responde.</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>O log não pode ser gravado.</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>O chaveiro do macOS</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>Falta o manual.</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>O mapeamento %1 não pode ser usado.</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>O mapeamento %1 da fonte %2 não existe mais.</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>O significado de “%1” foi desfeito.</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>Os módulos são: %1.</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>O nome %1 não é conhecido.</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>A próxima sincronização tenta de novo. Se persistir, veja a página de status do Zoho ou relate.</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>O número talvez já esteja ocupado, ou um registro indicado não pode ser usado aqui.</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>A organização fez mais chamadas em um minuto do que o Zoho permite; outros programas também contam.</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>As chamadas de hoje da organização acabaram.</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>O resultado de %1</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>Os resultados de %1 documentos</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>A frase-senha não abre o arquivo lacrado.</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>O pagamento aplica %1 a %2, onde há %3 em aberto.</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>O período termina antes de começar.</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>O período é maior que dez anos.</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>A porta está ocupada no servidor, ou o sshd dele não permite encaminhamento. Escolha outra porta.</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>A pessoa de contato principal tem outro valor (%1).</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>O programa %1 não está instalado.</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>O programa terminou antes desta passagem.</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>O proxy desta rede não deixa o teste sair.</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>O endereço do proxy não pode ser usado.</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>Falta o endereço público do túnel nomeado.</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>A consulta pede :since, e nenhuma coluna diz onde começa a próxima execução.</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>A consulta não começa com SELECT.</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>A consulta fornece mais de %1 linhas.</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>A consulta fornece duas colunas chamadas %1.</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>A consulta contém a palavra %1, que altera algo.</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>A consulta bloqueia o que lê.</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>A consulta não fornece mais a coluna %1.</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>A consulta não fornece mais as colunas %1.</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>A consulta levou mais de %1 segundos e foi interrompida.</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>A consulta foi interrompida.</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>A fila deste destino estava cheia.</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>O endereço de redirecionamento não está registrado para este cliente.</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>O relé não pode ser alcançado.</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>O relé não aceita a mensagem (%1).</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>O relé encerrou a transmissão.</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>O relé silenciou.</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>O relé está sendo consultado.</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>O relé está conectado.</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>O relé está com problemas (%1).</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>O relé não é consultado agora.</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>O relé repassa os eventos, mas os escreve de novo, então contam só como indícios.</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>O relé recusa o canal (%1).</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>O relé encaminha para outro endereço.</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>O relé aceitou a pergunta, e ela não saiu do canal.</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>O endereço do relé leva a uma página comum.</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>O resto fica para o que você mesmo faz; a sincronização em segundo plano continua após a meia-noite da organização.</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>A execução não pode ser revertida.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>A execução parou antes de gravar %1 %2 em %3: %4. É mais do que pode passar sem um olhar: %5. Nada foi gravado.</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>O zbdesk em execução não disse como foi o teste.</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>O arquivo lacrado não pode ser aberto.</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>O arquivo lacrado está em uso por outro programa.</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>O segredo deste destino não está no chaveiro: remova o destino e adicione-o de novo.</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>A conexão segura com o Zoho foi recusada por este computador.</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>O servidor deu outra resposta que não um aviso.</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>O servidor ainda não é conhecido aqui. Entre nele uma vez à mão com ssh e compare a chave.</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>O servidor não é o de antes. Pergunte a quem o administra; só então remova a chave antiga de known_hosts.</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>Falta o servidor ou o endereço público que leva à sua porta.</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>A configuração %1 deve ser %2.</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>As configurações não puderam ser salvas.</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>O arquivo de configurações não pode ser lido.</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>As configurações desta conexão não permitem isso no Zoho Books (%1: %2).</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>O login não pôde ser guardado.</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>O login não se completou.</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>O login não permite que o zbdesk configure webhooks.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>O login não inclui a permissão %1.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>O login não inclui a permissão para excluí-lo (%1).</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>O login não foi concluído.</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>O login no navegador não foi concluído a tempo.</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>O login está em um arquivo lacrado, e nenhuma frase-senha foi dada.</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>O login não está mais no chaveiro.</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>O login foi cancelado.</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>O login foi dirigido a um endereço que não é do Zoho.</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>A assinatura não chega, ou o receptor alcançado tem outro segredo.</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>O usuário que entrou não tem acesso a esta organização.</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>O usuário que entrou, ou as permissões dadas no login, não cobrem %1.</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>A planilha mostra %1 aqui: a fórmula falha. Corrija a fórmula, ou digite o valor.</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>O comando para gravar de volta não diz de qual documento se trata.</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>O comando para gravar de volta não tem WHERE.</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>O comando para gravar de volta contém a palavra %1.</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>O comando para gravar de volta não é um UPDATE nem um INSERT.</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>O comando tem mais de %1 caracteres.</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>O comando contém um caractere NUL.</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>O comando contém um comentário que o MySQL executa.</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>O comando contém um ponto de interrogação.</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>O comando está vazio.</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>O sistema diz: %1.</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>O sistema diz: %1. Tente de novo.</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>A tabela</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>O banco de dados da equipe não responde.</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>O túnel %1 não está totalmente configurado.</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>A função do usuário, o plano da organização ou as permissões dadas não cobrem isso. Pergunte ao administrador do Zoho Books, ou conecte de novo com esta parte incluída.</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>O caminho da internet até este computador está aberto.</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>O caminho até lá está fechado, ou é lento demais.</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>O caminho até este computador ainda não foi testado.</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>O receptor de webhooks deste zbdesk não responde.</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>Há look, make e vouch.</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>Há: %1.</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>Já existe uma fonte chamada %1.</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>Há mais de um comando.</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>Não há %1 com o %2 “%3”.</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>“%2” não está nos livros (%1).</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>Não há backup ao lado. Mova-o e conecte de novo: o Zoho Books ainda tem os registros.</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>Não há código no que foi colado.</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>Não há conflito %1.</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>Não há data center “%1”.</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>Não há banco de dados %1 entre as fontes.</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>Não há banco de dados em %1.</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>Não há problema dispensado %1.</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>Não há codificação “%1”; as usuais são utf-8, cp1252, cp1251, shift_jis, gb18030.</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>Não há evento %1 que possa ser repetido.</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>Não há taxa de câmbio para %1 no Zoho Books.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>Não há arquivo %1.</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>Não há pasta %1 para onde exportar.</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>Não há importação %1.</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>Não há chaveiro neste computador.</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>Ainda não há banco de dados local.</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>Não há mapeamento “%1”.</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>Não há módulo %1.</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>Não há problema aberto %1.</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>Não há problema %1.</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>Ainda não há endereço público.</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>Não há execução %1.</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>Não há lado %1.</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>Não há fonte %1.</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>Não há esse registro no Zoho Books.</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>Não há destino %1.</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>Não há token chamado %1.</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>Não há valor para :%1.</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>Não há nenhuma com este identificador: veja `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>Estes ainda estão no Zoho Books: %1. Remova-os lá em Configurações, Automação.</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>Estão em: %1. Indique uma delas no mapeamento como “sheet”.</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>São reconhecidos de outra forma; veja `zbdesk recognition`.</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>Este %1 está %2 vezes no Zoho Books.</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>Este %1 foi excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>Este endereço pertence a outro login.</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>Este endereço não pode ser usado.</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>Este valor tem dois sinais de menos; um basta.</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>Este valor está em %1, o documento em %2.</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>Este valor está mesclado nas linhas %1 a %2. Desfaça a mesclagem e escreva em cada linha o que lhe cabe.</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>Isto não pode ser salvo.</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>Este computador dormiu. A sincronização continua assim que o Zoho Books responder.</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>Este computador não está conectado ao Zoho Books.</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>Este computador usa uma conexão limitada. Sincronizar agora funciona mesmo assim.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>O relógio deste computador está %1 adiantado.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>O relógio deste computador está %1 atrasado.</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>O relógio deste computador está errado.</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>Esta conexão só lê, então isso não é possível no Zoho Books (%1: %2).</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Esta conexão só lê.</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>Este diretório de dados está em uso: %1.</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>Este banco de dados pertence a outro programa.</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>Isto não pertence a %1.</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>Esta fórmula nunca foi calculada, então o arquivo não tem valor para ela. Abra o arquivo na planilha, salve-o lá e importe-o de novo.</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>Isto mudou desde que o formulário foi aberto. Abra-o de novo para ver como está agora.</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>Esta importação não pode ser revertida.</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>É TRUE ou FALSE onde se espera um valor.</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>É uma data onde se espera um valor; talvez a planilha tenha transformado 3.4 em uma.</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>É uma porcentagem onde se espera um valor.</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>Agora é outra execução.</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>Não é um nome válido (%1).</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>Não é um número. Deixe-o de fora na consulta.</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>Não é um valor; escreva-o como 1234.50.</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>É notação científica, que perdeu dígitos. Formate a coluna como número.</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>Isto não indica nenhum registro.</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>Este número está também na linha %1. Dê a cada documento um número próprio, ou diga no mapeamento que várias linhas são um documento (row_per_line).</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>Esta organização está em uso agora.</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>Esta organização não é mais conhecida neste computador.</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>Este registro não existe no Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>Este registro já está excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>Este registro está excluído no Zoho Books.</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>Este registro já está no Zoho Books.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Este registro não está mais aqui.</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>Esta linha tem %1 valores sob %2 cabeçalhos: um deles contém o separador “%3” e não está entre aspas. Coloque-o entre aspas, ou salve o arquivo com outro separador.</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>Esta linha é separada por “%1” e os cabeçalhos por “%2”. Salve o arquivo inteiro com um só separador.</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>Esta execução ainda não terminou.</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>Esta execução não gravou nada no Zoho Books.</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>Este texto é longo demais para um valor.</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>Este usuário não tem organização no Zoho Books.</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>Costuma passar. Se persistir, verifique no Zoho se o usuário ainda tem acesso à organização.</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>Programas demais consultam esta organização ao mesmo tempo.</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>Logins ou renovações demais em pouco tempo. Tente de novo em %1 minutos; o login em si está em ordem.</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>Há duas moedas junto deste valor; uma basta.</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>http sem criptografia só é aceito neste computador (127.0.0.1, localhost).</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>Até lá, o zbdesk olha a cada %1 minutos.</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>Até lá, o zbdesk olha a cada %1 segundos.</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>Use .csv, .xlsx, .json, .jsonl ou .sqlite.</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>Use um público, como os do Let's Encrypt.</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>Use um de %1.</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>Espere %1 segundos antes do próximo: o Zoho bloqueia um usuário depois de muitos.</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>Espere a resposta e depois desfaça-o como uma nova alteração.</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>Espere a resposta.</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>Espere até que o programa que o grava termine, e tente de novo.</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>Chegam eventos de webhook com assinatura errada; eles são recusados.</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>Os webhooks não estão configurados.</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>Os webhooks chegam de novo. Faltaram por %1; %2 ao olhar, nada foi perdido.</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>Os webhooks chegam.</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>Os webhooks não podem chegar: a porta %1 está em uso por outro programa.</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>Os webhooks não chegam: %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>Os webhooks deixaram passar alterações, e nenhum chegou desde então.</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>O Zoho Books calcula o resultado quando chega lá.</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>O que foi encontrado sobre novas versões não é nosso.</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>O que estava salvo antes está intacto.</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>O que estava lá antes está intacto.</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>Sem ele, alteraria todas as linhas da tabela.</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>Grave um arquivo .csv, ou filtre primeiro. Nada foi gravado.</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>Escreva-a como 2026-11-20.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>Escreva-o como {"%1": {"%2": "..."}, "%3": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>Escreva-o como {"%1": {"number": "..."}, "amount_applied": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>Escreva-o como sqlite:///path/to/file.db, postgresql://user:password@host/name ou mysql://user:password@host/name.</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>Escreva um SELECT.</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>Escreva um UPDATE com :source_id no WHERE, ou um INSERT.</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>Escreva só um: um ponto e vírgula pode ficar no fim, em nenhum outro lugar.</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>Escreva sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>A gravação de volta atingiu %1 para o documento %2.</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX ou ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>Sua conta ngrok não permite um segundo agente. Encerre o outro, ou escolha outro túnel.</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>Seu próprio endereço é usado.</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>O Zoho (%1) respondeu “%2”. Tente de novo; se persistir, verifique ID do cliente, segredo e data center.</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>O Zoho (%1) conhece o ID do cliente, mas não com este segredo. Copie-o de novo do console de API; sem a opção para todos os data centers, cada um tem seu próprio segredo.</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>O Zoho Books já tem um registro com este %1.</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>O Zoho Books respondeu sobre %1 em uma forma que o zbdesk não conhece.</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>O Zoho Books pediu uma pausa até %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>O Zoho Books pede uma pausa até %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>O Zoho Books chega a %1, a origem diz %2.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>O Zoho Books não aceitou o modo de pedir %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>O Zoho Books não aceitou isto.</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>O Zoho Books não manteve o que foi enviado: %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>O Zoho Books ainda não o aceitou; uma nova tentativa ocorre na próxima sincronização.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>O Zoho Books não o aceitou: %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>O Zoho Books não permite acesso a %1.</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>O Zoho Books não permite isso a outros programas (%1: %2).</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>O Zoho Books falha cada vez que este %1 é enviado.</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>O Zoho Books está com uma falha no momento.</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>O Zoho Books tem mais de um %1 que poderia ser “%2”.</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>O Zoho Books não tem %1 “%2”.</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>O Zoho Books não tem a ação “%1” para %2.</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>O Zoho Books não tem taxa de câmbio para %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>O Zoho Books não tem esse %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>O Zoho Books não tem volta de %1 para %2.</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>O Zoho Books não tem nenhum para escolher.</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>O Zoho Books não disse se foi criado (%1 %2).</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>O Zoho Books contém outra coisa agora; está em Conflitos.</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>O Zoho Books mantém os dois separados.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>É preciso entrar de novo no Zoho Books.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>É preciso entrar de novo no Zoho Books. Nada foi consultado.</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>O Zoho não pôde ser alcançado.</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>O Zoho não aceitou o código.</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>O Zoho não respondeu em %1 segundos.</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>O Zoho não aceita login daí. Ajuste data, hora e fuso horário, de preferência automaticamente pela rede, e entre de novo.</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>O Zoho não concede as permissões pedidas.</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>O Zoho não conhece este ID de cliente.</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>O Zoho não deu permissão duradoura.</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>O Zoho não deu motivo.</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>O Zoho não aceita mais este login.</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>O Zoho não conhece mais este cliente.</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>O Zoho recusou um login que acabou de renovar.</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>O Zoho diz: %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>O Zoho diz: %1 (código %2). É uma falha do zbdesk; convém relatar.</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>O Zoho enviou a página %1 de novo como a seguinte. Nada mudou aqui por isso; ela é lida de novo na próxima passagem.</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>O Zoho não foi avisado. Encerre o login lá: %1, Sessions, Connected Apps.</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>A resposta do Zoho não contém o registro.</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>A resposta do Zoho foi uma falha que não diz se foi feito.</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>O certificado do Zoho não é aceito aqui. Verifique a data e a hora deste computador; em uma rede de empresa pergunte se o certificado dela precisa ser instalado.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>O servidor de login do Zoho pede uma pausa.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>O servidor de login do Zoho não deu resposta utilizável.</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>`zbdesk interface tokens` os lista.</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>`zbdesk runs` as lista.</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>`zbdesk sources` as lista.</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>`zbdesk webhooks events` lista o que está aqui; só eventos que indicam um registro podem ser vistos de novo.</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>um arquivo JSON (que `zbdesk put` aceita)</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>um documento PDF</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>um arquivo compactado</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>um banco de dados</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>uma lista de uma a dez portas entre 1024 e 65535</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>um número</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>uma imagem</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>um relé consultado</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>uma taxa</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>um relé smee, cujos eventos são apenas indícios</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>uma tabela</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>um documento de texto</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>uma página da web com nome de planilha</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>um número inteiro</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>sobre um campo que o zbdesk grava</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>um arquivo XML</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>uma conta</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>um valor</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>outro zbdesk</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>outro zbdesk (processo %1)</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>outro zbdesk (processo %1) desde %2 UTC</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>outro zbdesk desde %1 UTC</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>tudo o que pode ficar aqui</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both, pull ou push</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>byte %1 depois da linha %2</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>não pode estar certa: este relé reescreve os conteúdos</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>certificado válido</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>certificado válido até %1 %2 %3</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>alterado</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>vírgula</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>comentário</translation>
    </message>
    <message>
      <source>created</source>
      <translation>criado</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>cliente</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>dia-mês-ano</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>excluído</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>texto entre cifrões</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>cada parte deve ser um objeto.</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>termina em uma autoridade que não é pública</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>encontrado em %1</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>expirou</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>é para outro endereço</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>é para outro nome</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>é de uma autoridade não conhecida aqui</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>não é aceito</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>ainda não é válido</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>é autoassinado, o que o Zoho Books não aceita</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>não pode ser lido</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>não responde</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>não diz qual (%1).</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>não é PEM</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>não é TOML</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>não é texto UTF-8</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>não é confiável</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>precisa de um valor maior que zero.</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>não aceita a conexão</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>demorou demais</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>o endereço não tem uma porta utilizável</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>o endereço deve ser como http://proxy.example.com:8080</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>o seu status</translation>
    </message>
    <message>
      <source>less</source>
      <translation>a menos</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>linha %1</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>a linha %1 não é TOML</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>linha %1 de %2</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>linha por linha</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>linhas</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>linhas</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>vinculado</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local, remote ou ask</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>procurado pelo proxy</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>somente a memória deste processo</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>mês-dia-ano</translation>
    </message>
    <message>
      <source>more</source>
      <translation>a mais</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>nomes de fontes separados por vírgulas</translation>
    </message>
    <message>
      <source>new</source>
      <translation>novo</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>sem resposta; talvez haja um firewall no meio</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>sem conexão</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>nenhuma linha</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>nenhuma linha segura foi estabelecida</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>não é necessário neste computador</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nada</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>um de %1</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>ou defina %1 para guardar os segredos em um arquivo lacrado com uma frase secreta.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>ponto</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>porta %1, só este computador</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>JSON legível</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>linha legível</translation>
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
      <translation>arredondado no fim</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>status %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>imposto sobre a soma</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>imposto com todas as casas decimais</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>texto entre aspas</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>texto como %1</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>a conexão foi cortada</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>a entrada do chaveiro</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>o nome %1 não é conhecido</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>o novo campo</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>o proxy pede um login</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>o proxy não deixa passar (ele diz %1)</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>o proxy encerrou a conexão</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>o proxy recusa o nome ou a senha</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>o endereço de redirecionamento</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>o arquivo lacrado %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>o túnel</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>a janela do zbdesk</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>a janela do zbdesk (processo %1)</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>a janela do zbdesk (processo %1) desde %2 UTC</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>há um arquivo com esse nome</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>este próprio computador</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true ou false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>dois minutos</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>fornecedor</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>anulado</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>o que voltou não é resposta de um servidor web</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>com taxas arredondadas</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>ano-dia-mês</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>ano-mês-dia</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes ou no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>seu próprio endereço público</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>O zbdesk não pode gravar no seu diretório de dados.</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>O zbdesk não tem driver para %1 aqui.</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>O zbdesk está fechando, então a resposta não é mais esperada. Nada foi alterado.</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>O zbdesk guarda o login somente no chaveiro do sistema. Instale um (no Linux gnome-keyring ou KWallet) e entre de novo na área de trabalho, %1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>O zbdesk precisa dele para o login. Desbloqueie-o e escolha Tentar de novo; nada se perde enquanto isso.</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>“%1” já vai para %2; só uma coluna pode.</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>“%1” pode ser %2%3 ou %4.%5. Diga no mapeamento se o arquivo usa ponto ou vírgula decimal.</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>“%1” pode ser %2. Diga no mapeamento em que ordem o arquivo escreve dia, mês e ano.</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>“%1” não pode ser preenchido a partir de uma coluna.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>“%1” não combina com o separador decimal %2: os milhares não estão de três em três. Corrija-o, ou diga que o separador decimal do arquivo é %3.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>“%1” não combina com o separador decimal %2; o do arquivo talvez seja %3.</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>“%1” não diz qual dos números é o ano. Escreva o ano com quatro dígitos.</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>“%1” tem uma parte a mais: %2 é um só valor.</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>“%1” perdeu os últimos dígitos em uma planilha. Formate a coluna como texto, digite-o de novo e salve o arquivo.</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>“%1” tem mais de %2 casas decimais ou é grande demais.</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>“%1” tem mais de um separador decimal (%2).</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>“%1” tem mais de seis casas decimais ou é grande demais.</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>“%1” não tem significado próprio.</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>“%1” tem o ano %2 do calendário budista. Escreva-o como %3 e importe de novo.</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>“%1” tem o ano %2. Corrija a célula.</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>“%1” é uma data sem separadores. Diga no mapeamento em que ordem o arquivo a escreve.</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>“%1” é um número onde se espera uma data. Formate a coluna como data.</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>“%1” é o número do dia de uma planilha. Formate a coluna como data e salve o arquivo de novo.</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>“%1” não é verdadeiro nem falso.</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>“%1” não é sim nem não.</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>“%1” não é um código de moeda; escreva-o como EUR.</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>“%1” não é uma moeda. Escreva o código, como EUR.</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>“%1” não é um campo personalizado; escreva-o como custom_fields.cf_region.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>“%1” não é uma data na ordem %2.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>“%1” não é uma data na ordem %2. Corrija a célula.</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>“%1” não é o nome de um campo.</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>“%1” não é uma data; escreva-a como 2026-11-20.</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>“%1” não é uma porcentagem entre 0 % e 100 %.</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>“%1” não é um valor; escreva-o como 1234.50.</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>“%1” não é.</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>“%1” é o sinal de várias moedas. Escreva o código, como USD.</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>“%1” deve ser maior que zero.</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>“%1” não indica nenhum registro; termine com um de %2.</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>&amp;Criar</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>Um módulo se marca sozinho na lista quando seu primeiro evento está aqui.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>Criando no Zoho Books…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>Removendo no Zoho Books…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>À &amp;mão…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
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
      <translation>Remo&amp;ver o que foi criado</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>Configurar webhooks no Zoho Books?</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>O motivo está ao lado de cada um; tudo pode ser feito à mão.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>Falta ao login a permissão ZohoBooks.settings.CREATE. Faça à mão, ou conecte de novo.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>Falta ao login a permissão ZohoBooks.settings.DELETE.</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>Isto é uma tentativa: o Zoho documenta as chamadas, mas não todas as suas palavras. Para cada módulo são criados um webhook e uma regra para alterações, e um par para exclusões. O que falhar é dito e pode ser feito à mão.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>O que aconteceu com ele</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>O que acontece</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>O que é criado no Zoho Books</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Por quê</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>um webhook e uma regra são criados</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>alterações</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>exclusões</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>está lá</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>é tentado; o Zoho pode recusar</translation>
    </message>
    <message>
      <source>made</source>
      <translation>criado</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>não tentado</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>recusado</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>removido</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>já estava lá</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>Cota de chamadas</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Conexões</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>Dados e logs</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exportações e programas</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>Idioma e aparência</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>Módulos e direção</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Rede</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notificações</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Privacidade</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>Limites de segurança</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Sincronizando</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>Janela e bandeja</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>Encontrar um ajuste</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>Grupos de ajustes</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>Nenhum ajuste tem estas palavras.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configurações</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>%1 continuam na hora: %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>&amp;No Zoho Books é</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>&amp;Usar</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>&amp;Usar para %1</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Escolha um.</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>Fica lembrado e vale para todo documento que usa este nome.</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>Já está resolvido.</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>Vincular a ele</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>Nada atende ao que você digitou.</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>Lendo o que o Zoho Books tem…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>Dizer o que significa</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>Este registro é unido a ele e assume o que o Zoho Books tem.</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>Digite para encontrar</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>O que o Zoho Books tem</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>Qual %1 do Zoho Books é “%2”?</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>O Zoho Books não tem nenhum; crie-o lá primeiro.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>e mais %1</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation>Mais %1 seguem quando estes estiverem resolvidos.</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>V&amp;írgula: %1</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>&amp;Dia primeiro</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>&amp;Mês primeiro</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>&amp;Ponto: %1</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>&amp;Ano primeiro</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>Datas: %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>Dia primeiro</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>Sinal decimal: %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>Quanto é %1?</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>Deixá-los &amp;esperar</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>Corri&amp;gir</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>Corrija cada um abaixo, ou deixe seus documentos esperarem neste computador até os nomes existirem.</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>Mês primeiro</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>Nomes que não estão nos livros esperam</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>Nada. Cada linha pode ser importada como está.</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>Linha %1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>Linha %1 e mais %2</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>Linhas como %1 só podem ser %2, mas o zbdesk não adivinha datas.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Mostrar</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Desfazer</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>Aceitar “%1”</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>O arquivo não diz se seu sinal decimal é ponto ou vírgula.</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>O arquivo não diz. Uma resposta vale para todas as suas datas.</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>A resolver aqui</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>O que há a resolver aparece aqui depois que as linhas foram verificadas.</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>O que deveria ser</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>Que dia é %1?</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>Ano primeiro</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>verificando…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>vírgula</translation>
    </message>
    <message>
      <source>point</source>
      <translation>ponto</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>Datado</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Datas que dependem do relógio</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>Dia em UTC</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>Dia da organização</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>Dia deste computador</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Feito em</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Registro</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>Os dias estão em um mesmo mês.</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>Os dias estão em dois meses.</translation>
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Este servidor não tem páginas web para seus registros.</translation>
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
      <translation>Em</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>O que você informa é mantido se fechar esta janela. O segredo do cliente é pedido de novo.</translation>
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
      <translation>&amp;Aprovar…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>Um arquivo com a lista de verificação, os totais dos dois lados e seu hash é gravado para %1.</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>Informe o nome da pessoa que aprova.</translation>
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
      <translation>Nada é alterado no Zoho Books.</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>Aprovar</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>Aprovar %1?</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>Estes pontos estão em aberto e serão gravados como abertos:</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>Seu no&amp;me</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Seu nome</translation>
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
      <translation>%1, aberta às %2</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>&amp;Abrir de novo</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>Ac&amp;eitar</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>Uma página do Zoho abriu no seu navegador. Entre lá e escolha Accept, depois volte aqui.</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>En&amp;dereço ou código do navegador</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>Cancelar login</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>Escolha Copiar link e abra-o em um navegador seu, neste computador.</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>Copiar &amp;link</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>Copie o link abaixo e abra-o</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>Trocando o código</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>Até onde foi o login</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>Se outro navegador tem seu login do Zoho, copie o link e abra-o lá. Se o navegador disser que não alcança localhost, copie o endereço inteiro daquela página e escolha Colar código.</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>Se o navegador disser que não alcança localhost, use Colar código.</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>Terminou aqui</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>A seguir, sozinho</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>Nenhum navegador pôde ser aberto.</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>Nada aconteceu no navegador?</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>Abrindo a página de login</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>Colar &amp;código…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Lendo suas organizações</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>Entre no Zoho no seu navegador</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>Entrar com o código</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>Assumindo o login</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>O código está pronto</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>A página de login está aberta</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>A página de login está pronta</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>A página de login foi aberta de novo</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>O endereço inteiro da página que não pôde ser alcançada, ou só o código.</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>Esta página continua sozinha após o login.</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>Tempo restante</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>Tempo restante:</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>Tempo restante: %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>Tentar de &amp;novo</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>Tente de novo, ou volte e mude algo.</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>Esperar 10 &amp;minutos a partir de agora</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>Esperando você escolher Accept</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>Você escolheu Accept</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>A página do Zoho lista o que o zbdesk pede. Escolha lá Accept; a página diz então que você pode voltar.

Um navegador em outro computador não alcança este. Copie o endereço que ele não pôde abrir e cole-o aqui, ou volte e entre com um código.</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>O zbdesk troca o código no Zoho; leva alguns segundos.</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>O zbdesk escuta em %1 neste computador</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>%1 como estavam</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 alterados</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 faltando</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 novos</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>%1 recusados</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>Todos os que atendem em %1</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Comandos</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>Banco de dados</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Feito</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Falhou</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ajuda</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>Em ordem</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>Ainda não executado</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Páginas</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pausado</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>Revertida</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Configurações</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>Alguns recusados</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Parado</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>Em andamento</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>Pasta observada</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>a cada %n minuto</numerusform>
        <numerusform>a cada %n minutos</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>mapeamento %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>nenhum arquivo com linha ruim</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>agora não</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>só quando você disser</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>só lê</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>grava de volta</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1 origens leem com ele; falham até que seja salvo de novo com este nome.</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>&amp;Remover o banco de dados</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>&amp;Remover o mapeamento</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>&amp;Revogar o token</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>&amp;Parar de observar</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>Arquivos postos lá não são mais importados. A pasta e seus arquivos ficam, também os de done e failed; o que veio dela fica.</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>Não é mais consultado, e seu endereço é excluído do chaveiro. Nada é alterado no banco de dados; o que veio dele fica. Adicionado de novo, é lido do início.</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>Remover o banco de dados %1?</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>Remover o mapeamento %1?</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>Revogar o token %1?</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>Parar de observar %1?</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>O programa que o usa é recusado na hora. O que ele trouxe fica. Um token revogado nunca mais abre.</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>O que foi importado com ele fica.</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1 continua.</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>%1 está sendo lido…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1 está em pausa.</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>%1 foi removido; o que veio dele fica.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Continuar</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>Uma pasta observada pega os arquivos que outro programa põe lá; um banco de dados é consultado sozinho.</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>Edi&amp;tar…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>É procurado de novo sozinho.</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Última execução</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>Nenhuma pasta é observada, nenhum banco de dados é consultado.</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>Nada novo.</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>Pausar &amp;origem</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>Re&amp;mover…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Recusado</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>E&amp;xecutar agora</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Executando</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situação</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aceito</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>Observar uma pasta…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>Pastas observadas e bancos de dados</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>O que disse</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Onde</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>&amp;Adicionar um banco de dados…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>&amp;Importar um arquivo…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exportações e programas</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>Pastas e bancos de dados</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>Mapeamentos</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Importações anteriores</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Origens</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>Observar uma pa&amp;sta…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>De onde vêm os documentos e para onde vão sozinhos</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>Qual parte</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>Bateria</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>Bateria abaixo de</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>Baixa é abaixo de</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Rede</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>Pausar sozinho</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>O motivo aparece então no pé da janela; Sincronizar agora roda uma vez mesmo assim.</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>em uma conexão limitada</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>quando a bateria está baixa</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Alterar</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>Com &amp;que frequência</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Nome</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>&amp;Consulta</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>&amp;Testar e ver</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>&amp;Gravar de volta número, status e valor pago</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(opcional)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>En&amp;dereço</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation>Adicionar um banco de dados</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>&amp;Adicionar o banco de dados</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Endereço</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Salvando…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>Alterar o banco de dados</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>Coluna para :&amp;since</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>Coluna para :since</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>Informe o endereço do banco de dados.</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>A cada %1 horas</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>A cada %1 minutos</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>A cada hora</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>Primeiro &amp;valor de :since</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>Primeiras linhas da consulta</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>Primeiro valor de :since</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>Dê um nome ao banco de dados.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Com que frequência</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nome</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>Agora %1. Deixe vazio para manter.</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>Um SELECT. Com :since nele, só o que mudou desde a última execução é lido.</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>Um UPDATE com :source_id, e :number, :status, :paid, :total ou :remote_id.</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>Uma consulta é feita em uma conexão que só lê. Experimente antes de guardar.</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>Só quando eu disser</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>Consulta</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>Os registros o lembram como sua procedência; não pode ser mudado depois.</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite, PostgreSQL, MySQL ou MariaDB. É guardado no chaveiro.</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>Instrução para gravar de &amp;volta</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>Instrução para gravar de volta</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>A coluna da consulta que diz quando uma linha mudou, ou seu número crescente.</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>A conexão funciona. Primeiras %1 linhas. %2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>O banco de dados está sendo consultado…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>Escreva a consulta.</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>Al&amp;terar…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>Os registros escolhidos são gravados em uma pasta de tantas em tantas horas, para relatórios e outros programas.</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>E&amp;xportar agora</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>A cada %1 horas em %2</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exportações e programas</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>Última gravação %1</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Interface local</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>Nenhum token foi criado: ninguém entra.</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>Nem tudo pôde ser gravado.</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>Ainda não gravado</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Desligado</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>Ligado também para outros computadores, na porta %1</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>Ligado, na porta %1</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>Programas deste computador podem entregar documentos e perguntar o que aconteceu com eles.</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Exportação programada</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>Con&amp;figurar…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>Configurar e to&amp;kens…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>A exportação está gravada.</translation>
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
      <translation>%1; uma versão mais nova foi anunciada, ainda não confirmada</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Ativo</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>Em verificação</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Conflito</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>Excluído lá</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>Do Zoho Books</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>Nos dois</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>Saindo agora</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>Precisa de login</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Não conectado</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>Offline</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>Offline desde {time}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pausado</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>Pausado até {time}</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problema</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>Parado por um erro</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Sincronizando</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>Espera para sair</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1, em ordem às %2</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Lendo…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>Parando; o que está aqui fica</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Sincronizando</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>Sincronizando %1, %2 aqui</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>Sincronizando %1, %2 de %3</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>Chamadas ao Zoho Books hoje {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>Chamadas ao Zoho Books hoje {used} de {limit}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>recomeça {time}</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>Aceito</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Ativo</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>Adicionado à mão</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>Aprovado</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Faturável</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>Faturado</translation>
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
      <translation>Fechado</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>Confirmado</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>Recusado</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>Rascunho</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>Expirado</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>Inativo</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Faturado</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>Conciliado</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>Não faturável</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>Não faturado</translation>
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
      <translation>Paga</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>Faturada em parte</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>Faturado em parte</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>Paga em parte</translation>
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
      <translation>Parado</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>Não categorizado</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>Não paga</translation>
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
      <translation>Espera aprovação</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Passo %1 de %2: %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Passo %1 de %2: %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>%1 chamadas</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n dia</numerusform>
        <numerusform>%n dias</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation>Antes de começar</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Chamadas</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>Chamadas das %1 de hoje</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>Excluir no Zoho Books</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Itens de linha</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>Nenhum documento duas vezes</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>Nada durante a primeira sincronização. Depois só o que você importar, informar ou liberar aqui.</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>Nada. A direção é somente leitura; você pode mudar depois em Configurações.</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>Registros em %n módulo</numerusform>
        <numerusform>Registros em %n módulos</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>Será lido</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>Será gravado</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>cerca de %n hora</numerusform>
        <numerusform>cerca de %n horas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>cerca de %n minuto</numerusform>
        <numerusform>cerca de %n minutos</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>pelo menos</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>menos de um minuto</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nunca</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>O zbdesk procura o que enviou antes de repetir qualquer coisa: por um campo em que o Zoho Books recusa duplicados, onde houver; senão por seu próprio número, o endereço de e-mail ou uma referência. Configurações mostra qual e oferece criar o campo.</translation>
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
      <translation>&amp;Colunas…</translation>
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
      <translation>Mais &amp;estreita</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>Ordem e lar&amp;guras…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>&amp;Imprimir registro…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>Mais &amp;larga</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>Escolha primeiro um registro.</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>Copiar li&amp;nhas</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Copiar sem &amp;títulos</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>De&amp;talhes</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Abrir no &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>Ordenar &amp;decrescente</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>Ordenar c&amp;rescente</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>%1 ficam: foram editados desde então, ou uma importação anterior os criou.</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>&amp;Reverter %1 documentos</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fechar</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>No Zoho Books, com a próxima sincronização: %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>Não pode ser revertida agora: %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>Nada dela pode ser revertido.</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>Neste computador: %1 são removidos, %2 ficam como antes.</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>Registros desta importação que já saíram</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>Reverter a importação de %1?</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>Revertido: %1 removidos, %2 como antes.</translation>
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
      <translation>%1 gravados em %2.</translation>
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
      <translation>Parado. Nada foi gravado.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>Gravando %1…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>%1 não recebe mais nada. O que espera aqui por ele é descartado, e seu segredo é esquecido.</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>&amp;Endereço</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Manter</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>A&amp;dicionar</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Guardando…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>Alterar o que é repassado</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>Alterações</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;iar</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Copie o segredo agora</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Exclusões</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Feito</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>Para outra coisa, adicione um destino próprio.</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>Ele assina o que é enviado lá (X-Zbdesk-Signature). Não é mostrado de novo.</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>Só estes eventos; nenhum escolhido significa todos</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>Só estes módulos; nenhum escolhido significa todos</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>Assim outros sistemas seus não precisam de túnel. O que não aceitam espera aqui e é tentado de novo.</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>Repassar eventos a outro endereço</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>Não repassar mais nada lá?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Segredo</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>Segredo deste destino</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>O evento como veio (só com assinatura certa)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>O registro, como o Zoho Books o mostrou depois do evento</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>O destino foi adicionado. Copie seu segredo agora.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Isto é necessário.</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>O que r&amp;ecebe</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>O que recebe</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>http é permitido neste computador e na sua própria rede.</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>Nada se perdeu. O log diz mais; tente este passo de novo.</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>O zbdesk encontrou uma falha própria.</translation>
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>Moeda</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Diferença</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Aqui</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>Módulo e período</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Registros no Zoho Books</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Registros neste computador</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation>Seu valor no Zoho Books</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>Seu valor neste computador</translation>
    </message>
    <message>
      <source>There</source>
      <translation>Lá</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>Este computador menos Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Conferência</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>Valor aqui</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>Valor lá</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>O que difere</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>e mais %1: estão nos arquivos</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>igual</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>não conhecido</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>não nomeada</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>Nenhum destes documentos tem valor.</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>Totais por moeda</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>%n espera por você</numerusform>
        <numerusform>%n esperam por você</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>, último sucesso %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>em ordem</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>em ordem, consultado %1</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>entrar de novo</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>parado por um erro</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>sincronizando</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>sincronizando, %1 aqui</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>sincronizando, %1 de %2</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk: não conectado ao Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>Todos os arquivos (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>Confiar também em</translation>
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
      <translation>Escolher um arqui&amp;vo…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>Arquivo com mais certificados</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>Os certificados em que este computador confia sempre contam. Um arquivo PEM aqui soma-se a eles, para um proxy que examina o tráfego.</translation>
    </message>
    <message>
      <source>none</source>
      <translation>nenhum</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>Agora não</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>O administrador deste computador desativou isto.</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>Esta compilação não procura atualizações.</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>O que há de novo</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>Você tem %1. Nada é baixado sozinho.</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>O zbdesk %1 está disponível.</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>&amp;Em um arquivo criptografado</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Olhar de novo</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>&amp;Digite uma frase-senha</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>Um chaveiro pertence à área de trabalho: Credential Manager no Windows, Chaves no macOS, GNOME Keyring ou KWallet no Linux. O zbdesk guarda segredos lá e em nenhum outro lugar.

Onde não há, um arquivo criptografado é o outro caminho. Sua frase-senha nunca é guardada.</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>Um arquivo lacrado do zbdesk já está neste computador. Informe a frase-senha com que foi criado.</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>Escolha Olhar de novo quando o chaveiro estiver disponível.</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>Informe uma frase-senha de oito sinais ou mais para continuar.</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>Informe a frase-senha para continuar.</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>Razoável. Outra palavra a torna forte.</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>No &amp;chaveiro deste computador</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>No Linux instale gnome-keyring ou KWallet e entre de novo na sessão, ou desbloqueie o chaveiro.</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>Forte.</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>O arquivo é lacrado com uma frase-senha que você informa ao iniciar o zbdesk. Sem ela ninguém pode ler o login; esquecida, é preciso entrar de novo; nenhum registro se perde.</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>O lugar está sendo testado.</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>&amp;A mesma de novo</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>As duas diferem. Digite a mesma nas duas.</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>Curta demais: oito sinais ou mais; quatro palavras são fáceis de lembrar.</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>Digite a frase-senha uma segunda vez para continuar.</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>Fraca: acrescente outra palavra.</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>Onde o login pode ser guardado?</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>O zbdesk não encontrou um chaveiro que possa usar; escolha como o segredo e o login são protegidos.</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1 (abre primeiro)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>&amp;Excluir “%1”</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Nome</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>A&amp;brir a tabela com ela</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>Re&amp;nomear “%1”…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>&amp;Salvar</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>Sal&amp;var como…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>Uma visão precisa de um nome.</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>Todos os registros</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>Renomear esta visão</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>Salvar al&amp;terações em “%1”</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>Salvar esta visão</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>Visões salvas</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>Visões salvas: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Ainda a pagar</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>Já há uma visão com esse nome. Escolha outro, ou salve as alterações naquela.</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>V&amp;isões</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>A visão “%1” foi excluída.</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>A visão “%1” foi salva.</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>Escolher</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>Escolha o que é lido, e com que frequência</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>Tudo funciona sem mouse</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Ajuda</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>Veja os %1 %2 que estão aqui</translation>
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
      <translation>Os registros aparecem página por página</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>Ver as teclas</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>Ordenação e filtros funcionam no que está aqui</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>O que está desligado não custa chamadas</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>Enquanto você espera</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>Mostrar tudo</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>&amp;Sumiram…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>Espera por você</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>&amp;Arquivo de chave (opcional)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>&amp;Nome de um túnel com nome (opcional)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>&amp;Porta a abrir lá</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>&amp;Usar este caminho</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>&amp;Caminho</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>Uma mensagem forjada é recusada pela assinatura.</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>Um túnel com nome tem endereço público: informe-o.</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>Uma porta é um número de 0 a 65535; 0 deixa o servidor escolher.</translation>
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
      <translation>O Cloudflare termina a linha https e pode ler as mensagens. O token é guardado no chaveiro.</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>Vazio: é procurado no caminho de busca.</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>Todo caminho termina no mesmo receptor, que só este computador alcança e que verifica cada assinatura.</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>Para uma rede que não deixa nada entrar e onde nenhum programa pode ser instalado. É preciso confiar no relé.</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>Encontrado: %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>Do painel do Cloudflare. Sem ele, o endereço muda a cada início. Vazio mantém o atual.</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>Do painel do ngrok; versão 3.16 ou mais nova. Vazio mantém o atual.</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>Como o Zoho Books chega a este computador?</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>Não está neste computador. Instale-o do Cloudflare (developers.cloudflare.com, Downloads) e abra isto de novo, ou diga abaixo onde está.</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>Não está neste computador. Instale-o do ngrok (ngrok.com, Download) e abra isto de novo, ou diga abaixo onde está.</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>Seu &amp;endereço público</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>T&amp;ipo de relé</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>Mantém as mensagens como são (assinaturas valem)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>Tipo de relé</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>Faça o caminho /webhooks/ levar à porta %1 deste computador, com o caminho mantido e o conteúdo intacto.</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>Meu próprio endereço (servidor web, proxy ou túnel de que alguém cuida)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>Ninguém além do seu servidor vê as mensagens.</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>Nenhum: as alterações vêm por consulta</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>Nada alcança este computador.</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>Nada leva até aqui. O zbdesk consulta no intervalo escolhido, e nada se perde.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Nada foi alterado.</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>&amp;Endereço público</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>&amp;Endereço público que leva a ele</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>Relé de busca: o zbdesk busca, nada precisa alcançar este computador</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>Endereço rese&amp;rvado (opcional)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>&amp;Servidor</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>Entre lá uma vez à mão, para que sua chave seja conhecida aqui: nunca se confia em um servidor desconhecido.</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>T&amp;oken</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>T&amp;oken do túnel (opcional)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>O relé pode ler as mensagens. Um relé como smee as escreve de novo: nenhuma assinatura vale, quem conhece o canal pode enviar, e os eventos só fazem o zbdesk ler o registro de novo.</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>Os ajustes não puderam ser gravados.</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>Não há ssh neste computador. Vem com o Windows como recurso opcional (OpenSSH Client), e com todo Linux e macOS.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Isto é necessário.</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>Caminho</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>O que protege</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>Do que este caminho precisa</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>Onde está o progra&amp;ma (opcional)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>Quem cuida do endereço pode ler as mensagens onde a linha https termina.</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>Você tem um endereço https público. O zbdesk só o anota; quem cuida dele faz com que leve até aqui.</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared, iniciado pelo zbdesk</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>O ngrok termina a linha https e pode ler as mensagens. O token é guardado no chaveiro.</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok, iniciado pelo zbdesk</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.io e semelhantes (nenhuma assinatura vale)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>ssh para um servidor meu, iniciado pelo zbdesk</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>O zbdesk mantém aberta uma conexão SSH que encaminha uma porta. O servidor web do servidor leva /webhooks/ a ela.</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>O zbdesk inicia o programa, observa, reinicia quando termina e para ao sair.</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>%1 de %2 alterações perdidas, últimos 7 dias</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>%1 de %2 do Zoho por dia</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, próxima às %2</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>%n não pôde ser feito</numerusform>
        <numerusform>%n não puderam ser feitos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>%n entrega é enviada de novo</numerusform>
        <numerusform>%n entregas são enviadas de novo</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>%n feito</numerusform>
        <numerusform>%n feitos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>%n evento lido de novo</numerusform>
        <numerusform>%n eventos lidos de novo</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>%n tentativa</numerusform>
        <numerusform>%n tentativas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>%n recusado</numerusform>
        <numerusform>%n recusados</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>Outra organização</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Mudar o segredo…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>Alterações são perdidas</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>As alterações chegam, normalmente em %1</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Desistido</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>Sumiu no Zoho Books</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>Guardado: não nomeia registro</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>Olhar as entregas</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>Olhar o caminho</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>O módulo não é sincronizado</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>Não nomeia registro</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>Nem aqui nem no Zoho Books</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>Nem aqui nem lá</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>Novo aqui</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>Novo aqui após %1</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>Não configurado</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>O Zoho Books não mostra</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>Nada chegou hoje</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>Nome público</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>Posto de lado: outra organização</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>Posto de lado: este módulo não é sincronizado</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Ler de novo</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>Lido de novo após %1</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>Lendo o registro do Zoho Books</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>Linha segura</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Assinatura</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aceito</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>Testar o caminho</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Este computador</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>Túnel</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Desconhecido</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Espera</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>Espera um login</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>Espera o fim da pausa</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>Espera o fim da sincronização</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>Espera o primeiro evento</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>Espera a rede</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>Espera até o Zoho Books permitir mais chamadas</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>Já estava aqui</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>Os webhooks não passam</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>Webhooks: %1 falha</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>Webhooks: as cinco partes do caminho estão em ordem</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>O Zoho Books não mostra este registro</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>O Zoho Books não respondeu; perguntado de novo</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>veio %1 vezes, guardado uma</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>falhou %n vez</numerusform>
        <numerusform>falhou %n vezes</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>falha</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>em %1 ms</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>em ordem</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>ainda sem alterações para comparar</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>sem assinatura</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>não testado</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>relé de busca</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>repetido</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>segredo de %1</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>seu próprio endereço</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>Testar o &amp;caminho agora</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Mudar o segredo…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>As alterações vêm a cada %1 min. Com webhooks vêm em segundos.</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>Escolher outro caminho…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>Escolha como o Zoho Books chega a este computador, crie um segredo e configure os módulos lá.</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>Escolher o caminho…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>Escolhido. É adotado em segundos e depois testado.</translation>
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
      <translation>Seus eventos são indícios que só fazem o zbdesk ler o registro de novo. Nunca use um público para livros reais.</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Abrir configurações</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>Repassado a</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Testando…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>O teste não deu resultado. Teste mais uma vez.</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>Este relé escreve as mensagens de novo, então nenhuma assinatura pode valer.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Tentar de novo</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>Até ser corrigido, o zbdesk consulta a cada %1 min, desde %2; nada se perde.</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>O que é listado</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>O que colar e onde…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · %2 recusados até agora</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>As alterações vêm por consulta. Com webhooks vêm em segundos.</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>Verificar todas as partes</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>Configurar webhooks</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>Webhooks hoje</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>chegaram</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>falham</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>o último %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>perdem alterações</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>perdidos, comparado com a consulta</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>normalmente aqui em %1</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>espera o primeiro evento</translation>
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>Ajuda</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation>Nada é gravado no Zoho Books antes de você concordar na última página.</translation>
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
      <translation>&amp;Conectar a empresa de demonstração</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>&amp;Dar uma olhada com a empresa de demonstração</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>Um ID de cliente e um segredo de cliente do console de API do Zoho</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>Conectar Zoho Books leva você por cinco páginas: data center, ID e segredo do cliente, login, organização e o que sincronizar. Nada é guardado e nada é lido antes da última.

A empresa de demonstração é um pequeno Zoho Books neste computador. Não precisa de conta, e nenhum de seus registros chega perto dos seus.</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>Por exemplo books.zoho.in. Indica qual data center guarda seus livros.</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>Continuar &amp;conectando</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>Tenha isto à mão</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>Nada</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>Um clique na página de login</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>O endereço do seu Zoho Books</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>A empresa de demonstração roda só neste computador. Servidor e cliente estão preenchidos.</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>Você pode criá-los no caminho: as próximas páginas mostram onde, e o que colar.</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>Você entra na página do Zoho no seu navegador. O zbdesk nunca vê sua senha.</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>Seu navegador a abre, como abriria a página do Zoho.</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>Seu próprio login do Zoho</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>Seus registros e o Zoho Books, sempre iguais</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>O zbdesk põe uma vez no Zoho Books o que sua empresa emite, e traz a este computador o que muda lá. Você conecta em cerca de cinco minutos.</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>Mais %1 &amp;módulos, todos desligados</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>mais %1 chamadas, mais novos primeiro</translation>
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
      <translation>&amp;Itens de linha de tudo</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>Todos os módulos estão contados</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>Nos dois senti&amp;dos</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>Escolha pelo menos um módulo para continuar.</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>Escolha os módulos e sua direção; tudo pode ser mudado depois em Configurações.</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>Direção</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>Menos &amp;módulos</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>Frequência e &amp;linhas</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>P&amp;rocurar alterações a cada</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Procurar alterações a cada</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>Nem tudo pôde ser contado.</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>Uma chamada por registro; sem isso, os itens de linha são lidos quando um registro é aberto ou muda.</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>&amp;Só leitura por enquanto</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>Registros é o que o Zoho Books conta. Uma chamada traz até 200 registros; o Zoho permite um número de chamadas por dia conforme o plano, e o zbdesk guarda algumas para seus próprios cliques.

Espaço escolhe o módulo da linha atual. Nada é guardado antes de você escolher Iniciar primeira sincronização.</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>Iniciar &amp;primeira sincronização</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>Segundos depois, quando os webhooks estão configurados.</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>A conexão está sendo guardada.</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>A estimativa é baixa demais; a própria sincronização não precisa das contagens.</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>Este login foi pedido só para leitura.</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>O que muda no Zoho Books vem para cá; o que você informa ou importa aqui vai para lá.</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>O que sincronizar</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>Sem isso, os itens de linha são lidos quando um registro é aberto ou muda.</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>por cerca de %n dia</numerusform>
        <numerusform>por cerca de %n dias</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>O zbdesk nunca grava no Zoho Books até que isto seja mudado em Configurações.</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>Perguntar</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>Começar sem janela onde há bandeja</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>Fechar e iniciar</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>Fechar a janela</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>Manter funcionando perto do relógio</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Teclas</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Sair</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>Letras soltas como teclas, em Conflitos por exemplo</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Início</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>Iniciar quando entro neste computador</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>O início com a sessão é guardado pelo próprio sistema; o que for mudado lá aparece aqui. Começa na bandeja e não toma o foco.</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>Sem bandeja, fechar a janela sempre sai: o zbdesk nunca roda sem ser visto.</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>Salvando…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>Ainda sem resposta. O que você digitou fica aqui até haver uma.</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>Colunas na sua ordem</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>As alterações valem na hora; não há nada a salvar.</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>só para %1</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>Os detalhes estão sendo lidos; o formulário abre com eles.</translation>
    </message>
  </context>
</TS>
