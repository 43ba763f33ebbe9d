<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;1 hour</source>
      <translation>&amp;1 Stunde</translation>
    </message>
    <message>
      <source>&amp;30 minutes</source>
      <translation>&amp;30 Minuten</translation>
    </message>
    <message>
      <source>&amp;About zbdesk</source>
      <translation>Ü&amp;ber zbdesk</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>&amp;Verlauf</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>Fenster s&amp;chließen</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>&amp;Konflikte</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>&amp;Übersicht</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>Ein&amp;zelheiten</translation>
    </message>
    <message>
      <source>&amp;Edit record…</source>
      <translation>Datensatz &amp;bearbeiten…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exportieren…</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <translation>&amp;Filtern</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>Datei &amp;importieren…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>&amp;Tasten und Hilfe</translation>
    </message>
    <message>
      <source>&amp;Last records</source>
      <translation>&amp;Letzte Datensätze</translation>
    </message>
    <message>
      <source>&amp;Minimise</source>
      <translation>&amp;Minimieren</translation>
    </message>
    <message>
      <source>&amp;Month end</source>
      <translation>&amp;Monatsabschluss</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>Mitteilungen &amp;stummschalten</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>&amp;Neuer Datensatz…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>&amp;Nächster Teil des Fensters</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>zbdesk ö&amp;ffnen</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>&amp;Ausgang</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>&amp;Tabelle drucken…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>&amp;Probleme</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>zbdesk &amp;beenden</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>&amp;Wieder anzeigen</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>&amp;Webhooks</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>Or&amp;ganisation wechseln…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>Fenster &amp;verdecken</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation>&amp;Spalten…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Ohne T&amp;itel kopieren</translation>
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>Modus „&amp;Monatsabschluss“</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>Mitteilungen &amp;stumm bis %1</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>&amp;Datenordner öffnen</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>In &amp;Zoho Books öffnen</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation>Datensatz &amp;drucken…</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;usieren</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>Alles &amp;erneut lesen</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation>Diese Ansi&amp;cht speichern…</translation>
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>Suc&amp;hen…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>A&amp;nhalten</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Wird angehalten…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>&amp;Jetzt abgleichen</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>Bis &amp;morgen</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>Bis ich sie wieder &amp;einschalte</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>bis %1</translation>
    </message>
  </context>
  <context>
    <name>ActivityModel</name>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>Ausgelöst von</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Was geschehen ist</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>einer Person</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>einem Webhook</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>dem ersten Abgleich</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>dem Zeitplan</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Läufe</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>Der Verlauf lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansehen</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Was geschehen ist</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>Hier steht, was zbdesk liest und tut.</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>Verlauf</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>Änderung &amp;zurücknehmen</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>&amp;Löschen…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>&amp;Bearbeiten…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>&amp;Stornieren…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>In Zoho Books ist er gelöscht.</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>Er wird gerade gesendet.</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>Er ist schon versendet.</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>Er ist schon storniert.</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>Als &amp;versendet markieren</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>Nichts ist offen.</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>&amp;Zahlung erfassen…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Diese Verbindung liest nur.</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>Adr&amp;esse</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>Adresse und Geheimnis</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>Adresse für Zoho Books</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>Ändern…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>Wählen, wie Zoho Books diesen Computer erreicht</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>Adresse kopieren</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>Sie kommt von %1.</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>Erstellt %1. Es wurde damals gezeigt und wird nicht noch einmal gezeigt.</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>Von zbdesk in Zoho Books angelegt: %1. Beim Trennen wird es entfernt.</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>Erstellen und zeigen…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>Noch hat es niemand gesehen.</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>Gehe&amp;imnis</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Geheimnis</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>In Zoh&amp;o Books für mich einrichten…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>Das vorige gilt noch bis %1, danach nur dieses.</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>Noch gibt es keine öffentliche Adresse. Wählen Sie, wie Zoho Books hierher gelangt.</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>Tunne&amp;l…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Was in Zoho Books wohin gehört</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>In Zoho Books stehen Webhooks unter Einstellungen, Automatisierung, Workflow-Aktionen. Jedes Modul braucht eine eigene Regel.</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n Tag</numerusform>
        <numerusform>%n Tage</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n Std.</numerusform>
        <numerusform>%n Std.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n Min.</numerusform>
        <numerusform>%n Min.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AgeingPanel</name>
    <message>
      <source>%1 in %2</source>
      <translation>%1 in %2</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1: %2 in %3</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1–%2 Tage</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>Alter</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>Währung der Forderungen</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>Niemand schuldet etwas: keine offenen Rechnungen.</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>Noch nicht fällig</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>Über %1 Tage</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>Forderungen nach Alter</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>Rechnungen zeigen</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>ohne Währung</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>Diese %1 &amp;schreiben</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>Beträge in %1</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>Der Lauf hat vor dem ersten Schreiben angehalten, weil er größer ist, als Ihre Einstellungen ohne Rückfrage zulassen. Prüfen Sie, ob es so gemeint war. Was darüber hinausgeht, fragt erneut.</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>%1 nach %2 schreiben?</translation>
    </message>
  </context>
  <context>
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>Ein Webhook hat dies um %1 angekündigt. Es zählt nirgends, bis zbdesk den Datensatz aus Zoho Books gelesen hat.</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>Ebenfalls geändert: %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>Die Spalten der Tabelle bleiben, wie sie sind.</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>Unbestätigt</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n Aufruf</numerusform>
        <numerusform>%n Aufrufe</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n Konflikt</numerusform>
        <numerusform>%n Konflikte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n Problem</numerusform>
        <numerusform>%n Probleme</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) here</source>
      <translation>
        <numerusform>%n Datensatz hier</numerusform>
        <numerusform>%n Datensätze hier</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>Ganzer Verlauf</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>Alle bis auf %n Modul</numerusform>
        <numerusform>Alle bis auf %n Module</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>Stand %1</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>Änderungen werden gerade gelesen</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>Wartet etwas auf Sie?</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>Jedes steht mit seiner Lösung in der Liste</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>Internet</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>Ist alles aus Zoho Books hier?</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>Zuletzt in Ordnung %1</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>Spätere Änderungen sind noch nicht hier</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>Positionen von %1 werden beim Öffnen gelesen</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>Wird gerade nachgesehen</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>Nächstes Mal %1</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Keine Probleme</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>Nein, nichts</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>Noch nicht</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>Nichts ist unterwegs</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>Nichts wurde auf beiden Seiten geändert</translation>
    </message>
    <message>
      <source>Quit zbdesk and start it again</source>
      <translation>Beenden Sie zbdesk und starten Sie es neu</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Datensätze auf diesem Computer</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>Probleme zeigen</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Anmeldung</translation>
    </message>
    <message>
      <source>The database is not where it was</source>
      <translation>Die Datenbank ist nicht dort, wo sie war</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>Das erste Nachsehen steht bevor</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>Der erste Abgleich ist noch nicht zu Ende</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>Was sich nicht lesen lässt, steht in der Liste unten</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>Wann wurde zuletzt nachgesehen?</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>Ja, %n Sache</numerusform>
        <numerusform>Ja, %n Sachen</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>Ja, alles</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>ist abgelaufen</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>zuletzt %1</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>reached %1</source>
      <translation>erreicht %1</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>In der Reihenfolge des Eingangs</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>Ein Datensatz fehlt oder sieht veraltet aus?</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>Wählen Sie „Erneut anmelden“, in den Einstellungen unter „Verbindung“. Datensätze und ihr Verlauf bleiben.</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>Wählen Sie „Abgleich“, „Alles erneut lesen“. Das liest jede Liste bis zum Ende und findet Löschungen.</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>Befehlszeile</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>Die ausgewählten Zeilen kopieren</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Datenordner</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>Einzelheiten des aktuellen Datensatzes</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>Alles, was hier ist, lässt sich lesen. Der Abgleich geht von selbst weiter, sobald Zoho wieder antwortet.</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>Im Schlüsselbund dieses Computers oder in einer versiegelten Datei; nie in der Datenbank oder den Protokollen.</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>Es liest, was sich seit dem letzten Mal in Zoho Books geändert hat. Ohne dies geschieht es von selbst.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Tasten und Formen</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>Nach der Spalte der aktuellen Zelle sortieren</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>Zustände eines Datensatzes</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>Dieses Programm</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>Was macht „Jetzt abgleichen“?</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>Was, wenn das Internet weg ist?</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>Was oft gefragt wird</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>Wo sind meine Geheimnisse?</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>Warum wartet zbdesk?</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>Zoho erlaubt eine Zahl von Aufrufen je Minute und Tag. Nichts ist verloren; es geht von selbst weiter.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>Zoho hat die Anmeldung beendet?</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Zurück</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>&amp;Liste zum Berichtigen, als CSV</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>%1 von %2 Aufrufen am Tag. Was von selbst läuft, hält davor an; Ihre eigenen Klicks gehen weiter.</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>Höchstens in der Minute</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>Aufrufe je Minute</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>Aufrufe bei Zoho Books</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>Für Ihre Klicks zurückbehalten</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Keine Grenze</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Nicht verbunden</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>Von den Aufrufen des Tages. Was von selbst läuft, hält davor an; Ihre eigenen Klicks gehen weiter.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Heute</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>Zoho Books nimmt 100 in der Minute je Organisation an, von allen Programmen zusammen.</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>%1 für Ihre Klicks zurückbehalten</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>%1 von %2 verbraucht</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>%1 verbraucht, die Zahl Ihres Tarifs ist nicht bekannt</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>Noch nichts gezählt</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>Aufrufe bei Zoho Books heute</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>beginnt neu %1</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>wartet bis %1</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>Übergabe</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>&amp;Übergabekarte…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>Wenn jemand anderes übernimmt</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>Wer sich angemeldet hat, was erlaubt ist und was endet, wenn diese Person geht; zum Kopieren oder Drucken.</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>Als Tabelle zeigen</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>%n Rechnung</numerusform>
        <numerusform>%n Rechnungen</numerusform>
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
      <translation>Mio.</translation>
    </message>
    <message>
      <source>bn</source>
      <translation>Mrd.</translation>
    </message>
    <message>
      <source>k</source>
      <translation>Tsd.</translation>
    </message>
  </context>
  <context>
    <name>CheckPage</name>
    <message>
      <source>%1: %2 rows are %3 documents. Nothing has been written yet.</source>
      <translation>%1: %2 Zeilen ergeben %3 Belege. Noch wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>Zur &amp;Prüfung zurückhalten</translation>
    </message>
    <message>
      <source>&amp;Import</source>
      <translation>&amp;Importieren</translation>
    </message>
    <message>
      <source>&amp;Import %1 %2</source>
      <translation>%1 %2 &amp;importieren</translation>
    </message>
    <message>
      <source>&amp;Save mapping</source>
      <translation>Zuordnung &amp;speichern</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(optional)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>Für die nächste Datei dieser Art</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>Geben Sie der Zuordnung einen Namen.</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>Gehen Sie zurück und berichtigen Sie die Zellen, oder lassen Sie diese Belege weg; sie werden am Ende aufgelistet.</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>Wie importiert wird</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>Name der Z&amp;uordnung</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>Name der Zuordnung</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>So lässt sich kein Beleg importieren.</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>Noch wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>Nichts geht an Zoho Books, bis Sie es unter Ausgang freigeben.</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Gespeichert als %1.</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>Einige Zeilen sind fehlerhaft, darum wird nichts übernommen. Berichtigen Sie sie, oder nehmen Sie die guten.</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>&amp;Nichts übernehmen, solange eine Zeile fehlerhaft ist</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>Die &amp;guten Belege übernehmen, die anderen auflisten</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>Der Import ist ein Stapel: Solange nichts davon an Zoho Books gegangen ist, lässt er sich im Ganzen rückgängig machen, am Ende dieses Imports oder später unter Quellen.</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>Die Zeilen werden geprüft, %1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>Überwachte Ordner und die Befehlszeile verwenden gespeicherte Zuordnungen über ihren Namen.</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>Was importiert ist, geht mit dem nächsten Abgleich an Zoho Books.</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>Was importiert würde</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>%1 von %2 verpasst</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%1 von %2 Modulen</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>%1 heute</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>In Zoho Books eingerichtet</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>zuletzt %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>von zbdesk angelegt, wartet auf das erste Ereignis</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>wartet auf das erste Ereignis</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%1 von %2 Punkten sind offen.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Prüfliste</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Jeder Punkt ist erledigt.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Show: %1</source>
      <translation>Zeigen: %1</translation>
    </message>
    <message>
      <source>The period can be signed off.</source>
      <translation>Der Zeitraum kann freigegeben werden.</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>Filter %1 entfernen</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>Banküberweisung (Anweisung)</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>Banküberweisung</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>Bar</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Haben</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>Kreditkarte</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Kunde</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Soll</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>Ware</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Sonstige</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Dienstleistung</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Lieferant</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>%1 zu einer Stunde, die anderswo in einem anderen Monat liegt</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n Datensatz</numerusform>
        <numerusform>%n Datensätze</numerusform>
      </translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Beide Seiten sind gleich.</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>Es kamen Änderungen ohne Ereignis, oder Ereignisse warten.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Prüfliste</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>Verglichen mit</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Daten, die von der Uhr abhängen</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>Unterschiede, Datensatz für Datensatz</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Jeder Punkt ist erledigt.</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>Prüfsumme der Abstimmung</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>Prüfsumme über diese Zahlen (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Erstellt am</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>Erstellt von</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>Freigabe des Monatsabschlusses</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Keine Konflikte</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>Kein Datum rutscht über ein Monatsende</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>Keine Entwürfe bis zum Ende des Zeitraums</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>Kein Ausgang ist ungewiss</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Keine Probleme</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>Keine.</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>Seit dem Ende des Zeitraums nicht zu Ende gelesen: %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>Noch nicht zu Ende gelesen: {names}. Ihre Zahlen sind nicht vollständig.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>Nichts wartet auf das Senden</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Nummer</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation>Bei einem Datensatz ist der Betrag noch nicht bekannt.</translation>
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>Bei {count} Datensätzen ist der Betrag noch nicht bekannt.</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>Ein Punkt ist offen. Der Zeitraum wurde trotzdem freigegeben.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>Geschäftspartner</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Zeitraum</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>%2. Quartal %1</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>Datensätze hier</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Datensätze in Zoho Books</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>Der Abgleich ist in Ordnung</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>Der Verlauf endete damals in Zeile {seq} mit der Prüfsumme {hash}</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>Der letzte Abgleich kam nicht zu Ende oder ist älter als ein Tag.</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>Die beiden Seiten unterscheiden sich.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Abstimmung</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>Die Abstimmung geht auf</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>Webhooks kommen lückenlos an</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>Was sich unterscheidet</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>Jahr %1</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>Zoho Books, wie es zuletzt gelesen wurde; die älteste Liste ist vom {moment}</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books, befragt am {moment}</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>eine Liste, die nie zu Ende gelesen wurde</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>anderer Betrag</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>andere Währung</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>anderer Zeitraum</translation>
    </message>
    <message>
      <source>done</source>
      <translation>erledigt</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>hat ein Problem</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>noch nicht gesendet</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>im Konflikt</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>erstellt am {organization} für die Organisation, {utc} in UTC, {computer} auf diesem Computer</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>keine Antwort kam</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>nur hier</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>nur in Zoho Books</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>hier storniert</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>in Zoho Books storniert</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>einen Blick wert</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>zbdesk tieout verify DATEI zeigt, ob die Datei noch sagt, was sie sagte.</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>{count} weitere stehen in den Zahlen, die in dieser Datei mitreisen, und in der CSV-Datei.</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count} Punkte sind offen. Der Zeitraum wurde trotzdem freigegeben.</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>%1 ist geschrieben.</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>Zoho Books wird befragt: %1, %2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>Zoho Books wird befragt…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Modus „&amp;Monatsabschluss“ beginnen</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Beide Seiten sind gleich.</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSV-Datei (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>Verglichen mit Zoho Books, befragt am %1.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>Verglichen mit Zoho Books, wie zuletzt gelesen; die älteste Liste ist vom %1.</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>Wird verglichen…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>Modus „&amp;Monatsabschluss“ beenden</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>Jeder Beleg nahe einem Monatsende entstand nach allen Uhren an ein und demselben Tag.</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>Kein Datum hängt von der Uhr ab</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>Keine Datensätze in diesem Zeitraum</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>Noch nicht zu Ende gelesen: %1.</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>PDF-Datei (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>Freigabe (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>Die beiden Seiten unterscheiden sich bei %1.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>%1 wird geschrieben…</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>bis %1</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>bis ich ihn beende</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>&amp;As they came</source>
      <translation>&amp;Wie gehabt</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>&amp;Fertig</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>S&amp;chmaler</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>&amp;Breiter</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>Nach &amp;unten</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>Nach &amp;oben</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>Die Leertaste zeigt oder verbirgt; Alt mit den Pfeiltasten verschiebt und ändert die Breite.</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>Breite %1</translation>
    </message>
  </context>
  <context>
    <name>ColumnFilter</name>
    <message>
      <source>&amp;Apply</source>
      <translation>&amp;Anwenden</translation>
    </message>
    <message>
      <source>&amp;Contains</source>
      <translation>&amp;Enthält</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;Von</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>&amp;Zeitraum</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>Filter &amp;entfernen</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>&amp;Bis</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>Alle Wörter müssen vorkommen, in beliebiger Reihenfolge; Groß- und Kleinschreibung und Akzente zählen nicht.</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>Gewählte Tage</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>Leer: nach dieser Seite offen.</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>Nach %1 filtern</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>In der Währung des jeweiligen Datensatzes. Leer: nach dieser Seite offen.</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>Einen solchen Betrag kann kein Datensatz haben.</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Zeitraum</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>Dieses Ende liegt vor dem Anfang.</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>letzte 30 Tage</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>letzte 7 Tage</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>letztes Geschäftsjahr</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>letzter Monat</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>letztes Quartal</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>dieses Geschäftsjahr</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>dieser Monat</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>dieses Quartal</translation>
    </message>
    <message>
      <source>today</source>
      <translation>heute</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Bank</source>
      <translation>Bank</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Firma</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Kunde</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Fällig</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Nummer</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>Zahlungsempfänger</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Lieferant</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>%1 Zellen zu berichtigen</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>%1 Zeilen</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>Wie vermutet</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>Jedes Feld kann aus einer Spalte gefüllt werden. An seiner Nummer wird ein Beleg erkannt: Dieselbe Nummer noch einmal ist eine Änderung, kein zweiter Beleg.

F8 geht zur nächsten Zelle, die zu berichtigen ist, Umschalt+F8 zur vorigen; Enter berichtigt sie an Ort und Stelle. Die Datei selbst wird nie geändert.</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>Geben Sie mindestens einer Spalte ihr Feld.</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>Geben Sie jeder Spalte der Datei ihr Feld; was zbdesk aus Namen und Inhalten vermutet, ist schon eingetragen.</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>Z&amp;uordnung</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Zuordnung</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>Nächste Zelle zum Berichtigen</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>Vorige</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Zeilen, wie sie gelesen werden</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>Sagen Sie, ob der Tag oder der Monat zuerst kommt; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>Sagen Sie, ob Punkt oder Komma das Dezimalzeichen ist; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>Klären Sie zuerst, was über den Spalten steht.</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>Die Zuordnung hat auch Spalten, die nicht in dieser Datei sind: %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>Die nächste ist nicht unter den gezeigten Zeilen; sie steht in der Liste zum Berichtigen.</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>Die Zeilen werden geprüft…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>Welche Spalte ist was?</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>wird geprüft, %1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>wird gelesen…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>erste %1 Zeilen</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>nichts zu berichtigen</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>%1 ist jetzt weggelassen: Das Feld ging an %2.</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>Spalte in der Datei</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>Spalten und Felder</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Field of %1</source>
      <translation>Feld von %1</translation>
    </message>
    <message>
      <source>First value</source>
      <translation>Erster Wert</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>Weglassen</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>Was sie enthält</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1: war %2, ist %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>%1 &amp;löschen</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>%1 &amp;stornieren</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>%n Änderung &amp;schreiben</numerusform>
        <numerusform>%n Änderungen &amp;schreiben</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>Wird einmal nach jedem Wechsel der Organisation gefragt.</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>Basiswährung</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>Land</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>%1 löschen?</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>Erstes Schreiben nach dem Wechsel der Organisation</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>Ist das noch %1?</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>Es ist noch nicht gesendet, darum ändert sich in Zoho Books nichts. Es wird hier entfernt.</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>Es wird in Zoho Books und hier gelöscht; Zoho Books behält keine Kopie. Wurde es dort geändert, werden Sie gefragt.</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>Es geht mit dem nächsten Lauf hinaus; bis dahin nimmt „Änderung zurücknehmen“ es zurück.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>Es bleibt in Zoho Books mit dem Status „Storniert“ und zählt nicht mehr.</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Kurzname der Organisation</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>Steuernummer</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>Der offene Saldo von %1 entfällt damit.</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>Dieses Fenster zeigte vorher %1. Sie sind dabei, in eine andere Organisation zu schreiben.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Zum Bestätigen der Organisation %1 eingeben</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>%1 stornieren?</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>Zoho Books beschreibt sie jetzt anders. Nichts wird geschrieben, bis Sie zustimmen.</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>Wird geklärt…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1 Tage oder länger</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1 oder mehr</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>&amp;Filter hinzufügen</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>Betrag im Spiel</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>Jeder Betrag</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>Im Spiel: %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>Nach Nummer oder Name filtern</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>Höchster Betrag zuerst</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>Neueste zuerst</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>Älteste zuerst</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1 öffnen</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>Offen seit</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Reihenfolge</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>einem Tag oder länger</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>Konflikte</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n Tag</numerusform>
        <numerusform>%n Tage</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>%n gleiches Feld</numerusform>
        <numerusform>%n gleiche Felder</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n Position</numerusform>
        <numerusform>%n Positionen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>%n Position ist verschieden</numerusform>
        <numerusform>%n Positionen sind verschieden</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(keine)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>Neu angelegt</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Gelöscht</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>Hier gelöscht</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>In Zoho Books gelöscht</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>Bearbeitet</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>Ohne Rückfrage zusammengeführt: nur auf einer Seite geändert</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>Bleibt, wie es dort ist</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Preis</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n Konflikt</numerusform>
        <numerusform>%n Konflikte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>%n Feld zu entscheiden</numerusform>
        <numerusform>%n Felder zu entscheiden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>%n Datensatz nach Zoho Books geschrieben</numerusform>
        <numerusform>%n Datensätze nach Zoho Books geschrieben</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Alles von Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Alles von diesem &amp;Computer</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>&amp;Dieses Ergebnis anwenden</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>Zurück zur Liste</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Alle entfernen</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Konflikt</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Konflikte</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>&amp;Verlauf</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>In &amp;Zoho Books öffnen</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>Überspri&amp;ngen</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>Nach &amp;Regel klären…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>&amp;Letztes zurücknehmen</translation>
    </message>
  </context>
  <context>
    <name>ConflictsPage</name>
    <message>
      <source>%1 checked</source>
      <translation>%1 ausgewählt</translation>
    </message>
    <message>
      <source>%1 from Zoh&amp;o Books…</source>
      <translation>%1 von Zoh&amp;o Books…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1 von diesem &amp;Computer…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 geklärt</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>%1 geklärt. Z nimmt es zurück, bis es gesendet ist.</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2.</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>Alle Konflikte</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Alles von Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Alles von diesem &amp;Computer</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>Alle, die zum Filter passen</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>Wählen Sie für jedes Feld eine Seite, um es zu sehen.</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Alle entfernen</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>J und K gehen durch die Liste</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Kein Betrag ändert sich dort.</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Keine Konflikte</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>Keiner von %1 passt</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>Dort wird nichts geschrieben.</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>Nichts wurde auf beiden Seiten geändert.</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>Die Konflikte werden gelesen…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>Zurückgenommen</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>Zurückgenommen; nichts davon wurde gesendet.</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>Die ausgewählten</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>Die Konflikte lassen sich nicht lesen</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>Das geht bei dem Datensatz in seinem jetzigen Zustand nicht.</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Dieser Server hat keine Webseiten für seine Datensätze.</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Wird ermittelt…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>%1 im Spiel</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>auf beiden Seiten geändert. Nichts wird gesendet, bis Sie entscheiden.</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>Client-ID und Geheimnis</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Zoho Books verbinden</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Rechenzentrum</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>Weiter &amp;verbinden</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Anmelden</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>Was abgeglichen wird</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>Verbindung</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>Letzter Kontakt</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>Zuletzt in Ordnung</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>Nächstes Nachsehen</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Datensätze auf diesem Computer</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Anmeldung</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>ist abgelaufen</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>nicht geplant</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>noch nicht</translation>
    </message>
    <message>
      <source>now</source>
      <translation>jetzt</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>erneuert sich selbst</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>Nicht verbunden</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>Erneuern</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>Erneut an&amp;melden…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Anmeldung</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>Anmeldung der verwendeten Organisation</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>Eine neue Anmeldung behält alle Datensätze und was zu ihnen gehört.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>lesen und schreiben</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>nur lesen</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>seit %1</translation>
    </message>
  </context>
  <context>
    <name>CopyButton</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Kopieren</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
  </context>
  <context>
    <name>Counts</name>
    <message>
      <source>Documents</source>
      <translation>Belege</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>The window is covered. Press a key to show it again.</source>
      <translation>Das Fenster ist verdeckt. Drücken Sie eine Taste, um es wieder zu zeigen.</translation>
    </message>
  </context>
  <context>
    <name>CredentialsPage</name>
    <message>
      <source>&amp;Client ID</source>
      <translation>&amp;Client-ID</translation>
    </message>
    <message>
      <source>&amp;Grant code</source>
      <translation>&amp;Grant-Code</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>&amp;Art des Clients in der Konsole</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>&amp;Mein Browser kommt nicht hierher zurück: Code verwenden</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>%1 &amp;öffnen</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>Zum Weitergehen ist ein freier Port nötig.</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>Jeder freie von 1024 bis 65535. Die Konsole muss die neue Adresse kennen.</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>&amp;Bei Zoho nur das Lesen anfragen</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>Wählen Sie %1, dann %2.</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>Client-ID und Client-Secret</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>Client-Secre&amp;t</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Ko&amp;pieren</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>A&amp;lles kopieren</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>Berichtigen Sie die Client-ID; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>Geben Sie eine Zahl von 1024 bis 65535 ein.</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>Für die Demofirma ausgefüllt.</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>Für abgeriegelte Computer: Wählen Sie in der Konsole „Add Client“, dann „Self Client“. Fügen Sie unter „Generate Code“ den Scope von unten ein, wählen Sie zehn Minuten und fügen Sie den Code hier ein. Verwenden Sie oben ID und Secret des Self Client.</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>Wählen Sie in der Zoho-API-Konsole „Add Client“, dann „Server-based Applications“. Geben Sie einen beliebigen Namen ein, als Homepage http://localhost und unter „Authorized Redirect URIs“ die hier gezeigte Adresse. Wählen Sie „Create“. Der Reiter „Client Secret“ zeigt dann ID und Secret.

Verwendet Ihre Firma mehrere Rechenzentren, öffnen Sie den Reiter „Settings“ des Clients und schalten Sie die anderen ein.</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>Es muss auf den Buchstaben übereinstimmen. Port %1 ist auf diesem Computer frei.</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>Er gilt einmal und nur für die in der Konsole gewählten Minuten.</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>Ihr Client ist allen bekannt und öffnet nur die Demo. Wählen Sie „Anmelden“; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>Wird nur in %1 aufbewahrt. Leerzeichen an den Enden werden beim Einfügen entfernt.</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>Wird nur im Schlüsselbund dieses Computers aufbewahrt. Leerzeichen an den Enden werden beim Einfügen entfernt.</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>Art des Clients in der Konsole</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>Legen Sie in der Zoho-API-Konsole einen Client für zbdesk an und fügen Sie seine ID und sein Secret hier ein.</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>Weitere Möglichkeiten für A&amp;dministratoren</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>Es ließ sich kein Browser öffnen. Öffnen Sie %1 selbst in einem Browser.</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>Die Konsole des Rechenzentrums %1 öffnen</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>Die Konsole dieses Servers öffnen</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>Fügen Sie die Client-ID ein; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>Das Client-Secret einfügen</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>Fügen Sie das Client-Secret ein; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>Fügen Sie den Grant-Code ein oder schließen Sie diesen Teil; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>Dort unter „Authorized Redirect URIs“ einfügen</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>Fügen Sie ein, was die Konsole unter „Client Secret“ zeigt</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>Redirect-URI</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>A&amp;nmelden</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>Scope</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>Scope für den Code</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>„Server-based“ ist richtig, sofern Ihr Administrator den Client nicht als andere Art angelegt hat.</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>Die Anmeldung selbst kann dann nicht schreiben. Späteres Schreiben braucht eine neue Anmeldung.</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>Es enthält ein Leerzeichen. Kopieren Sie nur die ID.</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>Das sieht nach einer E-Mail-Adresse aus. Die ID beginnt mit 1000.</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>Anderen Port &amp;verwenden</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Diese verwenden</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>Client-IDs von Zoho beginnen mit 1000. und gehen mit Großbuchstaben und Ziffern weiter.</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>Übersicht</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>&amp;Adresse Ihres Zoho Books</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>Andere Server (&amp;für Tests und eigene Aufbauten)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(optional: aus dem Browser kopieren)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>Eine Firma in Singapur hat ihre Bücher meist unter books.zoho.com. War die Wahl falsch, bemerkt zbdesk es bei der Anmeldung und berichtigt sie.</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>A&amp;ccounts-Server</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>AP&amp;I-Server</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>Wählen Sie ein Rechenzentrum; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>Wählen Sie das Rechenzentrum, dessen Adresse Sie im Browser sehen, wenn Sie Zoho Books öffnen.</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>Berichtigen Sie die markierte Adresse; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>Rechenzentren</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>Geben Sie beide Server ein; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>Öffnen Sie Zoho Books in Ihrem Browser und sehen Sie sich die Adresse an. Der Teil nach „books.“ nennt das Rechenzentrum: books.zoho.eu ist Europa, books.zohocloud.ca ist Kanada.

Fügen Sie die ganze Adresse in das Feld ein, und die Zeile wird für Sie gewählt. Mit den Pfeiltasten gehen Sie durch die Zeilen.</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>Die Adresse zählt, nicht das Land Ihrer Firma.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>Diese Adresse gehört zum Rechenzentrum %1, unten ist aber ein anderes gewählt.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>Diese Adresse gehört zum Rechenzentrum %1. Es ist unten gewählt.</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>Diese Adresse ist keine von Zoho. Wählen Sie das Rechenzentrum in der Liste.</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>Diese &amp;Server verwenden</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>Wo liegen Ihre Bücher?</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>Australien</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>Kanada</translation>
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
      <translation>Indien</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>Japan</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>Saudi-Arabien</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>Vereinigte Arabische Emirate</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>Vereinigtes Königreich</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>Vereinigte Staaten</translation>
    </message>
    <message>
      <source>own server</source>
      <translation>eigener Server</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>Rechenzentrum {place}</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Before it is removed</source>
      <translation>Vor dem Entfernen</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>Beendet den Start mit Ihrer Sitzung, fragt nach den Daten und beendet das Programm.</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>Auf diesem Computer</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>Nur Ihr eigener Benutzer kann den Ordner lesen. Weder darin noch in den Protokollen steht ein Passwort oder Token. Um ihn zu verlegen, beenden Sie zbdesk, verschieben Sie den Ordner und starten Sie mit --data-dir oder ZBDESK_DATA_DIR.</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>Daten&amp;ordner öffnen</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>Entfernen von zbdesk vorbereiten…</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>%1 &amp;ändern</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>Datum von %1 ändern</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>Jeder bekommt dieses Datum und wird sofort erneut versucht.</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>Geben Sie ein Datum ein.</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>Der erste nicht gesperrte Tag oder ein späterer.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>%n Datensatz &amp;löschen</numerusform>
        <numerusform>%n Datensätze &amp;löschen</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>Datensätze von %1 auf diesem Computer löschen?</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Kurzname der Organisation</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>Die Verbindung wird beendet; Datensätze, Verlauf, Zuordnungen und Regeln dieser Organisation werden hier gelöscht. Zoho Books behält alles. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>Sie gingen verloren.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Zum Bestätigen der Organisation %1 eingeben</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>Nichts ist verloren; der Abgleich geht weiter, sobald Sie sich wieder anmelden.</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>Das Lesen geht um {time} von selbst weiter.</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>Datensätze lassen sich lesen. Der Abgleich geht von selbst weiter, sobald Zoho Books wieder antwortet.</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>Der Abgleich hat angehalten.</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>Dieser Computer ist seit {time} offline.</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>Zoho Books lässt vorerst keine Aufrufe mehr zu.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>Zoho hat die Anmeldung beendet.</translation>
    </message>
  </context>
  <context>
    <name>DesktopNotices</name>
    <message>
      <source>Open zbdesk</source>
      <translation>zbdesk öffnen</translation>
    </message>
  </context>
  <context>
    <name>DetailPane</name>
    <message>
      <source>%1 lines</source>
      <translation>%1 Positionen</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1, fällig %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1, überfällig</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 Position</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>Alle Felder aus &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>Dort geändert</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>Wählen Sie einen Datensatz, um seine Einzelheiten zu sehen.</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>Einzelheiten schließen</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Details</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>Felder vorher und na&amp;chher</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>Die Positionen sind nur in Zoho Books; sie werden gelesen, sobald es wieder antwortet.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>In Zoho Books öffnen</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>Positionen werden aus Zoho Books gelesen…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Quelle</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Gesamtbetrag</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>und %1 weitere, in Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>DetailParts</name>
    <message>
      <source>%1 entries</source>
      <translation>%1 Einträge</translation>
    </message>
    <message>
      <source>Applied credits</source>
      <translation>Angerechnete Gutschriften</translation>
    </message>
    <message>
      <source>Nothing of it has left; the record is again as both sides last agreed.</source>
      <translation>Nichts davon wurde gesendet; der Datensatz ist wieder so, wie beide Seiten zuletzt übereinstimmten.</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Zahlungen</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>Angerechnet auf</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>Zu&amp;rücknehmen</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>In Zoho Books zu ändern</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>In Zoho Books zu löschen</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>In Zoho Books zu erledigen</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>In Zoho Books anzulegen</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>und %1 weitere Felder</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>und %1 weitere, in Zoho Books</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>Diese Datei &amp;kopieren</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>Archiv &amp;speichern…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>Wird zusammengestellt…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>Diagnose für den Support</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>Dateien des Archivs</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>Archiv speichern</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Gespeichert als %1.</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>Text der Datei</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>Diese Dateien, und keine anderen, kommen in das Archiv. Geheimnisse, Adressen, Kontonummern und Namen von Kunden sind weggelassen. Nichts wird gesendet: Sie entscheiden, was aus der Datei wird.</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>%1 mit kleineren Beträgen</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>%n weitere Änderung</numerusform>
        <numerusform>%n weitere Änderungen</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>Als gesehen markieren</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>Seitdem hat sich in Zoho Books nichts geändert.</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>Seit Sie zuletzt hier waren</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>Seit Sie zuletzt hier waren, %1</translation>
    </message>
  </context>
  <context>
    <name>DisconnectDialog</name>
    <message>
      <source>&amp;Disconnect</source>
      <translation>&amp;Trennen</translation>
    </message>
    <message>
      <source>Disconnect %1?</source>
      <translation>%1 trennen?</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>Die Anmeldung wird bei Zoho beendet und hier vergessen. Datensätze und Verknüpfungen bleiben auf diesem Computer; eine neue Verbindung macht dort weiter, wo diese aufgehört hat. In Zoho Books ändert sich nichts.</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>Sie bleiben und werden nach dem erneuten Verbinden gesendet.</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>&amp;Abtun</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>&amp;Grund</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>%1 abtun?</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>Es verlässt die Liste und wird nicht noch einmal versucht. Unter „Abgetan“ lässt es sich zurückholen.</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>Sagen Sie warum, damit andere es später nachvollziehen können.</translation>
    </message>
  </context>
  <context>
    <name>DryRunDialog</name>
    <message>
      <source>&amp;Copy list</source>
      <translation>Liste &amp;kopieren</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>Jetzt in Zoho Books</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>Geplante Schreibvorgänge</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>Das ist ein Probelauf. Nichts wurde gesendet.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>Was geschrieben würde: %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>Würde gesendet</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>&amp;Verwerfen</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>&amp;Weiter bearbeiten</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>Änderungen &amp;speichern</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(optional)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation>Wird geprüft…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Wählen Sie eines.</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>%1 &amp;anlegen</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>%1 bearbeiten</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>Geben Sie mindestens eine Position ein.</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>Es geht mit dem nächsten Lauf hinaus und lässt sich bis dahin zurücknehmen.</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>%1 neu</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>Das lässt sich noch nicht speichern.</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>Was Sie eingegeben haben, ist nicht gespeichert.</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>Zoho Books braucht dieses Feld.</translation>
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>Kein Betrag ändert sich dort.</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation>Was das Ergebnis in Zoho Books ändert</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>Eingegangen</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation>Was zbdesk getan hat</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1: falsche Signatur, zuletzt %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>Alle Module</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>Alle Ergebnisse</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>Wählen Sie alle, um sie wieder zu sehen.</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>Noch kam kein Ereignis</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>Keine Signatur</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>Keines der Ereignisse passt</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>Sobald Zoho Books Adresse und Geheimnis hat, steht hier jede Änderung, wie sie eintrifft.</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>Roha&amp;nsicht</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>E&amp;rneut lesen</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>Signatur geprüft</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>Die Ereignisse lassen sich nicht lesen</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>Dieses Ereignis wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>Dieses Ereignis nennt keinen Datensatz, der sich lesen ließe.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>Was daraus wurde</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>Rohansicht</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Erneut lesen</translation>
    </message>
    <message>
      <source>Webhook events</source>
      <translation>Webhook-Ereignisse</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation>&amp;Datei wählen…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>&amp;Format</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>Eine Datenbank enthält immer das ganze Modul.</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>Beträge und Daten sind echte Zahlen und Daten; Summen je Währung.</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>Mit einer UTF-8-&amp;Marke beginnen (manche ältere Programme brauchen sie)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>CSV für andere Programme</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>CSV für die Tabellenkalkulation dieses Computers</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>Kommas zwischen den Zellen, Punkte in Beträgen, UTF-8.</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>&amp;Alles aus diesem Modul, gefiltert oder nicht (%1)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Excel-Arbeitsmappe</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>%1 exportieren</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON-Zeilen</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>Eine Liste von Objekten.</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>Ein Objekt je Zeile, für große Dateien.</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>&amp;Nur was ausgewählt ist (%1)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>SQLite-Datenbank</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>Trennzeichen und Dezimalzeichen wie auf diesem Computer, damit ein Doppelklick es in Spalten öffnet.</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>Das ganze Modul als Tabelle, zu einem Zeitpunkt.</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>Was die &amp;Tabelle zeigt, in ihrer Reihenfolge (%1)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>&amp;Datensätze hinzufügen</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>Ordner für Exporte wählen</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>Leer für keinen Export.</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>Alle %1 Tage</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>Alle %1 Stunden</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>Jeden Tag</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Jede Stunde</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>Ordner für Exporte</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Wie oft</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON-Zeilen</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>Zu exportierende Datensätze</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>SQLite-Abbild</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Geplanter Export</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>Tabelle (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>Dieser Ordner ist gerade nicht da; der Export wartet auf ihn.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>Spalte</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>Abgelehnte Zeilen</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>Was nicht stimmt</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>Vorschuss annehmen</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Konto</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>Erwerbsteuer</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>Anpassung</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>Beschreibung der Anpassung</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>Teilzahlungen zulassen</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>Angerechneter Betrag</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>Anhänge</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>Zu Händen</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>Avatax-Befreiungsnummer</translation>
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation>Avatax-Steuerschlüssel</translation>
    </message>
    <message>
      <source>Avatax use code</source>
      <translation>Avatax-Verwendungsschlüssel</translation>
    </message>
    <message>
      <source>Bank charges</source>
      <translation>Bankgebühren</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Lieferantenrechnung</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>Position der Lieferantenrechnung</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>Rechnungsnummer des Lieferanten</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Abrechenbar</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>Rechnungsadresse</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Lieferantenrechnungen</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>Vorsteuer auf Kilometer abziehbar</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>CFDI-Referenzart</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>CFDI-Verwendung</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Firma</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>Kontaktnummer</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Ansprechpartner</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>Zugeordnete Ansprechpartner</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>Land</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Ländercode</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Haben</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>Kreditlimit</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>Gutschriftsnummer</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>CRM-Referenz</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>CRM-Eigentümer</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>Eigener Text</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>Benutzerdefinierte Felder</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>Eigener Betreff</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Kunde</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation>Unterart des Kunden</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Soll</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation>Soll oder Haben</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>Lieferung an Kunden</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>Lieferdatum</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>Versandart</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>Lieferadresse der Organisation</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>Abteilung</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>Position (Funktion)</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>Bestimmungsort der Leistung</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>Rabatt</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>Rabattkonto</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Entfernung</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Dokument</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>Fälligkeitsdatum</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>Mitarbeiter</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>Endstand</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>Hubraumklasse</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Angebot</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>Angebotsnummer</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Wechselkurs</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Ausgabe</translation>
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
      <translation>Vorname</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>Kraftstoffart</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>GST-Behandlung</translation>
    </message>
    <message>
      <source>GSTIN</source>
      <translation>GSTIN</translation>
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation>HSN oder SAC</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>Überschrift</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>Name der Überschrift</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>In der Steuererklärung</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>Bestandskonto</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Rechnung</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>Rechnungsposition</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>Rechnungsnummer</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>Fakturiertes Angebot</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>BAS-Anpassung</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>Rabatt vor Steuer</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>Ist Entwurf</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>Steuer je Position berechnet</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>Hauptansprechpartner</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>Umkehr der Steuerschuld</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>Für TDS registriert</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>Kunden aktualisieren</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>Steuervorgaben des Artikels</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>Positionssumme</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>Artikelart</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>Buchungsdatum</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>Art der Buchung</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>Art des Rabatts</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Nachname</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>Rechtlicher Name</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>Händler</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>Kilometersatz</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>Art der Kilometer</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>Entfernungseinheit</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>Mobil</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>Anmerkungen</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>Standardanmerkungen</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>Anfangssaldo (Betrag)</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Anfangssalden</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>Auftragsnummer</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>Eigentümer</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>Zahlungsart</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>Bezahlt aus</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>Zahlungsform</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>Zahlungsbedingungen</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>Genehmigungsnummer</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Telefon</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>Ort des Kontakts</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>Leistungsort</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Preis</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>Preisliste</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>Preise einschließlich Steuer</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>Produktart</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projekt</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>Einkaufskonto</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>Einkaufsbeschreibung</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Bestellung</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>Einkaufspreis</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>Steuerbefreiung im Einkauf</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>Steuerregel im Einkauf</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>Bestellposition</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Wiederkehrende Lieferantenrechnung</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Wiederkehrende Rechnung</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>Bezugsrechnung</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>Meldebestand</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>Vorschuss in Prozent</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>Vorschussrechnung</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>Umgekehrte Steuerschuld (Steuer)</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>Umgekehrte Steuerschuld (USt)</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Kundenauftrag</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>Steuerregel im Verkauf</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>Auftragsposition</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>Vertriebsmitarbeiter</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>Anrede</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>SAT-Artikelschlüssel</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>Versand über</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>Versanddatum</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>Lieferadresse</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>Versandkosten</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>Zeile der Quelle</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>Herkunftsort der Leistung</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>Anfangsstand</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>Code des Bundesstaats</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>Adresszusatz</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Tag (Stichwort)</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>Tag-Option</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Tags</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Steuer</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>Steuerbetrag</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>Einbehaltene Steuer</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>Steuerbehörde</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>Name der Steuerbehörde</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>Steuerbefreiung</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>Nummer der Befreiungsbescheinigung</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>Code der Steuerbefreiung</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>Art der Steuerbefreiung</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>Art der Steuernummer</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>Wert der Steuernummer</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>Steuersatz</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>Steuerregisternummer</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>Steuerregime</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>Steuerangabe</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>Steuerliche Behandlung</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>Code der steuerlichen Behandlung</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>Steuerpflichtig</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Steuern</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>TDS-Steuer</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>Vorlage</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>Allgemeine Geschäftsbedingungen</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>Standardbedingungen</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Gesamtbetrag</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>1099 erfassen</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>Einheitenschlüssel</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>USt-IdNr.</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>USt-Behandlung</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>Gültig bis</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>Fahrzeugart</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Lieferant</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>Nummer der Lieferantengutschrift</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>Website</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>Ganzer Datensatz</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>CRM-Potenzial</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>Name des CRM-Potenzials</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>PLZ</translation>
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation>Zuletzt einig</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>gewählt</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>nicht gewählt</translation>
    </message>
    <message>
      <source>was %1</source>
      <translation>war %1</translation>
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation>Felder auf beiden Seiten</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>%1 Spalten</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>Jede Tabelle mit einer Überschriftenzeile ist recht: ein Export aus einem Shop, einer Bank oder einem alten Buchhaltungsprogramm. Eine Datei mit Passwort, eine Webseite oder ein PDF lässt sich nicht lesen.

Dieselbe Datei noch einmal ändert nichts: Belege werden an ihrer Nummer erkannt.</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>&amp;Datei wählen…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>Andere &amp;Datei wählen…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV, TSV, XLSX, XLSM, XLS oder ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>Wählen Sie eine Datei; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>Datei zum Importieren wählen</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>Legen Sie eine Datei hier ab oder wählen Sie eine</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>Jeder Beleg der Datei wird zu einem davon. Die Positionen eines Belegs dürfen in mehreren Zeilen stehen.</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>Tabellen (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>Die Datei wird geöffnet…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>Was sie bringt, liegt zuerst auf diesem Computer. Nichts wird hier aus Zoho Books gelesen oder dorthin geschrieben.</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>Was die Zeilen &amp;sind</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Was die Zeilen sind</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>Welche Datei?</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>%1…</source>
      <translation>%1…</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>F&amp;ilter hinzufügen</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>Alle &amp;entfernen</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>Auch in Zoho Books Gelöschtes</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>Nach Spalte</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
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
      <translation>Filter</translation>
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation>Nach Nummer, Name oder Referenz filtern</translation>
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation>%1 bis %2</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>Currency: %1</source>
      <translation>Währung: %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>Auch gelöschte</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Fällig</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>Zustand: %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>Status: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Noch zu zahlen</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>ab %1</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>bis %1</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>%n Aufruf gemacht</numerusform>
        <numerusform>%n Aufrufe gemacht</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>%n weitere Liste</numerusform>
        <numerusform>%n weitere Listen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1. %2 ohne Anzahl.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Weiter</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>Noch etwa %1, fertig gegen %2.</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>Erster Abgleich</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>Erster Abgleich: %1 von %2 Datensätzen sind hier</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>Erster Abgleich: %1 Datensätze sind hier</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>Er hat angehalten. Was hier ist, bleibt; der nächste Abgleich macht dort weiter.</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>Sie können dieses Fenster schließen und weiterarbeiten; beim Anhalten bleibt, was hier ist.</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>geschlossen</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Ändern</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>&amp;Ordner</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>&amp;Zuordnung</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>Ü&amp;berwachen</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Wird gespeichert…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>Ändern, was überwacht wird</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>Ordner zum Überwachen wählen</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>Vollständige Dateien werden einmal importiert und liegen dann mit einem Bericht daneben in „done“ oder „failed“.</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Zuordnung</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>Dafür ist keine Zuordnung gespeichert. Importieren Sie zuerst eine solche Datei und speichern Sie dort die Zuordnung.</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>Muster, durch Semikolons getrennt.</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>&amp;Keine Datei mit einer fehlerhaften Zeile übernehmen</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>Ordner überwachen</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>Was die Zeilen &amp;sind</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Was die Zeilen sind</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>&amp;Welche Dateien</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>Welche Dateien</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>Verknüpfungen &amp;vergessen</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>Beide Seiten bleiben, aber die Verknüpfungen zwischen ihnen entfallen, und alle Listen werden von vorn gelesen. Nötig nur, nachdem die Bücher aus einer Kopie wiederhergestellt wurden. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>Vergessen, welcher Datensatz in %1 zu welchem gehört?</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>Was zbdesk geschrieben hat, gilt wieder als neu und wird unter Ausgang zur Prüfung zurückgehalten, damit nichts von selbst doppelt angelegt wird. Ein Datensatz, dessen Antwort noch aussteht, behält seine Verknüpfung.</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>Tage</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>Leer: Zoho Books vergibt die nächste Nummer.</translation>
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n Stunde</numerusform>
        <numerusform>%n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation>
        <numerusform>vor %n Stunde</numerusform>
        <numerusform>vor %n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n Minute</numerusform>
        <numerusform>%n Minuten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation>
        <numerusform>vor %n Minute</numerusform>
        <numerusform>vor %n Minuten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation>
        <numerusform>%n Sekunde</numerusform>
        <numerusform>%n Sekunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation>
        <numerusform>vor %n Sekunde</numerusform>
        <numerusform>vor %n Sekunden</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>Gerade eben</translation>
    </message>
    <message>
      <source>bytes</source>
      <translation>Byte</translation>
    </message>
    <message>
      <source>minus %1</source>
      <translation>minus %1</translation>
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation>morgen {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>gestern {time}</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Zeilen, wie sie gelesen werden</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation>Zeile %1, %2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>%1 wurde nicht nach Zoho Books geschrieben: %2, seit %3.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Details</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation>Alle abtun…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>Abtun…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>Datensätze verbergen</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>Es wird um %1 von selbst erneut versucht.</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>Datensätze zeigen</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>Diese erneut versuchen</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>geschlossen</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>Code %1</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation>Geheimnis &amp;erstellen und zeigen…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>&amp;Modul</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>Adresse für Änderungen</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>Adresse für Löschungen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation>Adresse für Änderungen kopieren</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>Adresse für Löschungen kopieren</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>Jedes Modul braucht zwei Webhooks und zwei Regeln, ein einziges Mal. Workflow-Regeln gehören zu den Tarifen Professional, Elite und Ultimate.</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>Noch einmal „Neue Workflow-Regel“ für %1: ereignisbasiert, „Gelöscht“; Sofortaktionen: der Webhook aus Schritt 3.</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Einstellungen (das Zahnrad) → Automatisierung → Workflow-Aktionen → Webhooks → Neuer Webhook. Beliebiger Name; Modul: %1; Methode: POST; zu benachrichtigende URL: die Adresse unten. Wählen Sie die Option, die den Webhook absichert, und fügen Sie das Geheimnis als Secret Token ein. Inhalt: Standard-Payload. Speichern.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Einstellungen → Automatisierung → Workflow-Protokolle: Wählen Sie eine Wiederholungsregel, damit Zoho Books es noch einmal versucht, während dieser Computer ruht. Ändern Sie dann einen Datensatz: %1 wird in der Liste von selbst abgehakt, sobald das Ereignis hier ist.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Einstellungen → Automatisierung → Workflow-Regeln → Neue Workflow-Regel. Modul: %1; ereignisbasiert; „Erstellt oder bearbeitet“, wenn irgendein Feld geändert wird; keine Kriterien; Sofortaktionen: Webhooks, der aus Schritt 1. Speichern.</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>Schritte</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>Das zweite Paar, für Löschungen: noch einmal „Neuer Webhook“ für %1, mit dieser Adresse und demselben Geheimnis.</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>Noch gibt es keine öffentliche Adresse: Wählen Sie zuerst eine unter „Tunnel“.</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Was in Zoho Books wohin gehört</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation>%1 von diesem Computer aus erteilt; Zoho behält %2 je Benutzer und sagt nicht, wie viele in Gebrauch sind.</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>Vorher: Lassen Sie hier einen anderen Benutzer mit denselben Rechten „Erneut anmelden“ wählen. Datensätze und Verknüpfungen bleiben.</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>Client-ID</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Computer</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Rechenzentrum</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Datenordner</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation>Übergabekarte</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>Wird dieser Benutzer in Zoho entfernt oder deaktiviert, endet die Anmeldung, und nichts wird mehr abgeglichen.</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>In Zoho Books angelegt</translation>
    </message>
    <message>
      <source>May</source>
      <translation>Darf</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>Mehr Anmeldungen eines Benutzers als erlaubt beenden wortlos die älteste, vielleicht diese.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>Scopes</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>Geheimnisse liegen in</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>Anmeldungen</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>Angemeldet von</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Seit</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Quellen</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>Der Client in der API-Konsole von Zoho gehört, wer ihn angelegt hat. Notieren Sie, wer diese Konsole öffnen kann.</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>Die Geheimnisse liegen im Schlüsselbund des Benutzers dieses Computers und ziehen nicht auf einen anderen Computer oder zu einem anderen Benutzer um.</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>Webhook-Adresse</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>Webhook-Geheimnis geändert</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>Was ausfällt, wenn diese Person geht</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>Ohne Geheimnis: Sie darf bei den Unterlagen der Firma liegen.</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>nie gezeigt</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>nicht bekannt</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nichts</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>lesen und schreiben</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>nur lesen</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation>zbdesk-Übergabekarte</translation>
    </message>
  </context>
  <context>
    <name>HandoverDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Kopieren</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>&amp;Drucken…</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
  </context>
  <context>
    <name>Head</name>
    <message>
      <source>&amp;Ask Zoho Books now</source>
      <translation>&amp;Zoho Books jetzt befragen</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>&amp;CSV…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>A&amp;ktionen</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Aktionen</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Modus „&amp;Monatsabschluss“ beginnen</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Prüfliste</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation>&amp;Spalten</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Daten</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>E&amp;xportieren…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Monatsabschluss</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>Neuer Datensatz</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>Neu…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>&amp;PDF…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Zeitraum</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>Tabelle drucken</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>Abstimmung als CSV speichern</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>Abstimmung als PDF speichern</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>F&amp;reigeben…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Aufteilen</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Abstimmung</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Bis</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansehen</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>im Ganzen</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>nach Monat</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>nach Quartal</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>nach Jahr</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%1 von %2 Tagen in Ordnung</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Tag</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>Wie es lief</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>Abgleich, letzte 30 Tage</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>jeder Lauf ist gescheitert</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>in Ordnung</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>am Ende in Ordnung, einige Läufe sind gescheitert</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>kein Lauf</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>noch nicht verbunden</translation>
    </message>
    <message>
      <source>today</source>
      <translation>heute</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>S&amp;chließen</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>Hilfe: %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>Tasten: Enter geht weiter, Alt+Z zurück, Esc bricht ab, F1 öffnet diese Hilfe.</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation>
        <numerusform>%n Stelle</numerusform>
        <numerusform>%n Stellen</numerusform>
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>Inhalt</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Tasten und Formen</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>Nichts passt. Versuchen Sie weniger Wörter.</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>Im Handbuch suchen</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>Das Handbuch fehlt</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>%n Beleg lässt sich so nicht importieren</numerusform>
        <numerusform>%n Belege lassen sich so nicht importieren</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1, über die E-Mail</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1, über den Namen</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1, über die Nummer</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1, über die Nummer im alten Programm</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>Benutzerdefiniertes Feld %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>Position: %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>Nummer im alten Programm</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>Schon so vorhanden</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Abgelehnt</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>&amp;Weiter</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n Zelle zu berichtigen</numerusform>
        <numerusform>%n Zellen zu berichtigen</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>Tag oder Monat zuerst?</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>Punkt oder Komma?</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>alle stehen in den Büchern</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>Beträge, wie sie dastehen</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>wie es dasteht</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>Komma ist das Dezimalzeichen</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>Tag zuerst</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>in den Büchern nachgeschlagen</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>Monat zuerst</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>wird nicht importiert</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>Punkt ist das Dezimalzeichen</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>nur auf eine Art zu lesen</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>unterscheidet die Belege</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>dieselbe Nummer verbindet die Zeilen</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>wartet, wo es nicht in den Büchern steht</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>Jahr zuerst</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n Zelle zu berichtigen</numerusform>
        <numerusform>%n Zellen zu berichtigen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>%n Beleg der letzten Datei dieses Namens fehlt</numerusform>
        <numerusform>%n Belege der letzten Datei dieses Namens fehlen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n Zelle</numerusform>
        <numerusform>%n Zellen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>%n Name steht nicht in den Büchern</numerusform>
        <numerusform>%n Namen stehen nicht in den Büchern</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>%n Frage</numerusform>
        <numerusform>%n Fragen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Import</translation>
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation>Import – zbdesk</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>Aufbau</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>Die Liste ist gespeichert: %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1 Zeilen</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>Belege</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>Jeder Import ist hier aufgeführt und kann zurückgenommen werden, hier und in Zoho Books.</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Datei importieren…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>Noch wurde nichts importiert.</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Frühere Importe</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>&amp;Rückgängig machen…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>Datensätze &amp;zeigen</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>Summen</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>Zuordnung %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>Ein Programm ohne Token erfährt nichts.</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>Ein Shop, eine Kasse oder ein Skript übergibt Belege und fragt, was daraus wurde.</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>Auch andere Computer fragen lassen</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>Programme dieses Computers fragen lassen</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Lokale Schnittstelle</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netzwerk</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>Neuer To&amp;ken…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>Noch keine</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>Noch ein Programm</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>Programme, die zbdesk fragen</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>%1 widerrufen</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>Widerrufen…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>Es gibt keine Verschlüsselung: Token und Belege gehen im Klartext durch das Netz. Setzen Sie einen Proxy mit TLS davor.</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>Token</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>noch nicht verwendet</translation>
    </message>
    <message>
      <source>used %1</source>
      <translation>verwendet %1</translation>
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation>Taste %1</translation>
    </message>
  </context>
  <context>
    <name>LatelyPanel</name>
    <message>
      <source>All activity</source>
      <translation>Ganzer Verlauf</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation>In letzter Zeit</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>Noch ist nichts geschehen.</translation>
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation>Senkrechter Strich</translation>
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation>Z&amp;eichensatz</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>Zeichensatz</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>Komma</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>Erste Zeilen, wie sie gelesen werden</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>Mit Sicherheit gefunden.</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>&amp;Überschriften stehen in Zeile</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>Überschriften stehen in Zeile</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>Ist die Datei so gemeint?</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>Sehen Sie sich Namen mit Umlauten und die Überschriften an. Alles Weitere wurde in der Datei selbst gefunden.</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>Höchstwahrscheinlich. Sehen Umlaute falsch aus, wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>Es wurden keine Überschriften gefunden.</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>Eine Zeile ist ein Beleg</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>Zeilen un&amp;d Belege</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>Zeilen und Belege</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>Zeilen mit derselben Nummer sind Positionen eines Belegs</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>&amp;Blatt</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>Semikolon</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Blatt</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tabulator</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>Textdateien sagen nicht, in welchem Zeichensatz sie geschrieben sind. Sehen Namen hier falsch aus, wählen Sie einen anderen Eintrag, bis sie stimmen.

Titel und leere Zeilen über den Überschriften werden weggelassen: Sagen Sie, in welcher Zeile die Überschriften stehen.</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>Die Datei wird neu gelesen…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>Werte sind &amp;getrennt durch</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>Werte sind getrennt durch</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>Zuerst lokale Daten &amp;löschen…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>Daten &amp;behalten und beenden</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>Entfernen von zbdesk vorbereiten?</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>Datensätze, Verlauf und Einstellungen bleiben in %1, bis Sie sie löschen.</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>Um die Anmeldung bei Zoho zu beenden und die Datensätze hier zu löschen, tun Sie das zuerst.</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>Was geschieht mit den Daten?</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>zbdesk startet nicht mehr mit Ihrer Sitzung und beendet sich. Entfernen Sie es dann so, wie es installiert wurde.</translation>
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
      <translation>Ausgaben</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>Verbindlichkeiten</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Einkauf</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>Forderungen</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Verkauf</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Steuer</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, nächstes Mal %2</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>Ganz durch geprüft um %1</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>Geprüft um %1</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Wird geprüft…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>Der Weg wurde noch nicht geprüft</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>Beträge</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>Fragen, bevor mehr geschrieben wird als</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>Vor einem großen Lauf</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>Währung und Betrag, mehrere mit Kommas; leer für keine Grenze.</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Löschungen</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Keine Grenze</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>Datensätze in einem Lauf. Darüber wird nichts geschrieben, bis Sie es angesehen haben.</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>Schreiben Sie Währung und Betrag, zum Beispiel EUR 50000.</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>oder Beträge von mehr als</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>oder mehr löscht oder storniert als</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>Position &amp;hinzufügen</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>&amp;Person hinzufügen</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>&amp;Lieferantenrechnung hinzufügen</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>&amp;Rechnung hinzufügen</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>Position %1: %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>Positionen vor Steuer und Rabatt: %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>Position %1 entfernen</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>Position %1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(ohne Namen)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>Positionen, nebeneinander</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>Steuer, nach Zoho Books</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation>
        <numerusform>und %n weitere Position</numerusform>
        <numerusform>und %n weitere Positionen</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>dort nicht</translation>
    </message>
  </context>
  <context>
    <name>LogDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Kopieren</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Alles</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>Im Protokoll suchen</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Stufe</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Protokoll</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>Nichts dergleichen steht im Protokoll.</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>E&amp;rneut lesen</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>Zeiten sind UTC. Geheimnisse sind entfernt.</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Warnungen</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Was geschieht</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>Jeden Tag eine neue Datei, und ab %1 MB. Die Zahl der Tage zählt ab dem nächsten Start.</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>Zählt sofort. Geheimnisse werden entfernt, bevor etwas geschrieben wird.</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>Diagnose für den Support…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>Jede Datei wird gezeigt, bevor etwas gespeichert wird. Von hier wird nichts gesendet.</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Alles</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>Für den Support</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>Wie viel geschrieben wird</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>Tage aufbewahrt</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>Protokolle</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>Ansehen</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>Protokollord&amp;ner öffnen</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>&amp;Protokoll lesen…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Warnungen</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Was geschieht</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>Beträge unter null</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>Gilt sofort. Zahlen und Daten bleiben, wie die Organisation sie hat.</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>Hoher Kontrast, schwarz</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>Hoher Kontrast, weiß</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>Wie zbdesk aussieht</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>In Klammern: (1.234,50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>Im Fenster und auf Papier. Exportierte Dateien haben immer ein Minuszeichen.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Aussehen</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>Die Schriftgröße folgt der Einstellung des Systems.</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>Mit Minuszeichen: −1.234,50</translation>
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation>%1 Stunden</translation>
    </message>
    <message>
      <source>%1 minutes</source>
      <translation>%1 Minuten</translation>
    </message>
    <message>
      <source>%1 seconds</source>
      <translation>%1 Sekunden</translation>
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation>%1, die Zeitzone der Organisation. Außerhalb wird nur Webhooks und Ihren Klicks gefolgt.</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>Etwa %1 Aufrufe am Tag, wenn sich nichts ändert</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>Etwa %1 von %2 Aufrufen am Tag, wenn sich nichts ändert</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>Zu jeder Zeit an jedem Tag. „Jetzt abgleichen“ läuft immer.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Tage</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>Stunden</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>In der Zeitzone der Organisation. „Jetzt abgleichen“ läuft immer.</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>Positionen von allem</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Nach Änderungen sehen alle</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>Montag bis Freitag</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>Montag bis Samstag</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>Ein Aufruf je Beleg, neueste zuerst, innerhalb der Aufrufe des Tages. Ohne dies werden Positionen gelesen, wenn ein Datensatz geöffnet wird oder sich ändert.</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>Samstag und Sonntag</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>Sonntag bis Donnerstag</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>Sonntag bis Mittwoch</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>Wann zbdesk nachsieht</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>Für diesen Start gilt ZBDESK_POLL_SECONDS</translation>
    </message>
    <message>
      <source>and</source>
      <translation>und</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>jeden Tag</translation>
    </message>
    <message>
      <source>from</source>
      <translation>von</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>Stunde</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>nur zu bestimmten Stunden</translation>
    </message>
    <message>
      <source>until</source>
      <translation>bis</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>%1 offen</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>%1 zu senden</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>%1 zu klären</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>Zoho Books verbinden – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>Was läuft, wird noch beendet…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>Öffnen Sie zuerst eine Liste von Datensätzen.</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>Abgleich: %1</translation>
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation>Handbuch</translation>
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation>Eine Zuordnung sagt, welche Spalte welches Feld ist. Importieren Sie eine Datei und speichern Sie dort deren Zuordnung unter einem Namen.</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Für</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Datei importieren…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>Keine Zuordnung ist gespeichert.</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>Zuordnung &amp;entfernen…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Gespeichert</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>Gespeicherte Zuordnungen</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>Die Zuordnung %1 ist entfernt.</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>Verwendet von</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>Spalte</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>Liste zum Berichtigen speichern</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>Die Liste ließ sich nicht speichern.</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>Was nicht stimmt</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Datei</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>Da&amp;tensätze</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>Ab&amp;gleich</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>&amp;Fenster</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>Was gelesen wird</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>lässt sich nicht lesen</translation>
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation>Module</translation>
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation>Konto</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>Bankkonto</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>Bankkonten</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>Banktransaktion</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>Banktransaktionen</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>Anpassung der Basiswährung</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>Anpassungen der Basiswährung</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Lieferantenrechnung</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Lieferantenrechnungen</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>Kontenplan</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Kontakt</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Ansprechpartner</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>Ansprechpartner</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>Kontakte</translation>
    </message>
    <message>
      <source>Credit note</source>
      <translation>Gutschrift</translation>
    </message>
    <message>
      <source>Credit note refund</source>
      <translation>Gutschriftserstattung</translation>
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation>Gutschriftserstattungen</translation>
    </message>
    <message>
      <source>Credit notes</source>
      <translation>Gutschriften</translation>
    </message>
    <message>
      <source>Currencies</source>
      <translation>Währungen</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>Zahlungseingang</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>Zahlungseingänge</translation>
    </message>
    <message>
      <source>Debit note</source>
      <translation>Lastschriftanzeige</translation>
    </message>
    <message>
      <source>Debit notes</source>
      <translation>Lastschriftanzeigen</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Angebot</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>Angebote</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Wechselkurs</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>Wechselkurse</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Ausgabe</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>Ausgaben</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>Anlagegut</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>Anlagevermögen</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Rechnung</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Rechnungen</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>Journalbuchung</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>Journalbuchungen</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>Standorte</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>Anfangssaldo</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Anfangssalden</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organisationen</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projekt</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projekte</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Bestellung</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>Bestellungen</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Wiederkehrende Lieferantenrechnung</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>Wiederkehrende Lieferantenrechnungen</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>Wiederkehrende Ausgabe</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>Wiederkehrende Ausgaben</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Wiederkehrende Rechnung</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>Wiederkehrende Rechnungen</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>Vorschussrechnung</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>Vorschussrechnungen</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Kundenauftrag</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>Kundenaufträge</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>Verkaufsbeleg</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>Verkaufsbelege</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>Aufgabe</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Aufgaben</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Steuer</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>Steuergruppe</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>Steuergruppen</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Steuern</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>Zeiteinträge</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>Zeiteintrag</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>Lieferantengutschrift</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>Lieferantengutschriften</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>Zahlungsausgang</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>Zahlungsausgänge</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>wird gelesen</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>gerade eben</translation>
    </message>
    <message>
      <source>next</source>
      <translation>als Nächstes</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>wartet</translation>
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation>Stand</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Aufrufe</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Hier</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>In Zoho Books</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>wird gelesen</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>gewählt</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>in Ordnung</translation>
    </message>
    <message>
      <source>next</source>
      <translation>als Nächstes</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>nicht gewählt</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>nicht gezählt</translation>
    </message>
    <message>
      <source>records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>wartet</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>mit %1</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>Module wählen</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Module</translation>
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation>Module</translation>
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end mode</source>
      <translation>Monatsabschluss-Modus beenden</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Monatsabschluss</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>Der Monatsabschluss ist vorbei.</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>Monatsabschluss bis %1</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>Keine vollständigen Listen, Mitteilungen nur bei Fehlern, die Hälfte der heutigen Aufrufe bleibt für Sie.</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>Dieser Computer bleibt wach.</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 %2: %3 fakturiert, %4 eingegangen</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1; %2 bisher</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>Währung der Monate</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Fakturiert</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>Fakturiert und eingegangen, nach Monat</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>Monat</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>Keine Rechnungen und keine Zahlungen in den letzten zwölf Monaten.</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>Eingegangen</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>ohne Währung</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>Verbindungen, Einstellungen und Hilfe</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
  </context>
  <context>
    <name>Neighbours</name>
    <message>
      <source>Looked at %1</source>
      <translation>Angesehen um %1</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>Liest nur, bis Sie es bestätigen</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>B&amp;ehalten</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>Verbindung &amp;prüfen</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>Eine Adresse sieht aus wie http://proxy.example.com:8080, ohne Anmeldedaten.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>Wird versucht…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>Gescheitert bei: %1 (%2).</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>Davor in Ordnung: %1.</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>Anmeldedaten (optional)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>Name für den Proxy</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Keiner</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Passwort</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>Passwort für den Proxy</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>Proxy</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>Das Passwort kommt in den Schlüsselbund dieses Computers, sonst nirgendwohin.</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>Das Passwort ist vergessen.</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>Das Passwort ist im Schlüsselbund.</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>Dieser</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>Weg zu Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>Zoho Books antwortet über %1.</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>Zoho Books antwortet direkt.</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>Verbinden mit dem Server</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>Finden des Servernamens</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>Erreichen des Proxys</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>Anmelden beim Proxy</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>Antwort des Servers</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>Zertifikat des Servers</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>S&amp;chließen</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>&amp;Token erstellen</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>&amp;Name des Programms</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>T&amp;oken</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Wird erstellt…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>Geben Sie ihm den Namen des Programms.</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>Er wird dieses eine Mal gezeigt. zbdesk behält nur seinen Fingerabdruck.</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>Name des Programms</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>Neuer Token</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>Ein Token je Programm, damit sich einer ohne die anderen widerrufen lässt.</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>Der Token wird dieses eine Mal gezeigt.</translation>
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
      <translation>Alle</translation>
    </message>
    <message>
      <source>An hour at most</source>
      <translation>Höchstens je Stunde</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>Arten</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>Aus heißt gar keine. Nichts steht nur in einer Mitteilung: Das Fenster sagt es auch.</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>Eine je Ursache. Was darüber hinauskommt, wird in einer einzigen zusammengefasst.</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>Mitteilungen zeigen</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>Mitteilen</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>wenn beide Seiten denselben Datensatz geändert haben</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>wenn es wieder funktioniert</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>wenn etwas nicht getan werden konnte</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>wenn der erste oder ein langer Abgleich fertig ist</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>wenn die Anmeldung abgelaufen ist</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>Ein langer Abgleich ist fertig</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>Alles davon steht im Fenster.</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>Von jetzt an werden nur noch Änderungen gelesen.</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>Er dauerte %1. Was daraus wurde, steht unter Verlauf.</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>Nichts wird überschrieben, bis jemand entscheidet.</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>Erneut bei Zoho anmelden</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>Wieder angemeldet</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>Der Abgleich geht weiter.</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>Was zu tun ist, steht unter „Probleme“.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>Zoho hat die Anmeldung beendet. Nichts ist verloren.</translation>
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n Konflikt</numerusform>
        <numerusform>%n Konflikte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation>
        <numerusform>%n weitere Mitteilung in der letzten Stunde</numerusform>
        <numerusform>%n weitere Mitteilungen in der letzten Stunde</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>%n Datensatz ließ sich nicht lesen</numerusform>
        <numerusform>%n Datensätze ließen sich nicht lesen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>Erster Abgleich fertig: %n Datensatz</numerusform>
        <numerusform>Erster Abgleich fertig: %n Datensätze</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1, nur %2</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>&amp;Ziel hinzufügen…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>Alle Zustellungen</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Ändern…</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>Zustellungen</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>Ereignis</translation>
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation>Ereignisse werden wieder weitergegeben.</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>Bekommt</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Aufgegeben</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Erstellt</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>Nichts wird weitergegeben</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>Noch nichts gesendet</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>Eigene andere Systeme können bekommen, was hier eintrifft, jedes mit eigenem Filter und Geheimnis.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausieren</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>Pausiert. Was kommt, wartet auf diesem Computer.</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>Pausiert; was kommt, wartet</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Entfernen…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>Erneut senden</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>Stand der Zustellungen</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Angenommen</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>Ziel</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>Ziele</translation>
    </message>
    <message>
      <source>Took one %1</source>
      <translation>Nahm eines an %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>all</source>
      <translation>alle</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>geändert</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>Änderungen</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>gelöscht</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>Löschungen</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>das Ereignis, wie es kam</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>den Datensatz</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>Organisation wechseln</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>Organisation wechseln (Strg+Umschalt+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Nicht verbunden</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;usieren</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>An&amp;halten</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>&amp;Jetzt abgleichen</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>nur lesen</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>In use</source>
      <translation>In Gebrauch</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pausieren</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Erneut anmelden…</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Diese verwenden</translation>
    </message>
  </context>
  <context>
    <name>OrganizationMenu</name>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation>Weitere &amp;Organisation verbinden…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organisationen</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Erneut nachsehen</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>Alle sind beendet.</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>Eine beendete Organisation lässt sich nicht verbinden. Erneuern Sie ihren Tarif in Zoho Books und sehen Sie dann erneut nach.</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>Zum Weitergehen ist eine Organisation nötig.</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>Bitten Sie einen Administrator von Zoho Books um eine Einladung, oder melden Sie sich mit einem anderen Benutzer an.</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>Wählen Sie eine Organisation; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>Wählen Sie die eine Organisation, für die diese Verbindung ist.</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>Vergleichen Sie die ID mit der Zahl in der Adresse Ihres Zoho Books, nach /app/. Die anderen Organisationen können Sie später hinzufügen, jede mit eigenen Datensätzen.</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>&amp;Liste erneut ansehen</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>Einen Augenblick.</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Ihre Organisationen werden gelesen</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>Mehrere Organisationen haben %1 als Basiswährung.</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>Mit anderem &amp;Benutzer anmelden</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>Die Liste enthält, was Ihre Anmeldung in Zoho Books sehen darf. Die ID ist die Zahl nach /app/ in der Adresse des Browsers.

Pfeiltasten bewegen, die Leertaste wählt. Eine Organisation, deren Tarif beendet ist, steht zuletzt und lässt sich nicht wählen.</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>Die Liste wird gelesen.</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>Diese Anmeldung gehört zu keiner Organisation</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>Welche Organisation?</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>Alle angemeldeten Organisationen werden nebeneinander abgeglichen, jede mit eigener Anmeldung und eigenen Aufrufen; das Fenster zeigt eine zur Zeit, und ihre Datensätze werden nie vermischt. Strg+Umschalt+O wechselt.</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>Weitere Organi&amp;sation verbinden…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>Hier bekannt</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Noch eine</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>Organisationen auf diesem Computer</translation>
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation>Organisation %1</translation>
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation>Organisationen</translation>
    </message>
  </context>
  <context>
    <name>OrganizationsModel</name>
    <message>
      <source>Country</source>
      <translation>Land</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>Beendet</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>Geschäftsjahr</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>Organisation und ID</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>Tarif</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>gewählt</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>ab %1</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>%1 als versendet markiert</translation>
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n Aufruf</numerusform>
        <numerusform>%n Aufrufe</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n Änderung</numerusform>
        <numerusform>%n Änderungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>%n weiterer ungewiss</numerusform>
        <numerusform>%n weitere ungewiss</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>%n neuer Datensatz gesendet</numerusform>
        <numerusform>%n neue Datensätze gesendet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>%n Nummer ist schon vergeben</numerusform>
        <numerusform>%n Nummern sind schon vergeben</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>%n Datensatz fällt in einen gesperrten Monat</numerusform>
        <numerusform>%n Datensätze fallen in einen gesperrten Monat</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>%n Datensatz hat eine Steuer, die es nicht gibt</numerusform>
        <numerusform>%n Datensätze haben eine Steuer, die es nicht gibt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>%n Datensatz wird morgen gesendet</numerusform>
        <numerusform>%n Datensätze werden morgen gesendet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>%n Datensatz darf nicht geschrieben werden</numerusform>
        <numerusform>%n Datensätze dürfen nicht geschrieben werden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>%n Datensatz wartet auf einen Kontakt oder Artikel</numerusform>
        <numerusform>%n Datensätze warten auf einen Kontakt oder Artikel</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>%n Datensatz wartet auf einen Wechselkurs</numerusform>
        <numerusform>%n Datensätze warten auf einen Wechselkurs</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>Alles darf geschrieben werden</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>Wird geprüft</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>Wird geprüft: %1.</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>%1 geändert</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>Abgeschlossener Zeitraum</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>%1 löschen</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>%1 gelöscht</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>Heute erledigt</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>Jeder Kontakt und Artikel ist da</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>Jede Währung hat einen Kurs</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>Jede Steuer ist in Zoho Books</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>Zurückgehalten</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>Zur Prüfung zurückgehalten</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>In Zoho Books</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>Es wurde um %1 gesendet, und keine Antwort kam. zbdesk fragt Zoho Books nach %2, bevor etwas erneut gesendet wird; so kann es dort nicht doppelt stehen.</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>Wird gesendet</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>Als versendet markieren</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>%1 neu</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>Kein Monat ist gesperrt</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>Keine Nummer ist schon vergeben</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problem</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>Die Aufrufe des Tages reichen</translation>
    </message>
    <message>
      <source>Void %1</source>
      <translation>%1 stornieren</translation>
    </message>
    <message>
      <source>Voided %1</source>
      <translation>%1 storniert</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>Zahlung</translation>
    </message>
    <message>
      <source>this number</source>
      <translation>dieser Nummer</translation>
    </message>
    <message>
      <source>this record</source>
      <translation>diesem Datensatz</translation>
    </message>
  </context>
  <context>
    <name>OutgoingModel</name>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation>Gewählt</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Für</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Nummer</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Quelle</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation>%1 von %2 ausgewählt</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>%1 freigegeben; sie werden jetzt gesendet.</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · nichts wird gesendet, bis Sie es wollen</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>%1 &amp;zurücknehmen</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>&amp;Behalten</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>&amp;Ansehen…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Zugelassen; sie werden jetzt gesendet.</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>%1 zurücknehmen?</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>Änderungen werden wieder von selbst gesendet.</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>Hier gemachte Änderungen stehen hier, bis der nächste Lauf sie mitnimmt.</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>Wählen Sie Datensätze, um zu sehen, was ihr Schreiben bedeutet.</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>Belege eines dort gesperrten Monats warten hier.</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>Jeder Schreibvorgang hat seine Antwort bekommen.</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>Zur &amp;Prüfung zurückhalten</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>Spur</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>Spuren</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>Keine gesperrten Monate</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>Heute wurde nichts gesendet</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>Nichts ist zurückgehalten</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>Nichts ist ungewiss</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>Nichts wird gesendet</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>Nichts wartet</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Wird gelesen…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>Die Datensätze sind wieder so, wie beide Seiten zuletzt übereinstimmten. Zoho Books bleibt unberührt.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>Der Lauf hat angehalten, bevor er %1 schrieb.</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>Diese sind in Zoho Books.</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>Diese sind unterwegs. Jeder ist aufgeschrieben, bevor er gesendet wird.</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>Das lässt sich nicht lesen</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>Was zu senden ist, wird von jetzt an zurückgehalten.</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>Was zu senden ist, hält hier an, solange „Zur Prüfung zurückhalten“ eingeschaltet ist.</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>Was heute geschrieben wurde, steht hier.</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>&amp;Was geschrieben wird…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Was geschrieben wird</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>Diese %1 nach Zoho Books &amp;schreiben</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>Diesen nach Zoho Books &amp;schreiben</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>Schreibvorgänge, die unterwegs sind, stehen hier.</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>Zoho Books wird zuerst nach jedem davon gefragt; nur was dort nicht ist, wird noch einmal gesendet.</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>Ausgehende Datensätze</translation>
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Ne&amp;xt</source>
      <translation>&amp;Weiter</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>Buchhaltung</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Bank</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Konflikte</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>Übersicht</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>Listen</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Monatsabschluss</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projekte</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Einkauf</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Verkauf</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Quellen</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>Zu klären</translation>
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
      <translation>%1 Treffer</translation>
    </message>
    <message>
      <source>1 result</source>
      <translation>1 Treffer</translation>
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation>Pfeiltasten wählen, Enter öffnet, Esc schließt</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>Keine Treffer</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>Nichts passt zu „%1“.</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>Nummer, Name, Referenz oder Befehl</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Treffer</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>Datensätze und Befehle suchen</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Wird gesucht…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ wählen · Enter öffnet · Esc schließt</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>%1 hat %2 Dezimalstellen.</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>Höchstens %2 Dezimalstellen.</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>Geben Sie ein Datum ein, zum Beispiel %1.</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>Geben Sie einen Betrag ein, zum Beispiel %1.</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>Geben Sie das Jahr mit vier Ziffern ein.</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>Ist es %1 oder %2? Schreiben Sie den Monat in Buchstaben.</translation>
    </message>
    <message>
      <source>today</source>
      <translation>heute</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation>Zahlung &amp;erfassen</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(optional)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation>Betrag, %1</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>Saldo %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>Wählen Sie, wie bezahlt wurde.</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>Geben Sie einen Betrag über null ein.</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>Geben Sie den Tag des Eingangs ein.</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>Ein Zahlungseingang wird in Zoho Books angelegt und mit dieser Rechnung verrechnet.</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>Zahlung für %1 erfassen</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>Der Saldo ist %1; eine Zahlung kann nicht höher sein.</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1 sind unterwegs</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1 sind ausgeschaltet</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1 lassen sich nicht lesen</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>0 von %1 sind hier.</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>Alle Filter entfernen</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Erneut nachsehen</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>Neue erscheinen hier von selbst.</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>Keine %1</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>Von %1 %2 passt nichts</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>%1 werden gelesen…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>Einschalten…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Jetzt abgleichen</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>Die Datensätze lassen sich nicht lesen</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>Sie erscheinen hier Seite für Seite.</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>Sie werden nicht aus Zoho Books gelesen.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>Zoho Books hat keine, nachgesehen %1. Neue erscheinen hier von selbst.</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>Beide Richtungen</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>Bekannte Kunden</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>Richtung von %1</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>Nur aus Zoho Books</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>Nur nach Zoho Books</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Diese Verbindung liest nur.</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>Diese Art ist oben ausgeschaltet.</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>Was zbdesk darf</translation>
    </message>
    <message>
      <source>change</source>
      <translation>ändern</translation>
    </message>
    <message>
      <source>create</source>
      <translation>anlegen</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>löschen</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>Lieferanten nicht anfassen</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>über die E-Mail verknüpfen</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>über den genauen Namen verknüpfen</translation>
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
      <translation>&amp;Zurück</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>P&amp;robelauf…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>Vorab geprüft</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>&amp;Zurücknehmen…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>Summen neuer Belege</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Was geschrieben wird</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>etwa %1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>an %1</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>sobald Zoho Books wieder Aufrufe zulässt</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation>%1 Datensätze</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>&amp;Drucken…</translation>
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation>Als PDF &amp;speichern…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>Quer</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Saldo</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>Gutschriften</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Fällig</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation>Dort ließ es sich nicht schreiben. Wählen Sie einen anderen Ort oder Drucker.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>PDF document (*.pdf)</source>
      <translation>PDF-Dokument (*.pdf)</translation>
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation>&amp;Papier</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>Seite %1 von %2</translation>
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation>Seiten, wie sie gedruckt werden</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>Papier</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Zahlungen</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>%1 drucken</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation>Als PDF speichern</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation>Die ersten %1 von %2 Datensätzen. Ein Export enthält alle.</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>Der Drucker meldet einen Fehler. Nichts wurde gedruckt.</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>Hoch</translation>
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
      <translation>Ein gesperrter Bildschirm zeigt womöglich Mitteilungen. Geschäftspartner und Beträge stehen nie darin.</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>Das Fenster verdecken</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>Strg+Umschalt+H verdeckt alle Zahlen bis zu einem Klick oder Tastendruck. Der Abgleich geht weiter.</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>Einmal am Tag nach einer neuen Version sehen</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>Die Organisation in Mitteilungen nennen</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>Neue Versionen</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Mitteilungen</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>Eine Frage an unseren Server, ohne etwas über Sie. Nichts wird heruntergeladen oder installiert.</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>Berichte</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>Nach einem Fehler von zbdesk einen Bericht zeigen</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>Was andere sehen dürfen</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>Wenn jemand kommt</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>Mit dem ganzen Text, zum Kopieren oder Speichern. zbdesk sendet von selbst nichts irgendwohin.</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation>
        <numerusform>%n Ursache</numerusform>
        <numerusform>%n Ursachen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n Problem</numerusform>
        <numerusform>%n Probleme</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n Datensatz</numerusform>
        <numerusform>%n Datensätze</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tried %n time(s)</source>
      <translation>
        <numerusform>%n Mal versucht</numerusform>
        <numerusform>%n Mal versucht</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>%1 Probleme nach %2 geschrieben.</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>Ab&amp;getan (%1)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>Alle werden jetzt erneut versucht.</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Zugelassen; sie werden jetzt gesendet.</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>Zurück zu den Pro&amp;blemen</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>Zurück zu den Problemen</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSV-Datei (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>Abgetan</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>Abgetan. Es wird nicht noch einmal versucht; unter „Abgetan“ lässt es sich zurückholen.</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>Abgetan: %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>CSV e&amp;xportieren…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>Alles, was versucht wurde, ging.</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>Probleme exportieren</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Keine Probleme</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>Nichts ist abgetan</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>Die Probleme werden gelesen…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>Wieder zeigen</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>Die Probleme lassen sich nicht lesen</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>Dieser Lauf ist inzwischen geklärt.</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>Dieser Server hat keine Webseiten.</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>Jetzt erneut versucht: %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>Alle &amp;erneut versuchen</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>&amp;Rückgängig</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>Weitere Organisation verbinden – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>Getrennt, mit einer Anmerkung</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>Erneut anmelden – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>&amp;Aufgeben</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>So &amp;lassen, wie es ist</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>Weiter&amp;laufen lassen</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>&amp;Beenden</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>An&amp;zeigen</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>Import &amp;anhalten</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>&amp;Jetzt ändern</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>Jetzt ändern?</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>Diesen Import aufgeben?</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>&amp;Weiter</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>Der Abgleich geht weiter und zbdesk wartet neben der Uhr. In den Einstellungen ändert „Schließen des Fensters“ das.</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>zbdesk weiterlaufen lassen, wenn das Fenster geschlossen wird?</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>Sehen Sie in Zoho Books (%1) nach, ob sie wirklich fort sind. Wenn ja, werden sie auch hier als gelöscht markiert; in Zoho Books wird nichts gelöscht.</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>Noch wurde nichts importiert. Was Sie hier berichtigt und gewählt haben, ginge verloren; die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>%1 jetzt anzeigen?</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>&amp;Hier bleiben</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>Den Import anhalten?</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>Das Fenster wird dafür neu aufgebaut. Etwas ist offen und noch nicht gespeichert; das Eingegebene ginge verloren.</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>Das Fenster zeigt eine Organisation zur Zeit; alle werden weiter abgeglichen. Bevor die erste Änderung nach %1 geschrieben wird, werden Sie um Bestätigung gebeten.</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>Sie sind &amp;fort: als gelöscht markieren</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>Version %1. Hält die Datensätze dieser Firma und ihr Zoho Books im Gleichschritt. MIT-Lizenz.</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>Was bisher importiert ist, bleibt und lässt sich rückgängig machen. Ein erneuter Import der Datei macht dort weiter.</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho und Zoho Books sind Namen der Zoho Corporation, die mit diesem Programm nichts zu tun hat.</translation>
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation>1 Stunde</translation>
    </message>
    <message>
      <source>30 minutes</source>
      <translation>30 Minuten</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Stummschalten</translation>
    </message>
    <message>
      <source>Mute for a while</source>
      <translation>Eine Weile stummschalten</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>Stumm bis %1, noch %2.</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>Mitteilungen werden gezeigt.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>Wieder zeigen</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>Bis morgen</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>Eingegangen</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>Wie es kam</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>Inhalt des Ereignisses</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>Inhaltstyp</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Ko&amp;pieren</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Laid out</source>
      <translation>Gegliedert</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>E&amp;rneut lesen</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Anfrage</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Signatur</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansehen</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>ein Relay</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>keine, die sich prüfen ließe; nur ein Hinweis</translation>
    </message>
    <message>
      <source>right</source>
      <translation>richtig</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>der Empfänger</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Erneut nachsehen</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>, sonst </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>Ein Textfeld in Zoho Books, das doppelte Werte ablehnt. Damit kann eine verspätet eintreffende Anfrage nie einen zweiten Datensatz anlegen.</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>Feld „zbdesk ID“</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>Wie es steht</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>Es lehnt &amp;Doppeltes ab</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>Kein Datensatz doppelt</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Nicht verbunden</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>Erkannt an</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>Fe&amp;ld einrichten</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>Zoho Books wird gefragt…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>Zoho Books selbst lehnt bei %1 von %2 Arten einen zweiten Datensatz ab.</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>E-Mail-Adresse</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>eigene Nummer</translation>
    </message>
    <message>
      <source>name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nichts</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>Referenznummer</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>das Feld „zbdesk ID“</translation>
    </message>
  </context>
  <context>
    <name>Records</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation>und %1 weitere; alle werden zusammen erneut versucht und stehen in der CSV-Datei</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>Spaltentitel</translation>
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation>%1 Datensätze</translation>
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>Diese werden in Zoho Books erfasst.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Diese Verbindung liest nur.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Dieser Datensatz ist nicht mehr hier.</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>„%1“ ist hier nicht bekannt. Wählen Sie einen Eintrag aus der Liste.</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>Datum ändern…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>Nummer ändern…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>Datum aller ändern…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>Andere Wahl treffen…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Bearbeiten…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>Damit verknüpfen…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>Den Lauf ansehen…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>Zoho Books öffnen</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>Kontakte in Zoho Books öffnen</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>Währungen in Zoho Books öffnen</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>Datenordner öffnen</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>Artikel in Zoho Books öffnen</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>Protokollordner öffnen</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Einstellungen öffnen</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>Transaktionssperre öffnen</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>Benutzer und Rollen öffnen</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>Hier umbenennen…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>Sagen, was gemeint ist…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>Sagen, ob sie fort sind…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>Erneut anmelden</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Erneut anmelden…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation>
        <numerusform>%n Änderung ist noch nicht gesendet.</numerusform>
        <numerusform>%n Änderungen sind noch nicht gesendet.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>Lokale Daten löschen</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>Lokale Daten löschen…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>Trennen</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>Trennt und löscht die Datensätze auf diesem Computer. Zoho Books behält alles.</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>Trennen…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>Etwas beenden</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>Beendet die Anmeldung bei Zoho. Datensätze und Verknüpfungen bleiben; eine neue Verbindung macht dort weiter.</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>Zuordnung der Datensätze vergessen</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>Zuordnung der Datensätze vergessen…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>Behält beide Seiten und vergisst, welcher Datensatz zu welchem gehört. Nötig nur, nachdem die Bücher aus einer Kopie wiederhergestellt wurden.</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>&amp;Entfernen</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>Wird entfernt…</translation>
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Kopieren</translation>
    </message>
    <message>
      <source>Nothing is lost. This is the whole report; it goes nowhere unless you send it.</source>
      <translation>Nichts ist verloren. Das ist der ganze Bericht; er geht nirgendwohin, außer Sie senden ihn.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Bericht</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>zbdesk ist auf einen eigenen Fehler gestoßen</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>in Ordnung</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>nicht möglich</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>nicht möglich, die Anmeldung ist abgelaufen</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>läuft</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>mit Problemen</translation>
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation>%1 von %2 zurückgenommen.</translation>
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation>%1 bleiben, wie sie sind; der Grund steht bei jedem.</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>Liste &amp;kopieren</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>%1 &amp;rückgängig machen</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>Records of this run</source>
      <translation>Datensätze dieses Laufs</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>Der Lauf von %1 wird zurückgenommen</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>Der Lauf von %1 wurde zurückgenommen</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Was geschieht</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>Warum, was bleibt</translation>
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation>nur %1</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 geklärt</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>&amp;Für diese Felder immer diese Seite nehmen, ohne zu fragen</translation>
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation>&amp;Klären</translation>
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation>%1 &amp;klären</translation>
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation>&amp;Welche Konflikte</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>Wählen Sie eine Seite, um zu sehen, was sie bewirkt.</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>Behalten, was &amp;Zoho Books hat</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>Behalten, was &amp;dieser Computer hat</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>Bleibt, wie es ist: %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Kein Betrag ändert sich dort.</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>Keine Seite ist gewählt.</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>Keiner davon lässt sich so klären.</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>Für alle Felder dieser Konflikte wird eine Seite genommen. Sie sehen die Zahlen, bevor etwas gesendet wird.</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>Konflikte nach Regel klären</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>Der Probelauf ist im Gange.</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>Der Probelauf war nicht möglich.</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>Welche Konflikte</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Wird ermittelt…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation>nichts nach Zoho Books geschrieben</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1, %2: immer %3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>Eine Regel für einzelne Felder entsteht aus jedem Konflikt; hier endet sie.</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Wieder fragen</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>Belege dieser Quellen werden zu einer Zeile mit ihrer Summe. Mehrere mit Kommas.</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>Art des Belegs</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>Keine. Wenn beide Seiten geändert haben: unter „Konflikte“ fragen.</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>Eine Zeile, Menge 1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>Regeln</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>Quellen mit einer Zeile</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>Wenn beide Seiten geändert haben</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>Namen von Quellen</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>dieser Computer</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · %2 Belege, davon %3 abgelehnt</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>%1 Belege sind hier und bleiben; die anderen wurden nicht angesehen. Ein erneuter Import der Datei macht weiter.</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>S&amp;chließen</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>&amp;Liste zum Berichtigen speichern…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>Alle %1 Belege sind schon hier, wie sie in der Datei stehen.</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Import</translation>
    </message>
    <message>
      <source>Importing %1</source>
      <translation>%1 wird importiert</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>Nichts Neues</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>Nichts wurde importiert</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>&amp;Rückgängig machen…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>An&amp;halten</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>&amp;Datensätze zeigen</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>Einige Zeilen sind fehlerhaft, und es war „alles oder nichts“ verlangt.</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>Anhalten beendet den Import nach den Belegen, die gerade übernommen werden; sie bleiben. Dieselbe Datei noch einmal macht dort weiter: Was schon hier ist, wird nicht doppelt übernommen.</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Wird angehalten…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>Die Belege gehen mit dem nächsten Abgleich an Zoho Books.</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>Die Belege warten unter „Ausgang“, bis Sie sie freigeben.</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>Der Import war nicht möglich</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>Der Import ist fertig</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>Der Import läuft…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>Die Liste ist gespeichert.</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>Das Fenster lässt sich inzwischen benutzen.</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>Bleiben, wie sie sind: %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>%1 sind gelöscht</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>%1 sind storniert</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 geändert</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>%1 angelegt</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>%1 gelöscht</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>%1 gelöscht oder storniert; %2 gehen ohne Rückfrage</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>%1 bekommen ihre Werte zurück</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>%1 bekommt seine Werte zurück</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>%1 gehen zurück oder werden inaktiv</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>%1 geht zurück oder wird inaktiv</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>%1 insgesamt; %2 gehen ohne Rückfrage</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>%1 wird gelöscht</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>%1 wird storniert</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>%1 anders markiert</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>%1 Datensätze; %2 gehen ohne Rückfrage</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>%1 bleiben und werden aufgelistet</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>%1 bleibt und wird aufgelistet</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n Datensatz</numerusform>
        <numerusform>%n Datensätze</numerusform>
      </translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Gelöscht</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation>Bekommt seine Werte zurück</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>Wird gelöscht</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>Wird storniert</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>Nichts geschrieben</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>Wiederhergestellt</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>Den Lauf von %1 rückgängig machen?</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>Status geht zurück</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>Status ist zurück</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>Bleibt</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>Storniert</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>leer</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>&amp;Rückgängig machen…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Läufe</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>Zurückgenommen %1.</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>Der Lauf wird zurückgenommen; der Bericht steht dann hier.</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>Was daraus wurde</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>Was daraus wurde…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>Nach Zoho Books geschrieben</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>Datensätze und Befehle suchen</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>bremse, löschungen, beträge, erst fragen</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>schließen, beenden, weiterlaufen, mit dem computer starten</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>datenbank, sicherung, wo, dateien, ordner</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>abstand, minuten, zeitplan, takt, stunden, akku</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>grenzen, aufrufe je minute, aufrufe am tag</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>listen, wählen, einschalten, ausschalten, nur lesen, regel</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>lokale schnittstelle, geplante exporte, token</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>stumm, schlummern, ruhe</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>personenbezogene daten, berichte</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>proxy, zertifikat, internet</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>erneut anmelden, trennen, organisation, rechenzentrum, übergabe</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>farbschema, dunkel, hell, kontrast, farben, sprache</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>Geheimnis &amp;ändern</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>Geheimnis &amp;erstellen</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>Ein neues wird erstellt und einmal gezeigt. Das jetzige gilt noch sieben Tage, damit Sie die Webhooks in Zoho Books einen nach dem anderen ändern können.</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Wird erstellt…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>Das Geheimnis ändern?</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Ko&amp;pieren</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Kopieren Sie das Geheimnis jetzt</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>Ereignisse, die das vorige Geheimnis signiert, werden noch sieben Tage angenommen.</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>Öffnen Sie in Zoho Books jeden Webhook, wählen Sie die Option, die ihn absichert, und fügen Sie dies als Secret Token ein. Es liegt im Schlüsselbund dieses Computers und wird nicht noch einmal gezeigt.</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>Es signiert jedes Ereignis, damit niemand sonst eines senden kann. Es wird einmal gezeigt, jetzt gleich, zum Einfügen in Zoho Books.</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>Das Geheimnis für Zoho Books erstellen?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Geheimnis</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>Das Geheimnis wird gezeigt. Kopieren Sie es jetzt.</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>Geheimnis verbergen</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>Geheimnis zeigen</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>Buchhaltung</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Bank</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>Listen und Einstellungen</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projekte</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Einkauf</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Verkauf</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>%1 ausgewählt</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message>
      <source> or </source>
      <translation> oder </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>%1 %2 geändert</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>%1 %2 angelegt</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>%1 %2 gelöscht</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 steht schon in den Büchern (%3). Geben Sie dem Beleg eine andere Nummer, oder lassen Sie die Zeile weg.</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>%1 %2 storniert</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 zbdesk versucht es beim nächsten Lauf erneut.</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>%1 antwortete etwas anderes: eine Störung dort, oder ein Proxy oder die Anmeldeseite eines Netzes dazwischen. Was hier ist, bleibt, wie es ist; versuchen Sie es in einigen Minuten erneut (das Abgleichen tut das von selbst).</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>%1 antwortet, findet aber an seinem Ende hier nichts.</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1 werden von jetzt an ausgelassen.</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1 gehören nicht zum Tarif oder zur Edition dieser Organisation.</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>%1 kann hier nicht gelöscht werden. Sehen Sie in Zoho Books nach.</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>%1 lässt sich nicht lesen (%2). Die Datei muss der Person gehören, die zbdesk ausführt.</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>%1 kann nicht gestartet werden: %2.</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>%1 lässt sich nicht schreiben (%2). Schaffen Sie Platz oder erlauben Sie dort das Schreiben und wählen Sie „Erneut versuchen“. Was vorher aufbewahrt wurde, ist unberührt.</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>%1 kann von anderen Programmen nicht geschrieben werden.</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>%1 können in Zoho Books kein eindeutiges Feld haben.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>%1 in Zoho Books geändert und hier übernommen: %2.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>%1 in Zoho Books geändert: %2.</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>Nicht zu lesen: %1.</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>%1 nicht lesbar: %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>%1 konnte nicht in die Datenbank zurückgeschrieben werden.</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>%1 konnte nicht geschrieben werden.</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>%1 in Zoho Books angelegt.</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>%1 in Zoho Books gelöscht.</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>%1 hat zbdesk nicht eingelassen.</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>%1 Belege wurden abgewiesen.</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>%1 antwortet nicht rechtzeitig.</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>%1 hat nicht die Spalten der Zuordnung.</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>%1 endete mit dem Code %2.</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>%1 wurde beendet: %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>%1 in Zoho Books neu gefunden und übernommen.</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%1 von %2 bis %3</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>%1 hat %2 Dezimalstellen; dieser Betrag hat mehr. Runden Sie ihn.</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>%1 hat in Zeile %2 ein Anführungszeichen, das nie geschlossen wird.</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>%1 hat Überschriften, aber keine Zeilen.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>%1 hat die Verbindung verloren und sucht eine andere.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>%1 hat die Verbindung verloren und sucht eine andere: %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>%1 hat keine Endung, die zbdesk schreiben kann.</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>%1 hat kein Blatt „%2“.</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>%1 hat den Schlüssel %2.</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>%1 hat denselben Inhalt wie %2, importiert am %3 UTC. Daraus wurde nichts übernommen.</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>%1 hat diese Überschriften auf mehr als einem Blatt.</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>Für %1 gibt es keine Aktion „%2“.</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1 haben kein Datum oder keinen Betrag.</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1 haben keine eigene Nummer, die geschrieben werden kann.</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>%1 haben keine Einstellung „%2“.</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 ist %2, keine lesbare Tabelle.</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 ist ein Ordner.</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 ist bereits ein Ziel.</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>%1 sind zugeordnet, mehr als die Zahlung von %2.</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 ist verbunden.</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 ist leer.</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>Auf %2 sind noch %1 offen, und dies ergibt %3.</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 ist durch ein anderes Programm gesperrt oder darf nicht gelesen werden.</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 ist gesperrt.</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 ist kein Datum.</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 ist kein Verlauf von zbdesk.</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 ist keine Art von Ereignis oder Inhalt.</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 ist weder eine Abstimmung noch eine Freigabe von zbdesk.</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 ist keine einwandfreie %2-Datei.</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 ist in Zoho Books nicht aktiv.</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 ist keine SQLite-Datenbank, oder sie ist verschlüsselt oder beschädigt.</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 steht nicht im Konflikt.</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 ist dem Namensdienst nicht bekannt</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 ist kein Text in dieser Kodierung.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>Auf %2 sind %1 offen; mehr kann von einer Gutschrift nicht darauf entfallen.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>Auf %2 sind %1 offen; mehr kann von einer Zahlung nicht darauf entfallen.</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 ist durch ein Passwort geschützt.</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>%1 startet.</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>%1 wird noch geschrieben.</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 ist angehalten.</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 ist storniert.</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 wird bereits überwacht.</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>%1 lässt vorerst keine Nachrichten mehr durch.</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>%1 von Hand mit „%2“ in Zoho Books verknüpft.</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>%1 mit dem verknüpft, was Zoho Books schon hatte.</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>%1 stellt keine sichere Verbindung her.</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>%1 muss eine Liste sein.</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>%1 nicht an %2 zugestellt.</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>%1 von %2 %3 fehlen in der Liste, die Zoho Books gesendet hat. Nichts wurde entfernt.</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2: %1 wurde in Zoho Books %4-mal statt einmal ausgeführt (%3).</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>%1 der heutigen %2 Aufrufe bei Zoho Books sind verbraucht.</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>%1 weist die Nachricht ab, bevor sie hier ankommt.</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>%1 Zeilen, %2 übernommen.</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>%1 leitet nach %2 weiter, und Zoho Books folgt dem nicht.</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>%1 nimmt keine Nachricht dieser Größe an.</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>%1 hat in %2 Sekunden keine öffentliche Adresse genannt.</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>%1 warten auf Sie.</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>%1 wartet auf Sie.</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>%1 wurde hier und in Zoho Books geändert: %2.</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>%1 wurde in Zoho Books gelöscht und ist auch hier gelöscht.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>%1 wurde zurückgenommen: %2 von %3 Datensätzen.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>%1 wurde zurückgenommen: %2 von %3 Datensätzen; %4 blieben, wie sie sind, der Bericht sagt warum.</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>%1 hätte mehr Zeilen, als eine Tabelle aufnehmen kann (%2).</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 zbdesk sieht von selbst wieder nach.</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 zbdesk sucht den Datensatz, bevor es etwas noch einmal sendet.</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 Vorher macht zbdesk keinen Aufruf und fährt dann dort fort, wo es aufgehört hat.</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 zbdesk versucht es von selbst erneut; nichts ist verloren.</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1, erlaubt %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1, oder wählen Sie mit --data-dir ein anderes. Was dort gespeichert ist, bleibt, wie es ist.</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1, hier gestartet</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1: %2 %3 angelegt, %4 geändert, %5 abgewiesen.</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1: %2 muss %3 sein.</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1: %2 Zeilen, %3 angelegt, %4 geändert, %5 unverändert, %6 abgewiesen.</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1: Zoho Books antwortete mit einer leeren Liste. Deswegen wurde hier nichts entfernt.</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1: Ein Konflikt wurde geklärt (%2).</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1: in Zoho Books gelöscht. Der letzte bekannte Stand bleibt hier.</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1: Die Rücknahme des Imports hat begonnen: %2 Datensätze, die schon gesendet waren.</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1: Der Import wurde zurückgenommen: %2 entfernt, %3 wie vorher, %4 behalten.</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1: „%2“ an Zoho Books gesendet.</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1; ein Proxy, der in den Verkehr hineinsieht, braucht hier sein Zertifikat</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>%n geändert</numerusform>
        <numerusform>%n geändert</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>%n Änderung</numerusform>
        <numerusform>%n Änderungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>%n Änderung wurde</numerusform>
        <numerusform>%n Änderungen wurden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>%n Konflikt</numerusform>
        <numerusform>%n Konflikte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>%n angelegt</numerusform>
        <numerusform>%n angelegt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>%n Tag</numerusform>
        <numerusform>%n Tage</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>%n gelöscht</numerusform>
        <numerusform>%n gelöscht</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>%n Löschung</numerusform>
        <numerusform>%n Löschungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n documents</source>
      <translation>
        <numerusform>%n Beleg</numerusform>
        <numerusform>%n Belege</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n events were</source>
      <translation>
        <numerusform>%n Ereignis wurde</numerusform>
        <numerusform>%n Ereignisse wurden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours</source>
      <translation>
        <numerusform>%n Stunde</numerusform>
        <numerusform>%n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n linked</source>
      <translation>
        <numerusform>%n verknüpft</numerusform>
        <numerusform>%n verknüpft</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lists</source>
      <translation>
        <numerusform>%n Liste</numerusform>
        <numerusform>%n Listen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n marked otherwise</source>
      <translation>
        <numerusform>%n anders gekennzeichnet</numerusform>
        <numerusform>%n anders gekennzeichnet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes</source>
      <translation>
        <numerusform>%n Minute</numerusform>
        <numerusform>%n Minuten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more lists</source>
      <translation>
        <numerusform>%n weitere Liste</numerusform>
        <numerusform>%n weitere Listen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>%n neu</numerusform>
        <numerusform>%n neu</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems</source>
      <translation>
        <numerusform>%n Problem</numerusform>
        <numerusform>%n Probleme</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>%n Datensatz</numerusform>
        <numerusform>%n Datensätze</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n Zeile</numerusform>
        <numerusform>%n Zeilen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n Sekunde</numerusform>
        <numerusform>%n Sekunden</numerusform>
      </translation>
    </message>
    <message>
      <source>, </source>
      <translation>, </translation>
    </message>
    <message>
      <source>3 to 10 minutes</source>
      <translation>3 bis 10 Minuten</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>%1 ist nicht geschlossen.</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>Diesem Betrag fehlt eine Klammer; schreiben Sie (100.00) oder -100.00.</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>Ein Code gilt einmal und %1 lang, und nur in dem Rechenzentrum, das ihn erstellt hat (gefragt wurde %2). Erstellen Sie einen neuen; scheitert auch der, prüfen Sie das Rechenzentrum.</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>Ein Kontakt ist Kunde oder Lieferant.</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>Damit wurde eine Gutschrift verrechnet oder Geld erstattet. Nehmen Sie das in Zoho Books zurück.</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>Ein benutzerdefiniertes Feld braucht seinen api_name (oder label) und einen Wert.</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>In einer Datenbank im Arbeitsspeicher gibt es nichts zu lesen.</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>Ein Beleg ist ein Objekt mit benannten Feldern.</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>Hier wird der Name eines Feldes als Text erwartet.</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>Ein frischer Blick braucht etwa %1 Aufrufe, und heute sind noch %2 übrig.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>Eine Journalzeile ist Soll oder Haben, nicht beides.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>Eine Journalzeile ist Soll oder Haben.</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>Eine Journalzeile braucht ein Konto.</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>Eine Journalzeile braucht einen Betrag.</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>Eine Zeile fehlt, kam hinzu oder steht nicht an ihrem Platz.</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>Eine Position ohne Artikel braucht einen Preis.</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>Hier wird eine Liste erwartet.</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>Eine Zuordnung kennt diesen Schlüssel nicht; sie hat %1.</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>Eine Zuordnung ist ein JSON-Objekt.</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>Eine Nummer hat höchstens %1 Zeichen.</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>Eine Nummer dieser Länge hat in der Tabelle ihre letzten Ziffern verloren. Formatieren Sie die Spalte als Text, geben Sie die Nummer neu ein und speichern Sie die Datei.</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>Eine Zahlung ist größer als null.</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>Ein Lauf über die Grenzen hinaus wurde erlaubt: %1 Datensatz.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>Ein Lauf über die Grenzen hinaus wurde erlaubt: %1 Datensätze.</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>Eine Quelle der Art %1 wird hier nicht ausgeführt.</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>Eine Quelle liest nur, mit den Rechten ihres Benutzers. Die Datenbank sagt: %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>Eine Quelle liest nur. Lassen Sie es weg; wo es der Name einer Spalte ist, setzen Sie es in Anführungszeichen.</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>Eine Quelle liest nur: Schreiben Sie ein SELECT oder WITH ... SELECT. Die Datenbank wurde nichts gefragt.</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>Eine Anweisung dieser Art darf nach %1 fragen.</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>Ein Token kann nicht %1 heißen.</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>Ein Schreibvorgang dafür ist noch ohne Antwort; er wird zuerst nachgesehen.</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>Der Zugriff wurde auf der Seite von Zoho abgelehnt.</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>Fügen Sie %1 genau so in der API-Konsole zu den „Authorized Redirect URIs“ des Clients hinzu und melden Sie sich dann erneut an.</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Fügen Sie sie in Zoho Books unter Einstellungen, Währungen hinzu; dieser Beleg geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>Fügen Sie dies hier oder in Zoho Books hinzu: %1. Dieser Datensatz geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>Fügen Sie die Quelle mit ihrer Adresse neu hinzu; was sie gebracht hat, bleibt.</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>Erlauben Sie im Proxy Inhalte von 1 MB.</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>Erlauben Sie es unter Einstellungen, %1, oder nehmen Sie die Änderung hier zurück.</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>Erlauben Sie dort das Schreiben</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>Erlauben Sie dort das Schreiben, oder wählen Sie mit --data-dir einen anderen Ort.</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>Erlauben Sie zbdesk in den Einstellungen des Schlüsselbunds den Zugriff, und wählen Sie Erneut versuchen.</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>Ein Betrag kam als Binärbruch an und hat Stellen verloren; geben Sie ihn als Text.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>Ein Ereignis konnte nicht abgelegt werden und wurde nicht bestätigt. Prüfen Sie den Datenträger des Datenordners.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>Ein Ereignis konnte nicht abgelegt werden und wurde nicht bestätigt; Zoho Books sendet es erneut, wo Wiederholungen eingestellt sind, und die Abfrage findet die Änderung. Schaffen Sie Platz.</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>Ein Artikel dieses Belegs ist in Zoho Books inaktiv.</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>Hier wird ein Objekt mit benannten Feldern erwartet.</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>Am Port %1 dieses Computers antwortet ein anderes Programm.</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>Ein anderes Programm hält sie gesperrt. Schließen Sie es (ein Sicherungsprogramm, ein zweites zbdesk) und versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>Vielleicht hat ein anderes Programm den Port: siehe Probleme. Es wird von selbst erneut versucht; versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>Ein anderes Programm benutzt Port %1.</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>Eine andere Zeile ist fehlerhaft, und es hieß alles oder nichts.</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>Ein anderer Lauf wird gerade zurückgenommen. Warten Sie, bis das vorüber ist.</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>Ordnen Sie höchstens zu, was offen ist.</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>Ordnen Sie höchstens zu, was offen ist; was darüber hinaus einging, bleibt unverbraucht auf der Zahlung.</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>Wählen Sie einen kürzeren.</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>Fragen Sie noch einmal, oder sehen Sie im Fenster unter Webhooks nach.</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>Bitten Sie den Betreiber, die öffentliche Adresse zu erlauben, oder testen Sie aus einem anderen Netz.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>Bitten Sie Ihren Administrator von Zoho Books um Zugriff, oder melden Sie sich mit dieser Berechtigung erneut an. Ein vollständiger Abgleich versucht es wieder.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>Bitten Sie Ihren Zoho-Books-Administrator um die Berechtigung, oder verbinden Sie neu mit diesem Teil.</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>Unter %1 antwortet eine andere Seite.</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>Am Port %1 dieses Computers lauscht ein anderes zbdesk mit einem anderen Geheimnis.</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>Sicherungen von vor Aktualisierungen liegen hier, neueste zuerst: %1.</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>Importiert werden können Dateien in CSV, TSV, XLSX, XLSM, XLS und ODS.</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>Ändern Sie %1, oder entfernen Sie es für den Standardwert.</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>Ändern Sie es in den Einstellungen des Systems unter den Autostartprogrammen.</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>Ändern Sie den Datensatz hier, wie Zoho Books es verlangt; dann wird er erneut gesendet.</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>Seither geändert: %1.</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>Änderungen in Zoho Books kamen ohne Webhook und wurden durch Nachsehen gefunden: %1.</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Prüfen Sie %1: Großbuchstaben und Leerzeichen zählen. Ohne die richtige Passphrase entfernen Sie %2 und verbinden erneut; die Datensätze auf diesem Computer bleiben.</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>Prüfen Sie die Schreibweise, und ob der Eintrag beim Anbieter Ihrer Domain besteht; ein neuer braucht bis zu einer Stunde.</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>Prüfen Sie den Leistungsort: IGST gilt für andere Bundesstaaten, CGST und SGST für denselben.</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>Prüfen Sie, ob der Export vollständig war.</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>Prüfen Sie die Datei in dem Programm, das sie schreibt.</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>Prüfen Sie die Internetverbindung oder den Proxy. zbdesk versucht es von selbst erneut; nichts ist verloren.</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>Prüfen Sie den Namen und den Ordner.</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>Prüfen Sie das Netz und die Adresse der Datenbank; nichts ist verloren, der Abgleich geht weiter, sobald sie wieder da ist.</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>Prüfen Sie die Einstellungen für Reverse Charge.</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>Wählen Sie im Fenster Zoho Books verbinden, oder führen Sie `zbdesk connect` aus.</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>Wählen Sie unter Einstellungen, Netzwerk eine PEM-Datei oder gar keine.</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>Wählen Sie einen Namen von 1 bis %1 Zeichen, den kein anderes Token hat, etwa den des Programms.</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>Wählen Sie zuerst einen Tunnel oder geben Sie Ihre eigene Adresse an: `zbdesk webhooks tunnel`.</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>Wählen Sie unter Webhooks einen Tunnel, oder fügen Sie Ihre eigene Adresse ein.</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>Wählen Sie für jede Zeile der Lieferantenrechnung ein Konto.</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>Wählen Sie ein anderes Modul.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>Wählen Sie mit --data-dir oder %1 einen anderen, oder erlauben Sie dort das Schreiben.</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>Wählen Sie einen anderen Tunnel, wenn Ereignisse an ihrer Signatur geprüft werden sollen.</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>Wählen Sie weniger Module oder einen kürzeren Zeitraum, oder vergleichen Sie mit dem zuletzt Gelesenen.</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>Wählen Sie eine Datei darin, oder überwachen Sie den Ordner.</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>Wählen Sie etwas Vorhandenes; lesen Sie die Liste erneut, wenn es neu ist.</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>Wählen Sie die Schlüsseldatei neu: Sie ist nicht dort, wo die Einstellungen sagen.</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>Schließen Sie ein anderes Demofenster oder das Programm, das sie benutzt, und starten Sie dann neu.</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>Schließen Sie die Datei in der Tabellenkalkulation, oder erlauben Sie das Lesen, und versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>Schließen Sie es, oder nehmen Sie es heraus, und versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>Schließen Sie es, oder warten Sie, bis es fertig ist, und starten Sie dann neu.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>Schließen Sie es; der Rest der Anweisung wird dafür gehalten.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>Schließen Sie es; der Rest der Anweisung wird für Text gehalten.</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>Schließen Sie das Programm, oder wählen Sie in den Einstellungen und in Ihrem Tunnel einen anderen Port. zbdesk versucht es von selbst erneut; bis dahin kommen Änderungen durch Abfragen.</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>Schließen Sie das andere zbdesk und wählen Sie „Erneut versuchen“.</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>Cloudflare vergibt vorerst keine Schnelltunnel mehr. Warten Sie eine Stunde, oder legen Sie einen benannten Tunnel an, der kostenlos ist.</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>Vergleichen Sie Steuern, Rabatte und Rundung der beiden und berichtigen Sie dann den Beleg hier oder in Zoho Books.</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>Verbinden Sie erneut und gewähren Sie es, oder nehmen Sie die Änderung hier zurück.</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>Verbinden Sie erneut ohne „nur lesen“, oder nehmen Sie die Änderung hier zurück.</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>Verbinden Sie sie neu.</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>Mit %1 verbunden, nur lesend.</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>Mit %1 verbunden.</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>Kontaktpersonen eines Belegs werden in Zoho Books gewählt.</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>Kopieren Sie das Token des Tunnels unter Einstellungen, Webhooks neu aus dem Cloudflare-Dashboard.</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>Kopieren Sie die ganze Adresse, die der Browser nach Accept zeigt; sie beginnt mit http://localhost.</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>Berichtigen Sie die Zelle.</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>Soll und Haben weichen um %1 ab.</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>Löschen Sie ihn auch hier, oder senden Sie ihn als neuen noch einmal.</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>Löschen Sie den überzähligen in Zoho Books. Er entstand, weil eine Antwort von Zoho unterwegs verloren ging.</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>Zustellung %1 kann nicht erneut gesendet werden.</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>Wurde daraus „%1“?</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>Meinten Sie %1?</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>Meinten Sie „%1“?</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>Von Zoho Books getrennt.</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>Die Trennung wurde begonnen.</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>Tun Sie es in Zoho Books und nehmen Sie dann die Änderung hier zurück.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>Belege, die in Zoho Books bleiben, beziehen sich darauf.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>Belege, die in Zoho Books bleiben, beziehen sich darauf; der Datensatz wird inaktiv gesetzt.</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>Beenden Sie das Programm, oder wählen Sie unter Einstellungen, Webhooks einen anderen Port für zbdesk.</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>Beenden Sie das andere, oder geben Sie unter Einstellungen, Webhooks jedem einen eigenen Port.</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>Geben Sie den Datensatz neu ein.</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Geben Sie einen in Zoho Books unter Einstellungen, Währungen ein; dieser Beleg geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>Geben Sie zuerst %1 ein, hier oder in Zoho Books, oder berichtigen Sie den Namen.</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Geben Sie den Kurs in Zoho Books unter Einstellungen, Währungen ein; dieser Beleg geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>Bis dahin warten Ereignisse beim Relais.</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>Jeder Beleg braucht die Kennung, die er in seiner Quelle hat.</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>Alles ist auf dem neuesten Stand.</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>Exportieren Sie sie erneut; eine Kopfzeile und eine Zeile sind nötig.</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>Dateien von zbdesk fehlen.</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>Beenden Sie die Seite, die zuletzt geöffnet wurde, und kopieren Sie die Adresse von dort.</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>Erster Abgleich fertig: %1 von %2 sind hier.</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>Durch Nachsehen gefunden: %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ort. Was dort stand, ist unverändert.</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>Schaffen Sie dort Platz</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>Beschaffen Sie eines, das diese Adresse enthält, oder verwenden Sie einen Namen.</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>Beschaffen Sie eines, das diesen Namen enthält.</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>Geben Sie jedem Computer eine eigene Adresse.</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>Geben Sie entweder „%1“ oder „%2“ an, nicht beides.</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>Geben Sie einen Namen an.</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>Wählen Sie einen anderen Namen, oder benennen Sie den anderen in Zoho Books um oder führen Sie beide zusammen.</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>Geben Sie zuerst den ersten Tag an.</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>Geben Sie weniger an, oder nehmen Sie zurück, was schon darauf vermerkt ist.</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>Geben Sie die Adresse ohne Pfad an: nur https://, Host und Port.</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>Geben Sie dem Beleg eine andere Nummer, oder löschen Sie den anderen in Zoho Books.</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>Geben Sie die Adresse der Quelle neu ein, mit dem jetzigen Passwort.</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>Wenn mehr einging, sagen Sie mit amount_applied, wie viel davon auf diesen Beleg entfällt.</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>%1 importieren</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>In %1 gibt es keinen Client mit dieser ID. Vergleichen Sie sie mit der API-Konsole dieses Rechenzentrums und prüfen Sie, ob das Rechenzentrum das in der Adresse Ihres Zoho Books ist.</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>Im Konflikt stehen %1.</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>Installieren Sie es neu, oder wählen Sie einen anderen Tunnel.</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>Installieren Sie es, oder geben Sie unter Einstellungen, Webhooks an, wo es liegt, oder wählen Sie einen anderen Tunnel.</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>Installieren Sie das Python-Paket %1 neben zbdesk, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>Installieren Sie zbdesk neu: Seine Bilder und Übersetzungen liegen nicht beim Programm.</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>Installieren Sie zbdesk neu; es bringt das Handbuch mit.</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>Die Antwort hatte den Status %1.</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>Es kommt eine Antwort, aber nicht auf das, was gefragt war.</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>Es beginnt von selbst oder nachdem geklärt ist, was es anhält: siehe Übersicht. Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>Es gehört zu einer anderen Organisation auf diesem Computer. Wechseln Sie zuerst zu dieser; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>Löschen ist nicht möglich; der Datensatz wird inaktiv gesetzt.</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>Es kann nicht mehr sein als die Zahlung selbst.</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>Nicht erreichbar (%1).</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>Es kann nicht gelesen werden.</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>Es verändert, was es weitergibt, daher sind seine Ereignisse nur Hinweise.</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>Er beantwortet nicht, was ihm gesendet wird.</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>Es ist nicht angegeben, um welchen Datensatz es geht (%1).</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>Sie liefert %1. Nichts davon wurde übernommen. Berichtigen Sie die Abfrage, oder sehen Sie die Vorschau an und ordnen Sie neu zu.</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>Sie wurde bereits ausgeführt. Ändern Sie stattdessen den Datensatz.</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>Inzwischen wurde gezahlt. Entfernen Sie zuerst die Zahlung in Zoho Books.</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>Es wurde bezahlt; die Beträge bleiben.</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>Auf diesem Computer gibt es dazu keinen Beleg mehr.</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>Es fehlen die Überschriften oder unsere letzte Zeile. Das Speichern in einer Tabellenkalkulation entfernt sie.</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>Sie hat die Schemaversion %1; dieses Programm kennt Versionen bis %2. Nichts wurde geändert. Aktualisieren Sie zbdesk, oder verwenden Sie die Version, die sie angelegt hat.</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>Vorhanden sind: %1. Wählen Sie eines davon in der Zuordnung.</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>Darin steht %1.</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>Sie enthält einen Benutzernamen oder ein Passwort, das alle unterwegs sehen würden.</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>Sie enthält Leerzeichen oder Zeichen, die keine Webadresse hat, oder sie ist zu lang.</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>Sie enthält Tabellen, die nicht von zbdesk stammen, darum wurde nichts geschrieben. Wählen Sie einen anderen Datenordner.</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>Sie enthält {port}, was den entfernten Port 0 voraussetzt.</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>Es ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>Es ist eine Liste zugeordneter Beträge: %1.</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>Es ist weit größer, als eines sein kann.</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>Es ist viel zu lang.</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>Es ist für %1, nicht für %2.</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>In Zoho Books ist es bereits weg.</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>Es liegt in einem gesperrten Zeitraum von Zoho Books.</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>Es steht im Konflikt; klären Sie den zuerst.</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>Danach wird von selbst erneut gesehen; was daraus kam, bleibt.</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>Sie wird angelegt, wenn Zoho Books zum ersten Mal verbunden wird.</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>Es ist keine Webadresse.</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>Es ist keine Adresse eines Proxys.</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>Noch ist nicht bekannt, ob Zoho Books dies übernommen hat.</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>Es liegt nicht im Suchpfad.</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>Es ist kein lesbares JSON.</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>Es ist nicht da.</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>Nicht vorhanden: gelöscht, umbenannt, oder das Laufwerk ist nicht angeschlossen.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>Er ist unterwegs zu Zoho Books.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>Es ist unterwegs zu Zoho Books; warten Sie die Antwort ab.</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>Es ist ein Zeichen wie „;“ oder eines von comma, semicolon, tab, pipe.</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>Es ist eines von %1.</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>Es ist Quelle %1. Entfernen Sie diese zuerst, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>Er läuft noch oder wurde eben abgebrochen.</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>Sie ist ausgeschaltet, oder das Netz ist weg. Was vorher gelesen wurde, bleibt; zbdesk versucht es beim nächsten Lauf erneut.</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>Es ist die Nummer der Zeile mit den Überschriften, ab 1.</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>Es wird von selbst erneut versucht. Bleibt es dabei, geben Sie ihn in Zoho Books von Hand ein, um zu sehen, was Zoho beanstandet.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>Es wird von selbst erneut versucht. Sehen Sie nach dem Netz und auf dashboard.ngrok.com.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>Es wird von selbst erneut versucht. Sehen Sie nach dem Netz, und ob der Server läuft.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>Es wird von selbst erneut versucht. Sehen Sie nach dem Netz, und ob eine Firewall cloudflared hinauslässt (Port 7844).</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>Es ist unklar, ob das Ergebnis von %1 zurückgeschrieben wurde.</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>Es ist in Zoho Books bereits storniert.</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>Es fehlt die Berechtigung %1. Verbinden Sie neu mit ihr, oder richten Sie die Webhooks von Hand ein: Die Anleitung im Handbuch zeigt jeden Schritt.</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>Vielleicht besteht es nicht mehr.</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>Vielleicht gehört es zu einer anderen Verbindung.</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>Er wurde vielleicht inzwischen gelöscht.</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>Vielleicht wurde es inzwischen geklärt.</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>Sie darf nur eintragen, was Zoho Books sagt.</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>Es muss über null liegen.</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>Sie muss mit https:// beginnen.</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>Sie muss mit https:// beginnen: Über http könnten alle unterwegs Ihre Datensätze lesen.</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>Sie muss aussehen wie http://proxy.example.com:8080. Ändern Sie sie unter Einstellungen, Netzwerk oder in den Einstellungen des Systems.</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>Sie muss aussehen wie https://accounts.example.com.</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>Es muss genau eine treffen. Es wurde zurückgenommen; prüfen Sie das WHERE der Anweisung.</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>Sie nannte %1. Nichts wurde dorthin gesendet. Beginnen Sie die Anmeldung von zbdesk aus neu; geschieht es wieder, prüfen Sie das Rechenzentrum und diesen Computer auf unerwünschte Software.</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>Sie nennt keinen Computer, der sich nachschlagen lässt.</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>Sie nennt keinen Computer.</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>Es lautet wieder wie vor dem Lauf.</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>Sie läuft von selbst, solange zbdesk läuft.</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>Die Meldung lautete: %1.</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>Die Antwort lautet, es sei endgültig weg (410).</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>Es wird auf eine andere Adresse verwiesen (%1), der nicht gefolgt wird.</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>Es sollte aussehen wie %1.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>Es bleibt storniert in Zoho Books und behält seine Nummer.</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>Es wurde seither hier geändert, und das ist noch nicht gesendet.</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>Es wurde seither in Zoho Books geändert.</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>Es wurde in Zoho Books gelöscht. Neu eingegeben wäre es ein anderer Datensatz mit einer anderen Geschichte.</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>Er wurde dort gelöscht oder zusammengeführt.</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>Sie wurde zugestellt.</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>Sie wurde getrennt.</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>Daran wurde nichts getan. zbdesk sieht morgen wieder nach.</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>Alles blieb genau, wie es ist.</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>Gesucht wurde unter %1.</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Gesucht wurde in %1. Melden Sie sich erneut an; was schon hier ist, bleibt, und das Abgleichen geht von dort weiter.</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>Sie wurde verschoben oder umbenannt. Geben Sie die Adresse der Quelle neu ein.</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>Inzwischen wurde es entfernt.</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>Er wurde schon zurückgenommen.</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Sie wurde in Zoho widerrufen oder nach 20 neueren Anmeldungen desselben Benutzers ersetzt (%1). Melden Sie sich erneut an; was hier ist, bleibt, und der Abgleich geht von dort weiter.</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>Es würde zu %1 passen: Berichtigen Sie die Zelle oder die Reihenfolge der Zuordnung.</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>Die Adresse kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>Seine Antwort ging verloren; er wurde dort gefunden.</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>Der Inhalt wurde nicht aufbewahrt.</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>Die Einzelheiten sind noch nicht gelesen. Öffnen Sie sie, dann bearbeiten Sie.</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>Ihre Datei, ihr Ordner oder ihr Datenträger ist für diesen Benutzer schreibgeschützt. Heben Sie das auf, oder wählen Sie einen anderen Datenordner.</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>Seine ID oder sein Secret wurde in der API-Konsole geändert oder gelöscht (%1). Verbinden Sie mit den neuen; was hier ist, bleibt.</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>Die letzten Worte: %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>Der Link ist keine https-Adresse.</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>Der Name lässt sich nicht als Webadresse schreiben.</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>Der Pfad enthält Zeichen, die dort anders geschrieben werden müssen.</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>Die Abhilfe sagt, was zu tun ist; `zbdesk problems` zeigt sie.</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>Die Signatur ist eine andere.</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>Testzeitraum oder Tarif ist abgelaufen. Erneuern Sie ihn in Zoho Books, dann verbinden Sie.</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>Behalten Sie local oder remote.</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>Bekannt sind %1 und custom. Es ist die Endung der Adresse, unter der Sie Zoho Books öffnen.</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>Bekannt sind %1.</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>Lassen Sie /*! ... */ weg.</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>Lassen Sie FOR UPDATE oder FOR SHARE weg: Nichts wird geändert.</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>Lassen Sie alles ab dem Fragezeichen oder dem Nummernzeichen weg.</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>Lassen Sie weg, was auf das Fragezeichen folgt.</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>Lassen Sie den Port https antworten, nicht http, mit einer aktuellen Version von TLS.</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>Leiten Sie den Pfad /webhooks mit dem ganzen Pfad nach http://127.0.0.1:%1.</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>Lassen Sie den Proxy den Header X-Zoho-Webhook-Signature weitergeben, und stellen Sie sicher, dass die Adresse zu diesem Computer führt.</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>Lassen Sie die Abfrage nur eine Art liefern, etwa mit CAST(... AS INTEGER).</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>Lassen Sie den Server auch seine Zwischenzertifikate senden.</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>Leiten Sie den Tunnel nach http://127.0.0.1:%1, und stellen Sie sicher, dass er läuft.</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>Zeile %1 ist kein Objekt.</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>Zeile %1 ist kein JSON.</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>Zeile %1, Spalte %2: %3.</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>Am Ende fehlen Zeilen.</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>Sehen Sie es im Browser an, der den Grund nennt.</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>Sehen Sie in Zoho Books nach Kontakt, Artikeln, Konten und Steuern, und nennen Sie hier andere.</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>Sehen Sie die Zahlen noch einmal an, dann entscheiden Sie.</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>Sehen Sie die Zahlungen an, auch die noch nicht gesendeten.</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>Sehen Sie sich den Datensatz in Zoho Books an und berichtigen Sie diese Felder hier oder dort.</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>Prüfen Sie den Namen des Servers und das Netz.</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>Sehen Sie unter Webhooks nach dem Tunnel.</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>Sehen Sie sie unter Ausgang an und lassen Sie genau diese dort gehen, oder führen Sie `zbdesk sync --allow-large` aus. Die Grenzen stehen in den Einstellungen unter Vor einem großen Lauf.</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>Sehen Sie in Zoho Books unter Einstellungen, Automatisierung, Workflow-Protokolle nach, ob die Regeln eingeschaltet und ob die 1.000 Webhooks des Tages verbraucht sind.</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>Sehen Sie in Zoho Books nach, ob sie wirklich gelöscht wurden. Wenn ja, bestätigen Sie das Entfernen; wenn nein, prüfen Sie die Rechte des angemeldeten Benutzers und gleichen Sie dann erneut ab.</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>Prüfen Sie, ob %1 läuft und zu diesem Computer führt.</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>Prüfen Sie, ob %1 läuft und ob eine Firewall Verbindungen hereinlässt.</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>Sehen Sie nach, warum das Ziel sie nicht annimmt, und senden Sie sie dann erneut: `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>Legen Sie einen neuen Kanal an, und fügen Sie seine Adresse ein.</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>Legen Sie einen neuen Kanal an: Jemand anderes hört vielleicht mit, oder das Relais ist gestört.</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>Machen Sie daraus eine Sicht (View) in der Datenbank.</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>Legen Sie ihn an, schließen Sie sein Laufwerk an, oder wählen Sie in den Einstellungen einen anderen.</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>Setzen Sie den Kontakt in Zoho Books auf aktiv, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Setzen Sie den Kontakt auf aktiv, hier oder in Zoho Books; der Beleg geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>Setzen Sie den Artikel in Zoho Books auf aktiv, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Setzen Sie den Artikel auf aktiv, hier oder in Zoho Books; der Beleg geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>Berichtigen Sie sie, und sehen Sie die Vorschau an. Die Datenbank sagt: %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>Berichtigen Sie sie, oder verschieben Sie sie, um mit den Standardwerten zu beginnen.</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>Führen Sie die beiden stattdessen in Zoho Books zusammen.</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>Führen Sie sie in Zoho Books zusammen, oder geben Sie dem Datensatz hier die E-Mail-Adresse des richtigen.</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>Fehlen seit der letzten Datei dieses Namens (sie bleiben): %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>In Zoho Books wurde mehr gezahlt, als danach herauskäme (%1). Nehmen Sie die Seite von Zoho.</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>Mehr als einer</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>Mehr als einer: %1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>Mehr als ein Eintrag (%1) hat dies: %2 „%3“.</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>„%2“ kommt mehr als einmal vor (%1).</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>Wahrscheinlich ist das Geheimnis in Zoho Books ein anderes als hier. Erzeugen Sie unter Webhooks ein neues, und fügen Sie es in Zoho Books in den Webhook ein. Mit dem ersten richtigen Ereignis verschwindet diese Meldung.</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>Nennen Sie eine Datei: sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>Nennen Sie es mit der lokalen Kennung, der Zoho-Kennung, der Nummer oder SOURCE:ID.</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>Nennen Sie einen mit seiner Zoho-Kennung, oder wählen Sie aus: %1.</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>Benennen Sie eine davon anders, etwa mit SELECT ... AS other_%1.</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>Nennen Sie eine davon oder eine JSON-Datei mit einer Zuordnung.</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>Nennen Sie dies mit der Nummer der Quelle oder der von Zoho, oder führen Sie die beiden in Zoho Books zusammen: %1.</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>Nennen Sie die Spalte, die sagt, wann eine Zeile geändert wurde (oder ihre wachsende Nummer).</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>Nennen Sie den Datensatz durch ein Objekt mit genau einem von %1.</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>Nennen Sie stattdessen den Wert, etwa :since.</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>Grenzen Sie sie ein, oder geben Sie den Spalten im WHERE einen Index. Was vorher gelesen wurde, bleibt.</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>„%2“ gibt es nicht (%1).</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>Keine Antwort binnen %1 Sekunden.</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>Es wurde kein Aufruf gemacht; danach geht der Abgleich weiter.</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>Keine Spalte unterscheidet die Belege; ordnen Sie eine %1 oder source_id zu.</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>Zahlen sind nicht beigefügt.</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>Kein Tunnel ist eingerichtet.</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>Auf die Frage nach neuen Versionen kam keine Antwort.</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>Noch ist keine gespeichert.</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>Unter %1 antwortet nichts.</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>Damit lässt sich nichts mehr tun.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>Darauf kann nichts mehr gezahlt werden.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>Darauf kann nichts gezahlt werden.</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>Nichts darin sagt, was es ist.</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>Nichts heißt hier „%1“.</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>Nichts ist verloren. Es wird von selbst erneut versucht; das Protokoll hat die Einzelheiten.</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>Nichts ist verloren. Starten Sie zbdesk neu; das Protokoll hat die Einzelheiten.</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>Auf %1 ist nichts offen.</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>Darauf ist nichts gezahlt, und keine Sperre des Zeitraums ist bekannt (%1).</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>In Zoho Books wird nichts geschrieben; dieser Computer übernimmt, was dort steht.</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>Nichts wird geschrieben, bis jemand die Organisation bestätigt: Sie ist eine andere als vorher oder hat sich geändert.</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>Nichts weiter wird geschrieben, bis Sie es zulassen: Der Lauf ist größer als die Grenzen in den Einstellungen.</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>Nichts davon wurde behalten. Versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>Nichts zu tun, wenn das Netz weg ist; sonst prüfen Sie die Adresse.</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>Nichts zu tun: Es wird von selbst wieder gefragt.</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>Nichts zu tun: Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>Nichts wurde angefragt. Was hier ist, bleibt.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>Nichts wurde gelesen. zbdesk versucht es beim nächsten Lauf erneut.</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>Daraus wurde nichts übernommen.</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>Nichts davon wurde übernommen.</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>Nichts davon wurde übernommen. Grenzen Sie sie mit :since ein, oder erhöhen Sie die Zeilengrenze der Quelle.</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>Einer der gewählten Teile von Zoho Books lässt sich diesem Client in %1 nicht gewähren. Wählen Sie weniger Teile, oder legen Sie den Client in der API-Konsole des richtigen Rechenzentrums an.</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>Ein Datensatz von Zoho kann nur ein Beleg sein.</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>Hier wird ein Wert für alle Belege erwartet.</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>Hier wird ein einzelner Wert erwartet, keine Liste und kein Objekt.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>Öffnen Sie sie in der Tabellenkalkulation und speichern Sie sie neu, oder exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>Öffnen Sie sie in der Tabellenkalkulation, speichern Sie eine Kopie ohne Passwort, und wählen Sie diese.</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>Öffnen Sie den Datensatz in Zoho Books (%1), und löschen Sie den überzähligen Eintrag. Eine Antwort von Zoho ging unterwegs verloren; dies verschwindet von selbst, sobald einer übrig ist.</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>Öffnen Sie den Zeitraum in Zoho Books unter Einstellungen, Transaktionssperre, oder ändern Sie das Datum.</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>Öffnen Sie den Datensatz in Zoho Books. Er wird wieder angefragt, sobald er sich dort ändert.</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>Die Organisation %1 gehört zu einem anderen Benutzer oder Rechenzentrum. Verbinden Sie erneut und wählen Sie die Organisation aus der Liste.</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>Andere Programme benutzen die Ports %1.</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>Außerhalb der in den Einstellungen gewählten Stunden. „Jetzt abgleichen“ läuft trotzdem.</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>Fügen Sie die Adresse des Kanals ein, nicht die der Website.</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>Fügen Sie die endgültige Adresse des Kanals ein.</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>Fügen Sie die endgültige Adresse ein, und lassen Sie den Proxy /webhooks ohne Umleitung weitergeben.</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>Angehalten bis %1.</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>Angehalten.</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>Zahlungen und Gutschriften, die darauf verbucht waren, bleiben dem Kunden als Guthaben.</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>Problem %1 betrifft keinen Namen und keinen vergebenen Datensatz.</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>Setzen Sie :source_id hinein, etwa UPDATE ... WHERE id = :source_id.</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>Setzen Sie den Namen hinter den Host: .../name.</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>Hinterlegen Sie den öffentlichen Schlüssel dieses Computers auf dem Server, und starten Sie den Agenten des Schlüssels, wenn er eine Passphrase hat.</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>Erhöhen Sie die Grenze des Proxys oder Tunnels.</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>Aus Zoho Books gelesen: %1.</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>Das Lesen wurde angehalten.</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>Entfernen Sie es zuerst, um zu ändern, was es erhält: `zbdesk webhooks targets remove`.</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>Entfernen Sie zbdesk unter Zoho Accounts, Sessions, Connected Apps und melden Sie sich erneut an. Ein Client der Art „Client-based (JavaScript)“ lässt sich nicht verwenden, ein „Server-based“ schon.</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>Erneuern Sie es auf dem Server oder Proxy; auch Zoho Books weist es ab.</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>Spielen Sie das Ereignis selbst noch einmal ab: `zbdesk webhooks replay`.</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>Stellen Sie %1 aus einer Sicherung wieder her, oder verbinden Sie erneut; die Datensätze auf diesem Computer bleiben.</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>Reverse Charge braucht eine Reverse-Charge-Steuer auf den Positionen.</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>Zeile %1 desselben Belegs sagt „%2“. Eine Nummer ist ein Beleg: Berichtigen Sie die Nummer, oder gleichen Sie beide an.</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>Lauf %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>SOCKS-Proxys werden nicht unterstützt.</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>Speichern Sie sie unter diesem Namen neu.</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>Speichern Sie den Text neu, als reines UTF-8.</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>Gespeichert sind: %1.</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>Geben Sie an, wie viel der Zahlung darauf entfällt.</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>Geben Sie an, wo zu beginnen ist, etwa 2026-01-01, oder 0 bei einer Nummer.</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>Geben Sie an, worauf dieser Teil der Zahlung entfällt (%1).</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>Geben Sie an, welches Feld welchen Wert hat: {“payment_mode”: “banktransfer”}.</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>Geben Sie an, welche Überschrift welches Feld ist: {“Invoice no”: “invoice_number”}.</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>Geben Sie an, welcher Teil von %1 es ist, etwa %2.%3.</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>Siehe Webhooks.</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>Siehe `zbdesk problems meanings`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>Siehe `zbdesk webhooks targets`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>Siehe `zbdesk webhooks tunnel --help`, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>Senden Sie dies als neu noch einmal, oder nennen Sie in diesem Datensatz etwas anderes: %1. Er geht dann von selbst hinaus.</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>An Zoho Books gesendet: %1.</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Setzen Sie %1 auf die Passphrase, mit der sie angelegt wurde. Um stattdessen den Schlüsselbund des Systems zu verwenden, entfernen Sie %2 und verbinden Sie erneut; die Datensätze auf diesem Computer bleiben.</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>Stellen Sie die Uhr dieses Computers oder des Servers, der es ausgestellt hat.</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>Richten Sie dies in Zoho Books ein, oder nennen Sie im Beleg etwas anderes: %1.</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>Einstellungen geändert (%1): %2.</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>Melden Sie sich als jemand an, der die Bücher der Firma im Browser öffnen kann, und prüfen Sie das Rechenzentrum (%1): Es ist die Endung der Adresse Ihres Zoho Books.</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>Melden Sie sich bei dashboard.ngrok.com an, kopieren Sie das Authtoken, und geben Sie es ngrok oder hier unter Webhooks an.</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>Melden Sie sich zuerst an.</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>Melden Sie sich an diesem Computer ab und wieder an, was ihn neu startet, %1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>Jemand hat „Reject“ gewählt, oder der Benutzer darf es nicht gewähren. Melden Sie sich erneut an und wählen Sie „Accept“, mit einem Benutzer, der Zugriff auf die Organisation hat.</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>Etwas zwischen diesem Computer und Zoho antwortete stattdessen: ein Proxy, die Anmeldeseite eines Netzes oder Zohos Wartungsseite. zbdesk versucht es von selbst erneut.</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>Etwas, das dieser Datensatz nennt, gibt es in Zoho Books nicht mehr.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>In zbdesk ist etwas Unerwartetes geschehen.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>In zbdesk ist etwas Unerwartetes geschehen. Was hier ist, ist sicher; das Protokoll enthält die Einzelheiten für eine Meldung.</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>Beginnen Sie noch einmal; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>Starten Sie zbdesk, oder sehen Sie unter Probleme nach, warum der Empfänger nicht starten konnte.</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>Der Start mit der Sitzung konnte nicht geändert werden.</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>Angehalten. Was bisher gelesen ist, bleibt; der nächste Abgleich macht dort weiter.</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>Schalten Sie ab, was Anfragen umschreibt: eine Web Application Firewall, JSON-Filter oder ein Relais, das Inhalte zerlegt.</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>Schalten Sie die Umsatzsteuer in Zoho Books unter Einstellungen, Steuern ein.</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>Das Abgleichen endete, bevor dies geschrieben werden konnte.</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>Das Abgleichen läuft nicht, daher ist dies jetzt nicht möglich.</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>Das Abgleichen wurde wegen eines Fehlers in zbdesk angehalten.</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>Nehmen Sie die Handlung hier zurück.</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>Nehmen Sie Anmeldung oder Filter für /webhooks weg: Zoho Books kann sich dort nicht anmelden.</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>Nehmen Sie die Steuer aus dieser Journalzeile.</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>Die Rücknahme des Laufs %1 vom %2 UTC hat begonnen: %3 Datensätze.</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>Hier wird Text erwartet.</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>Diese Adresse wird von einem anderen ngrok benutzt, vielleicht auf einem anderen Computer. Beenden Sie es dort.</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>Jener Kontakt ist %1, dieser ist %2.</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>Jener Datensatz steht hier für einen anderen Beleg.</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>Das waren mehrere Anmeldungen in kurzer Zeit.</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>Es fehlen: %1.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>In Zoho Books wurde bezahlt, Löschen ist nicht möglich (%1). Entfernen Sie dort zuerst die Zahlung.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>In Zoho Books wurde bezahlt, Stornieren ist nicht möglich (%1). Entfernen Sie dort zuerst die Zahlung.</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Der Beleg liegt in einem gesperrten Zeitraum von Zoho Books und kann dort nicht geändert werden (%1). Nehmen Sie die Seite von Zoho.</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>Es fehlt: %1.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>In Zoho Books wurde bezahlt, und der neue Betrag lässt sich nicht errechnen (%1). Ändern Sie es dort.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>In Zoho Books wurde bezahlt; der Betrag kann sich nicht mehr ändern (%1). Nehmen Sie die Seite von Zoho.</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>Ein Teil ist bezahlt, und die Änderung lässt die Zahlung, wo sie ist (%1).</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>In Zoho Books storniert, dort nicht mehr zu ändern (%1). Nehmen Sie die Seite von Zoho.</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>%1 „%2“ in Belegen bedeutet „%3“ in Zoho Books.</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>%1 „%2“ wurde in Zoho Books gelöscht.</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>Die Adresse %1 lässt sich nicht verwenden.</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>Die Adresse nennt die SQLite-Datei nicht.</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>Die Adresse nennt die Datenbank nicht.</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>Die Adresse hat die Option %1, die hier nicht bekannt ist.</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>Die Adresse wird zurzeit nicht benutzt.</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>Die Adresse führt zu einem anderen zbdesk, nicht zu diesem.</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>Die Adresse einer SQLite-Datei hat keine Optionen.</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>Die Adresse des Kanals fehlt.</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>Die Adresse der Datenbank %1 ist nicht mehr im Schlüsselbund.</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>Die Adresse der Datenbank ist nicht lesbar: Host oder Port sind nicht richtig geschrieben.</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>Die Adresse der Datenbank sagt nicht, welche Art von Server es ist.</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>Die Adresse der Datenbank enthält einen Zeilenumbruch oder ein Steuerzeichen.</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>Die Antwort kam nicht von Zoho Books.</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>In der Antwort fehlt %1. Hier wurde nichts geändert; bitte melden Sie es.</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>Das Archiv konnte nicht gespeichert werden.</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>Die Bankzeile ist bereits einem anderen Konto zugeordnet.</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>Der Akku ist unter %1 %. Jetzt abgleichen läuft trotzdem.</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>Der Inhalt der Nachricht wird unterwegs verändert, daher kann keine Signatur stimmen.</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>Der Browser braucht einen davon, um die Anmeldung zu übergeben. Schließen Sie das andere Programm oder ein zweites zbdesk, oder geben Sie einen anderen Port ein, der in der API-Konsole von Zoho als Redirect eingetragen ist.</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>Die Zertifikatsdatei kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>Das Zertifikat von %1 %2.</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>Die Entscheidung lässt sich nicht mehr rückgängig machen.</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>Die Entscheidung für %1 kann nicht ausgeführt werden.</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>Das Client-Secret ist falsch.</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>Die Spalte %1 enthält verschiedene Arten von Werten, daher ist unklar, wo der nächste Lauf beginnt.</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>Die Verbindung brach am Ende ab. Ein INSERT wird nicht von selbst wiederholt; sehen Sie in der Tabelle nach.</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>Die Verbindung endete, bevor Zohos Antwort kam.</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>Die Verbindung oder Zoho ist gerade langsam. zbdesk versucht es von selbst erneut.</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>Der Kontakt dieses Belegs ist in Zoho Books inaktiv.</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>Die Währung %1 ist in Zoho Books nicht eingerichtet.</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>Das Datenverzeichnis kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>Die Datenbank %1 nimmt diesen Benutzernamen und dieses Passwort nicht an.</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>Die Datenbank %1 erlaubt das nicht.</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>Die Datenbank %1 antwortet nicht.</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>Die Datenbank %1 ist durch ein anderes Programm gesperrt.</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>Die Datenbank lässt sich nicht schreiben.</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>Die Datenbank führt die Abfrage nicht aus.</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>Die Datenbank liefert hier Bytes. Wandeln Sie sie in der Abfrage mit CAST in Text um.</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>Die Datenbank ist beschädigt.</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>Die Datenbank ist in Gebrauch.</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>Die Datenbank speichert diesen Betrag als Binärbruch. Runden Sie ihn in der Abfrage, etwa mit ROUND(x, 2).</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>Die Datenbank stammt von einem neueren zbdesk.</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>Die Demofirma fand keinen freien Port von %1 bis %2.</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>Einzelheiten nicht lesbar (%1): %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>Der Datenträger ließ sich nicht lesen oder schreiben.</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>Der Datenträger konnte nicht beschrieben werden.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>Die Belegnummer fehlt: Jeder Beleg braucht eine.</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>Der Beleg sagt %1%2, seine Positionen ergeben %3: %4 %5. Rundung erklärt es nicht (%6). Berichtigen Sie die Positionen, die Steuer oder die Summe.</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>Das Laufwerk ist vielleicht abgezogen, defekt oder ein Netzwerkordner, der verschwunden ist. Prüfen Sie es und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>Die Datei kann nicht gelesen werden: %1.</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>Das erste Zeichen, das nicht passt, ist %1. Wählen Sie eine andere Kodierung, oder speichern Sie die Datei als UTF-8.</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>Der erste Lauf braucht einen Wert für :since.</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>Der Ordner %1 kann nicht überwacht werden.</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>Die Überschrift „%1“ steht nicht in Zeile %2. %3 Berichtigen Sie die Datei oder die Zuordnung.</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>Die Überschrift „%1“ steht über den Spalten %2. Benennen Sie eine davon um, oder nennen Sie die gemeinte in der Zuordnung nach ihrer Stelle, etwa „#%3“.</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>Die aufbewahrte Anmeldung ist beschädigt.</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>Die Schlüsseldatei kann nicht verwendet werden. Wählen Sie eine andere, oder machen Sie sie nur für sich lesbar.</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>Der Schlüsselbund</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>Der letzte Schritt wurde zurückgenommen, und nichts früher Gespeichertes ist verloren. Schaffen Sie Platz und gleichen Sie dann erneut ab.</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>Die Position sagt nicht, wofür sie ist: Geben Sie einen Artikel oder einen Namen an.</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>Die Zeile wurde nach dem Schreiben geändert.</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>Die Verknüpfungen von %1 Datensätzen wurden vergessen.</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>Die Liste endet nicht (%1).</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>Der Empfänger auf diesem Computer antwortet am Port %1 nicht.</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>Der Empfänger auf diesem Computer antwortet nicht.</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>Das Protokoll kann nicht geschrieben werden.</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>Der macOS-Schlüsselbund</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>Das Handbuch fehlt.</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>Die Zuordnung %1 kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>Die Zuordnung %1 der Quelle %2 ist weg.</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>Die Bedeutung von „%1“ wurde zurückgenommen.</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>Die Module sind: %1.</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>Der Name %1 ist nicht bekannt.</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>Der nächste Abgleich versucht es erneut. Bleibt es dabei, sehen Sie auf die Statusseite von Zoho oder melden Sie es.</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>Die Nummer ist vielleicht vergeben, oder ein genannter Datensatz kann hier nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>Die Organisation hat in einer Minute mehr Aufrufe gemacht, als Zoho erlaubt; andere Programme zählen mit.</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>Die Aufrufe der Organisation für heute sind verbraucht.</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>Das Ergebnis von %1</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>Die Ergebnisse von %1 Belegen</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>Die Passphrase öffnet die versiegelte Datei nicht.</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>Die Zahlung ordnet %1 zu %2 zu, wo %3 offen sind.</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>Der Zeitraum endet, bevor er beginnt.</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>Der Zeitraum ist länger als zehn Jahre.</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>Der Port ist auf dem Server belegt, oder sein sshd erlaubt keine Weiterleitung. Wählen Sie einen anderen Port.</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>Bei der Hauptkontaktperson steht etwas anderes (%1).</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>Das Programm %1 ist nicht installiert.</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>Das Programm endete vor diesem Durchgang.</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>Der Proxy dieses Netzes lässt den Test nicht hinaus.</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>Die Adresse des Proxys kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>Die öffentliche Adresse des benannten Tunnels fehlt.</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>Die Abfrage fragt nach :since, und keine Spalte sagt, wo der nächste Lauf beginnt.</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>Die Abfrage beginnt nicht mit SELECT.</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>Die Abfrage liefert mehr als %1 Zeilen.</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>Die Abfrage liefert zwei Spalten namens %1.</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>Die Abfrage enthält das Wort %1, das etwas ändert.</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>Die Abfrage sperrt, was sie liest.</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>Die Abfrage liefert die Spalte %1 nicht mehr.</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>Die Abfrage liefert die Spalten %1 nicht mehr.</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>Die Abfrage dauerte länger als %1 Sekunden und wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>Die Abfrage wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>Die Warteschlange dieses Ziels war voll.</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>Die Redirect-Adresse ist für diesen Client nicht eingetragen.</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>Das Relais ist nicht zu erreichen.</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>Das Relais nimmt die Nachricht nicht an (%1).</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>Das Relais hat den Strom beendet.</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>Das Relais ist verstummt.</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>Das Relais wird gefragt.</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>Das Relais ist verbunden.</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>Das Relais ist gestört (%1).</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>Das Relais wird zurzeit nicht gefragt.</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>Das Relais gibt Ereignisse weiter, schreibt sie aber neu, daher gelten sie nur als Hinweise.</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>Das Relais weist den Kanal ab (%1).</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>Das Relais verweist uns auf eine andere Adresse.</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>Das Relais nahm die Frage an, und sie kam nicht aus dem Kanal heraus.</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>Die Adresse des Relais führt zu einer gewöhnlichen Seite.</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>Der Rest bleibt für das, was Sie selbst tun; der Abgleich im Hintergrund geht nach Mitternacht der Organisation weiter.</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>Der Lauf kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>Der Lauf hielt an, bevor er %1 %2 nach %3 schrieb: %4. Das ist mehr, als ohne Blick hinausgehen darf: %5. Nichts wurde geschrieben.</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>Das laufende zbdesk hat nicht gesagt, wie der Test ausging.</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>Die versiegelte Datei lässt sich nicht öffnen.</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>Die versiegelte Datei ist bei einem anderen Programm in Gebrauch.</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>Das Geheimnis dieses Ziels ist nicht im Schlüsselbund: Entfernen Sie das Ziel, und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>Dieser Computer hat die sichere Verbindung zu Zoho abgelehnt.</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>Der Server gab eine andere Antwort als eine Mitteilung.</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>Der Server ist hier noch nicht bekannt. Melden Sie sich einmal von Hand mit ssh an, und vergleichen Sie den Schlüssel.</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>Der Server ist nicht der von vorher. Fragen Sie den Betreiber; erst dann entfernen Sie den alten Schlüssel aus known_hosts.</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>Der Server oder die öffentliche Adresse, die zu seinem Port führt, fehlt.</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>Die Einstellung %1 muss %2 sein.</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>Die Einstellungen konnten nicht gespeichert werden.</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>Die Einstellungsdatei kann nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>Die Einstellungen dieser Verbindung lassen nicht zu, dies in Zoho Books zu tun: %1 (%2).</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>Die Anmeldung ließ sich nicht aufbewahren.</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>Die Anmeldung kam nicht zustande.</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>Die Anmeldung erlaubt zbdesk nicht, Webhooks einzurichten.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>Die Anmeldung enthält die Berechtigung %1 nicht.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>Die Anmeldung enthält die Berechtigung zum Löschen nicht (%1).</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>Die Anmeldung wurde nicht abgeschlossen.</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>Die Anmeldung im Browser wurde nicht rechtzeitig abgeschlossen.</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>Die Anmeldung liegt in einer versiegelten Datei, und es wurde keine Passphrase angegeben.</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>Die Anmeldung ist nicht mehr im Schlüsselbund.</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>Die Anmeldung wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>Die Anmeldung wurde an eine Adresse geschickt, die nicht zu Zoho gehört.</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>Die Signatur kommt nicht an, oder der erreichte Empfänger hat ein anderes Geheimnis.</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>Der angemeldete Benutzer hat keinen Zugriff auf diese Organisation.</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>Der angemeldete Benutzer oder die bei der Anmeldung erteilten Berechtigungen umfassen dies nicht: %1.</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>Die Tabelle zeigt hier %1: Ihre Formel schlägt fehl. Berichtigen Sie die Formel, oder geben Sie den Wert ein.</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>Die Anweisung zum Zurückschreiben sagt nicht, um welchen Beleg es geht.</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>Die Anweisung zum Zurückschreiben hat kein WHERE.</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>Die Anweisung zum Zurückschreiben enthält das Wort %1.</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>Die Anweisung zum Zurückschreiben ist weder UPDATE noch INSERT.</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>Die Anweisung hat mehr als %1 Zeichen.</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>Die Anweisung enthält ein NUL-Zeichen.</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>Die Anweisung enthält einen Kommentar, den MySQL ausführt.</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>Die Anweisung enthält ein Fragezeichen.</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>Die Anweisung ist leer.</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>Das System sagt: %1.</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>Das System sagt: %1. Versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>Die Tabelle</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>Die Teamdatenbank antwortet nicht.</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>Der Tunnel %1 ist nicht fertig eingerichtet.</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>Die Rolle des Benutzers, der Tarif der Organisation oder die bei der Anmeldung erteilten Berechtigungen umfassen es nicht. Fragen Sie Ihren Administrator von Zoho Books, oder verbinden Sie erneut mit diesem Teil.</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>Der Weg aus dem Internet zu diesem Computer ist offen.</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>Der Weg dorthin ist versperrt oder zu langsam.</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>Der Weg zu diesem Computer ist noch nicht getestet.</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>Der Webhook-Empfänger dieses zbdesk antwortet nicht.</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>Es gibt look, make und vouch.</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>Es gibt: %1.</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>Eine Quelle namens %1 gibt es bereits.</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>Es ist mehr als eine Anweisung.</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>Es gibt dies nicht: %1 mit %2 „%3“.</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>„%2“ gibt es in den Büchern nicht (%1).</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>Daneben liegt keine Sicherung. Verschieben Sie sie und verbinden Sie erneut: Zoho Books hat die Datensätze noch.</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>In dem Eingefügten steht kein Code.</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>Einen Konflikt %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>Es gibt kein Rechenzentrum „%1“.</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>Eine Datenbank %1 gibt es unter den Quellen nicht.</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>Unter %1 liegt keine Datenbank.</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>Ein abgetanes Problem %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>Eine Kodierung „%1“ gibt es nicht; üblich sind utf-8, cp1252, cp1251, shift_jis, gb18030.</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>Ein Ereignis %1, das erneut abgespielt werden kann, gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>Für %1 gibt es in Zoho Books keinen Wechselkurs.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>Eine Datei %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>Einen Ordner %1 für den Export gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>Einen Import %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>Auf diesem Computer gibt es keinen Schlüsselbund.</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>Es gibt noch keine lokale Datenbank.</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>Eine Zuordnung „%1“ gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>Ein Modul %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>Ein offenes Problem %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>Ein Problem %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>Noch gibt es keine öffentliche Adresse.</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>Einen Lauf %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>Eine Seite %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>Eine Quelle %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>Einen solchen Datensatz gibt es in Zoho Books nicht.</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>Ein Ziel %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>Ein Token namens %1 gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>Für :%1 gibt es keinen Wert.</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>Mit dieser Kennung gibt es keine: siehe `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>Diese sind noch in Zoho Books: %1. Entfernen Sie sie dort unter Einstellungen, Automatisierung.</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>Sie stehen auf: %1. Nennen Sie in der Zuordnung eines davon als „sheet“.</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>Sie werden auf andere Weise erkannt; siehe `zbdesk recognition`.</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>Dies steht %2 Mal in Zoho Books: %1.</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>Dies wurde in Zoho Books gelöscht: %1.</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>Diese Adresse gehört zu einer anderen Anmeldung.</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>Diese Adresse kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>Dieser Betrag hat zwei Minuszeichen; eines genügt.</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>Dieser Betrag ist in %1, der Beleg in %2.</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>Dieser Betrag ist über die Zeilen %1 bis %2 verbunden. Heben Sie die Verbindung auf, und schreiben Sie in jede Zeile, was zu ihr gehört.</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>Das kann nicht gespeichert werden.</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>Dieser Computer hat geschlafen. Der Abgleich geht weiter, sobald Zoho Books antwortet.</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>Dieser Computer ist nicht mit Zoho Books verbunden.</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>Dieser Computer nutzt eine getaktete Verbindung. Jetzt abgleichen läuft trotzdem.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>Die Uhr dieses Computers geht %1 vor.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>Die Uhr dieses Computers geht %1 nach.</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>Die Uhr dieses Computers geht falsch.</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>Diese Verbindung liest nur, darum geht dies in Zoho Books nicht: %1 (%2).</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Diese Verbindung liest nur.</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>Dieses Datenverzeichnis wird benutzt: %1.</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>Diese Datenbank gehört zu einem anderen Programm.</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>Dies gehört nicht zu %1.</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>Diese Formel wurde nie berechnet, daher enthält die Datei keinen Wert dafür. Öffnen Sie die Datei in der Tabellenkalkulation, speichern Sie sie dort, und importieren Sie sie erneut.</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>Dies hat sich geändert, seit das Formular geöffnet wurde. Öffnen Sie es erneut, um den jetzigen Stand zu sehen.</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>Dieser Import kann nicht zurückgenommen werden.</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>Hier steht TRUE oder FALSE, wo ein Betrag erwartet wird.</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>Hier steht ein Datum, wo ein Betrag erwartet wird; vielleicht hat die Tabelle aus 3.4 eines gemacht.</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>Hier steht ein Prozentsatz, wo ein Betrag erwartet wird.</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>Inzwischen ist es ein anderer Lauf.</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>Das ist kein Name für %1.</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>Das ist keine Zahl. Lassen Sie es in der Abfrage weg.</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>Das ist kein Betrag; schreiben Sie ihn wie 1234.50.</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>Das ist Exponentialschreibweise, die Ziffern verloren hat. Formatieren Sie die Spalte als Zahl.</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>Das nennt keinen Datensatz.</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>Diese Nummer steht auch in Zeile %1. Geben Sie jedem Beleg eine eigene Nummer, oder sagen Sie in der Zuordnung, dass mehrere Zeilen ein Beleg sind (row_per_line).</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>Diese Organisation ist jetzt in Gebrauch.</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>Diese Organisation ist auf diesem Computer nicht mehr bekannt.</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>Diesen Datensatz gibt es in Zoho Books nicht.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>Dieser Datensatz ist in Zoho Books bereits gelöscht.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>Dieser Datensatz ist in Zoho Books gelöscht.</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>Dieser Datensatz ist schon in Zoho Books.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Dieser Datensatz ist nicht mehr hier.</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>Diese Zeile hat %1 Werte unter %2 Überschriften: Einer davon enthält das Trennzeichen „%3“ und steht nicht in Anführungszeichen. Setzen Sie ihn in Anführungszeichen, oder speichern Sie die Datei mit einem anderen Trennzeichen.</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>Diese Zeile ist durch „%1“ getrennt, die Überschriften durch „%2“. Speichern Sie die ganze Datei mit einem Trennzeichen.</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>Dieser Lauf ist noch nicht vorüber.</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>Dieser Lauf hat nichts in Zoho Books geschrieben.</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>Dieser Text ist zu lang für einen Betrag.</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>Dieser Benutzer hat keine Organisation in Zoho Books.</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>Das geht meist vorüber. Bleibt es dabei, prüfen Sie in Zoho, ob der Benutzer noch Zugriff auf die Organisation hat.</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>Zu viele Programme fragen diese Organisation gleichzeitig.</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>Zu viele Anmeldungen oder Erneuerungen in kurzer Zeit. Versuchen Sie es in %1 Minuten erneut; die Anmeldung selbst ist in Ordnung.</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>Bei diesem Betrag stehen zwei Währungen; eine genügt.</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>Unverschlüsseltes http wird nur auf diesem Computer angenommen (127.0.0.1, localhost).</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>Bis dahin sieht zbdesk alle %1 Minuten nach.</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>Bis dahin sieht zbdesk alle %1 Sekunden nach.</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>Verwenden Sie .csv, .xlsx, .json, .jsonl oder .sqlite.</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>Verwenden Sie ein öffentliches, wie Let's Encrypt sie ausstellt.</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>Verwenden Sie eines von %1.</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>Warten Sie %1 Sekunden bis zur nächsten: Zoho sperrt einen Benutzer nach zu vielen.</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>Warten Sie die Antwort ab, dann machen Sie es als neue Änderung rückgängig.</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>Warten Sie auf die Antwort.</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>Warten Sie, bis das schreibende Programm fertig ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>Es kommen Webhook-Ereignisse mit falscher Signatur; sie werden abgewiesen.</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>Webhooks sind nicht eingerichtet.</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>Webhooks kommen wieder an. Sie waren %1 weg; %2 durch Nachsehen gefunden, nichts wurde versäumt.</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>Webhooks kommen an.</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>Webhooks können nicht ankommen: Port %1 wird von einem anderen Programm benutzt.</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>Webhooks kommen nicht an: %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>Webhooks haben Änderungen ausgelassen, und seither ist keiner angekommen.</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>Was dabei herauskommt, errechnet Zoho Books beim Eintreffen.</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>Was über neue Versionen gefunden wurde, stammt nicht von uns.</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>Was vorher gespeichert war, ist unberührt.</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>Was vorher dort war, ist unberührt.</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>Ohne WHERE würde sie jede Zeile der Tabelle ändern.</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>Schreiben Sie eine .csv-Datei, oder filtern Sie zuerst. Nichts wurde geschrieben.</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>Schreiben Sie es wie 2026-11-20.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>Schreiben Sie es wie {"%1": {"%2": "..."}, "%3": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>Schreiben Sie es wie {"%1": {"number": "..."}, "amount_applied": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>Schreiben Sie sie als sqlite:///path/to/file.db, postgresql://user:password@host/name oder mysql://user:password@host/name.</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>Schreiben Sie ein SELECT.</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>Schreiben Sie ein UPDATE mit :source_id im WHERE oder ein INSERT.</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>Schreiben Sie nur eine: Ein Semikolon darf am Ende stehen, sonst nirgends.</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>Schreiben Sie sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>Das Zurückschreiben traf %1 für den Beleg %2.</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX oder ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>Ihr ngrok-Konto erlaubt keinen zweiten Agenten. Beenden Sie den anderen, oder wählen Sie einen anderen Tunnel.</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>Ihre eigene Adresse wird benutzt.</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>Zoho (%1) antwortete „%2“. Versuchen Sie es erneut; bleibt es dabei, prüfen Sie Client-ID, Secret und Rechenzentrum.</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>Zoho (%1) kennt die Client-ID, aber nicht mit diesem Secret. Kopieren Sie es erneut aus der API-Konsole; ohne den Schalter für alle Rechenzentren hat jedes sein eigenes Secret.</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>Zoho Books hat schon einen Datensatz mit diesem Wert: %1.</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>Zoho Books antwortete zu %1 in einer Form, die zbdesk nicht kennt.</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>Zoho Books bat um eine Pause bis %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>Zoho Books bittet um eine Pause bis %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>Zoho Books kommt auf %1, die Quelle sagt %2.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>Zoho Books nahm nicht an, wie %1 angefragt wurde.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>Zoho Books hat dies nicht angenommen.</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>Zoho Books hat nicht behalten, was gesendet wurde: %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>Zoho Books hat es noch nicht angenommen; beim nächsten Abgleich wird es erneut versucht.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>Zoho Books hat es nicht angenommen: %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>Zoho Books erlaubt keinen Zugriff auf %1.</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>Zoho Books lässt dies durch andere Programme nicht zu: %1 (%2).</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>Zoho Books scheitert jedes Mal, wenn dies gesendet wird: %1.</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>Zoho Books hat gerade einen Fehler.</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>Zoho Books hat mehr als eines, das „%2“ sein könnte: %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>Zoho Books hat dies nicht: %1 „%2“.</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>Zoho Books hat keine Aktion „%1“ für %2.</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>Zoho Books hat keinen Wechselkurs für %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>Zoho Books hat dies nicht: %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>Zoho Books hat keinen Weg von %1 zurück zu %2.</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>In Zoho Books gibt es keinen zur Auswahl.</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>Zoho Books hat nicht gesagt, ob es angelegt wurde (%1 %2).</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>In Zoho Books steht inzwischen etwas anderes; es steht unter Konflikte.</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>Zoho Books hält die beiden getrennt.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>Bei Zoho Books muss man sich erneut anmelden.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>Bei Zoho Books muss man sich erneut anmelden. Nichts wurde angefragt.</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>Zoho war nicht zu erreichen.</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>Zoho hat den Code nicht angenommen.</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>Zoho antwortete nicht innerhalb von %1 Sekunden.</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>Zoho nimmt von dort keine Anmeldung an. Stellen Sie Datum, Uhrzeit und Zeitzone, am besten automatisch über das Netz, und melden Sie sich erneut an.</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>Zoho gewährt die angefragten Berechtigungen nicht.</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>Zoho kennt diese Client-ID nicht.</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>Zoho hat keine dauerhafte Berechtigung erteilt.</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>Zoho hat keinen Grund genannt.</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>Zoho nimmt diese Anmeldung nicht mehr an.</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>Zoho kennt diesen Client nicht mehr.</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>Zoho lehnte eine Anmeldung ab, die es eben erneuert hat.</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>Zoho sagt: %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>Zoho sagt: %1 (Code %2). Das ist ein Fehler in zbdesk; bitte melden Sie ihn.</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>Zoho sandte die Seite %1 noch einmal als die folgende. Hier wurde dadurch nichts geändert; beim nächsten Durchgang wird sie erneut gelesen.</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>Zoho wurde nicht benachrichtigt. Beenden Sie die Anmeldung dort: %1, Sessions, Connected Apps.</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>Zohos Antwort enthält den Datensatz nicht.</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>Zohos Antwort war ein Fehler, der nicht sagt, ob es getan wurde.</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>Das Zertifikat von Zoho wird hier nicht anerkannt. Prüfen Sie Datum und Uhrzeit dieses Computers; fragen Sie in einem Firmennetz, ob dessen eigenes Zertifikat installiert werden muss.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>Der Anmeldeserver von Zoho bittet um eine Pause.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>Der Anmeldeserver von Zoho gab keine brauchbare Antwort.</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>`zbdesk interface tokens` listet sie auf.</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>`zbdesk runs` listet sie auf.</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>`zbdesk sources` listet sie auf.</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>`zbdesk webhooks events` listet auf, was hier ist; nur Ereignisse, die einen Datensatz nennen, können erneut angesehen werden.</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>eine JSON-Datei (die `zbdesk put` annimmt)</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>ein PDF-Dokument</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>ein komprimiertes Archiv</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>eine Datenbank</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>eine Liste von ein bis zehn Ports zwischen 1024 und 65535</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>eine Zahl</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>ein Bild</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>ein abgefragtes Relais</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>ein Kurs</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>ein smee-Relais, dessen Ereignisse nur Hinweise sind</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>eine Tabelle</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>ein Textdokument</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>eine Webseite mit dem Namen einer Tabelle</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>eine ganze Zahl</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>über ein Feld, das zbdesk schreibt</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>eine XML-Datei</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>ein Konto</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>ein Betrag</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>ein anderes zbdesk</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>ein anderes zbdesk (Prozess %1)</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>ein anderes zbdesk (Prozess %1) seit %2 UTC</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>ein anderes zbdesk seit %1 UTC</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>so viel, wie hier liegen darf</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both, pull oder push</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>Byte %1 nach Zeile %2</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>kann nicht stimmen: Dieses Relais schreibt Inhalte neu</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>Zertifikat gültig</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>Zertifikat gültig bis %1 %2 %3</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>geändert</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>Komma</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>created</source>
      <translation>angelegt</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>Kunde</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>Tag-Monat-Jahr</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>gelöscht</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>Text in Dollarzeichen</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>jeder Teil muss ein Objekt sein.</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>endet bei einer Stelle, die nicht öffentlich ist</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>gefunden unter %1</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>ist abgelaufen</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>gilt für eine andere Adresse</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>gilt für einen anderen Namen</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>stammt von einer Stelle, die hier nicht bekannt ist</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>wird nicht angenommen</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>ist noch nicht gültig</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>ist selbst signiert, was Zoho Books nicht annimmt</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>sie kann nicht gelesen werden</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>er antwortet nicht</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>es ist nicht angegeben, worauf es sich bezieht (%1).</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>sie ist kein PEM</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>sie ist kein TOML</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>sie ist kein UTF-8-Text</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>ihm wird nicht vertraut</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>es braucht einen Betrag über null.</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>er nimmt keine Verbindung an</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>es dauerte zu lange</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>seine Adresse hat keinen brauchbaren Port</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>seine Adresse muss aussehen wie http://proxy.example.com:8080</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>sein Status</translation>
    </message>
    <message>
      <source>less</source>
      <translation>weniger</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>Zeile %1</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>Zeile %1 ist kein TOML</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>Zeile %1 von %2</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>Position für Position</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>verknüpft</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local, remote oder ask</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>vom Proxy nachgeschlagen</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>nur der Speicher dieses Prozesses</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>Monat-Tag-Jahr</translation>
    </message>
    <message>
      <source>more</source>
      <translation>mehr</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>Namen von Quellen, durch Kommas getrennt</translation>
    </message>
    <message>
      <source>new</source>
      <translation>neu</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>keine Antwort; vielleicht ist eine Firewall dazwischen</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>keine Verbindung</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>keine Zeile</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>es kam keine sichere Verbindung zustande</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>auf diesem Computer nicht nötig</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nichts</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>eines von %1</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>oder setzen Sie %1, um Geheimnisse stattdessen in einer mit Passphrase versiegelten Datei zu halten.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>Punkt</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>Port %1, nur dieser Computer</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>lesbares JSON</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>lesbare Zeile</translation>
    </message>
    <message>
      <source>record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>rounded at the end</source>
      <translation>am Ende gerundet</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>Status %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>Steuer auf die Summe</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>Steuer mit allen Dezimalstellen</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>Text in Anführungszeichen</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>Text wie %1</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>die Verbindung wurde unterbrochen</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>der Eintrag im Schlüsselbund</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>der Name %1 ist nicht bekannt</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>das neue Feld</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>der Proxy verlangt eine Anmeldung</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>der Proxy lässt es nicht durch (er sagt %1)</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>der Proxy hat die Verbindung beendet</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>der Proxy weist Name oder Passwort ab</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>die Umleitungsadresse</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>die versiegelte Datei %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>der Tunnel</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>das zbdesk-Fenster</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>das zbdesk-Fenster (Prozess %1)</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>das zbdesk-Fenster (Prozess %1) seit %2 UTC</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>dort liegt eine Datei dieses Namens</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>dieser Computer selbst</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true oder false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>zwei Minuten</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>Lieferant</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>storniert</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>was zurückkam, ist keine Antwort eines Webservers</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>mit gerundeten Sätzen</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>Jahr-Tag-Monat</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>Jahr-Monat-Tag</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes oder no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>Ihre eigene öffentliche Adresse</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>zbdesk kann in seinem Datenverzeichnis nicht schreiben.</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>zbdesk hat hier keinen Treiber für %1.</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>zbdesk wird geschlossen, daher wird die Antwort nicht mehr gebraucht. Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>zbdesk hält die Anmeldung nur im Schlüsselbund des Systems. Installieren Sie einen (unter Linux gnome-keyring oder KWallet), und melden Sie sich am Desktop erneut an, %1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>zbdesk braucht ihn für die Anmeldung. Entsperren Sie ihn, und wählen Sie Erneut versuchen; inzwischen geht nichts verloren.</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>„%1“ geht schon an %2; nur eine Spalte kann das.</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>„%1“ kann %2%3 oder %4.%5 sein. Sagen Sie in der Zuordnung, ob die Datei einen Dezimalpunkt oder ein Dezimalkomma schreibt.</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>„%1“ kann %2 sein. Sagen Sie in der Zuordnung, in welcher Reihenfolge die Datei Tag, Monat und Jahr schreibt.</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>„%1“ kann nicht aus einer Spalte gefüllt werden.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>„%1“ passt nicht zum Dezimalzeichen %2: Die Tausender stehen nicht in Dreiergruppen. Berichtigen Sie es, oder sagen Sie, dass die Datei als Dezimalzeichen %3 hat.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>„%1“ passt nicht zum Dezimalzeichen %2; vielleicht schreibt die Datei als Dezimalzeichen %3.</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>„%1“ sagt nicht, welche der Zahlen das Jahr ist. Schreiben Sie das Jahr mit vier Ziffern.</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>„%1“ hat einen Teil zu viel: %2 ist ein einzelner Wert.</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>„%1“ hat in einer Tabelle die letzten Ziffern verloren. Formatieren Sie die Spalte als Text, geben Sie den Wert neu ein und speichern Sie die Datei.</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>„%1“ hat mehr als %2 Dezimalstellen oder ist zu groß.</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>„%1“ hat mehr als ein Dezimalzeichen (%2).</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>„%1“ hat mehr als sechs Dezimalstellen oder ist zu groß.</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>„%1“ hat keine eigene Bedeutung.</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>„%1“ hat das Jahr %2 des buddhistischen Kalenders. Schreiben Sie %3, und importieren Sie erneut.</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>„%1“ hat das Jahr %2. Berichtigen Sie die Zelle.</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>„%1“ ist ein Datum ohne Trennzeichen. Sagen Sie in der Zuordnung, in welcher Reihenfolge die Datei es schreibt.</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>„%1“ ist eine Zahl, wo ein Datum erwartet wird. Formatieren Sie die Spalte als Datum.</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>„%1“ ist die Tageszahl einer Tabelle. Formatieren Sie die Spalte als Datum, und speichern Sie die Datei neu.</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>„%1“ ist weder wahr noch falsch.</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>„%1“ ist weder ja noch nein.</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>„%1“ ist kein Währungscode; schreiben Sie ihn wie EUR.</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>„%1“ ist keine Währung. Schreiben Sie den Code, etwa EUR.</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>„%1“ ist kein benutzerdefiniertes Feld; schreiben Sie es wie custom_fields.cf_region.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>„%1“ ist kein Datum in der Reihenfolge %2.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>„%1“ ist kein Datum in der Reihenfolge %2. Berichtigen Sie die Zelle.</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>„%1“ ist kein Feldname.</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>„%1“ ist kein Datum; schreiben Sie es wie 2026-11-20.</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>„%1“ ist kein Prozentsatz zwischen 0 % und 100 %.</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>„%1“ ist kein Betrag; schreiben Sie ihn wie 1234.50.</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>„%1“ gehört nicht dazu.</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>„%1“ ist das Zeichen mehrerer Währungen. Schreiben Sie den Code, etwa USD.</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>„%1“ muss größer als null sein.</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>„%1“ nennt keinen Datensatz; enden Sie mit einem von %2.</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>&amp;Anlegen</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>Ein Modul wird in der Liste von selbst abgehakt, sobald sein erstes Ereignis hier ist.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>Wird in Zoho Books angelegt…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>Wird in Zoho Books entfernt…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>&amp;Von Hand statt dessen…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Für</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Modul</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation>Angelegtes &amp;entfernen</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>Webhooks in Zoho Books einrichten?</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>Der Grund steht bei jedem; alles lässt sich von Hand tun.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>Der Anmeldung fehlt die Berechtigung ZohoBooks.settings.CREATE. Tun Sie es von Hand oder verbinden Sie erneut.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>Der Anmeldung fehlt die Berechtigung ZohoBooks.settings.DELETE.</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>Das ist ein Versuch: Zoho beschreibt die Aufrufe, aber nicht alle ihre Wörter. Für jedes Modul werden ein Webhook und eine Regel für Änderungen angelegt und ein Paar für Löschungen. Was scheitert, wird gesagt und lässt sich von Hand tun.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>Was daraus wurde</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Was geschieht</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>Was in Zoho Books angelegt wird</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>ein Webhook und eine Regel werden angelegt</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>Änderungen</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>Löschungen</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>ist da</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>wird versucht; Zoho lehnt es vielleicht ab</translation>
    </message>
    <message>
      <source>made</source>
      <translation>angelegt</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>nicht versucht</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>abgelehnt</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>entfernt</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>war schon da</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>Aufrufkontingent</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Verbindungen</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>Daten und Protokolle</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exporte und Programme</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>Sprache und Aussehen</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>Module und Richtung</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netzwerk</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Mitteilungen</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Privatsphäre</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>Sicherheitsgrenzen</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Wird abgeglichen</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>Fenster und Infobereich</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>Einstellung suchen</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>Gruppen der Einstellungen</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>Keine Einstellung hat diese Wörter.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>%1 gehen sofort weiter: %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>&amp;In Zoho Books ist es</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>&amp;Verwenden</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>Für %1 &amp;verwenden</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Wählen Sie eines.</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>Es wird gemerkt und gilt für jeden Beleg, der diesen Namen verwendet.</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>Das ist schon geklärt.</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>Damit verknüpfen</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>Nichts passt zu Ihrer Eingabe.</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>Es wird gelesen, was Zoho Books hat…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>Sagen, was gemeint ist</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>Dieser Datensatz wird damit verbunden und übernimmt, was Zoho Books hat.</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>Zum Suchen tippen</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>Was Zoho Books hat</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>%1: Was in Zoho Books ist „%2“?</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>Zoho Books hat keine; richten Sie sie zuerst dort ein.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation>%1 weitere folgen, sobald diese geklärt sind.</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>&amp;Komma: %1</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>&amp;Tag zuerst</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>&amp;Monat zuerst</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>&amp;Punkt: %1</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>&amp;Jahr zuerst</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>Daten: %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>Tag zuerst</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>Dezimalzeichen: %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>Wie viel ist %1?</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>W&amp;arten lassen</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>B&amp;erichtigen</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>Berichtigen Sie jeden unten, oder lassen Sie die Belege auf diesem Computer warten, bis es die Namen gibt.</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>Monat zuerst</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>Namen, die nicht in den Büchern stehen, warten</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>Nichts. Jede Zeile lässt sich importieren, wie sie ist.</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>Zeile %1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>Zeile %1 und %2 weitere</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>Zeilen wie %1 können nur %2 sein, aber zbdesk rät keine Daten.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>„%1“ nehmen</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>Die Datei sagt nicht, ob ihr Dezimalzeichen ein Punkt oder ein Komma ist.</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>Die Datei sagt es nicht. Eine Antwort gilt für alle ihre Daten.</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>Hier zu klären</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>Was zu klären ist, erscheint hier, sobald die Zeilen geprüft sind.</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>Was es sein soll</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>Welcher Tag ist %1?</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>Jahr zuerst</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>wird geprüft…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>Komma</translation>
    </message>
    <message>
      <source>point</source>
      <translation>Punkt</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>Datiert</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Daten, die von der Uhr abhängen</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>Tag in UTC</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>Tag der Organisation</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>Tag dieses Computers</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Erstellt am</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>Die Tage liegen in einem Monat.</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>Die Tage liegen in zwei Monaten.</translation>
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Dieser Server hat keine Webseiten für seine Datensätze.</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Zoho Books verbinden</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>%1 importieren</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>Nach</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>Was Sie eingeben, bleibt, wenn Sie dieses Fenster schließen. Nach dem Client-Secret wird erneut gefragt.</translation>
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation>&amp;Abbrechen</translation>
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation>&amp;Freigeben…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(optional)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>Für %1 wird eine Datei mit der Prüfliste, den Summen beider Seiten und ihrer Prüfsumme geschrieben.</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>Geben Sie den Namen der Person ein, die freigibt.</translation>
    </message>
    <message>
      <source>No&amp;te</source>
      <translation>No&amp;tiz</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation>In Zoho Books ändert sich nichts.</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>Freigeben</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>%1 freigeben?</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>Diese Punkte sind offen und werden als offen geschrieben:</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>Ihr Na&amp;me</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Ihr Name</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>%1 min %2 s</source>
      <translation>%1 Min. %2 s</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 s</translation>
    </message>
    <message>
      <source>%1, opened at %2</source>
      <translation>%1, geöffnet um %2</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>Erneut ö&amp;ffnen</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>&amp;Übernehmen</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>Eine Seite von Zoho hat sich in Ihrem Browser geöffnet. Melden Sie sich dort an, wählen Sie „Accept“ und kommen Sie dann hierher zurück.</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>A&amp;dresse oder Code aus dem Browser</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>Anmeldung abbrechen</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>Wählen Sie „Link kopieren“ und öffnen Sie ihn selbst in einem Browser auf diesem Computer.</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>&amp;Link kopieren</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>Kopieren Sie den Link unten und öffnen Sie ihn</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>Wird eingetauscht</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>Wie weit die Anmeldung ist</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>Hat ein anderer Browser Ihre Zoho-Anmeldung, kopieren Sie den Link und öffnen Sie ihn dort. Sagt der Browser, dass er localhost nicht erreicht, kopieren Sie die ganze Adresse dieser Seite und wählen Sie „Code einfügen“.</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>Sagt der Browser, dass er localhost nicht erreicht, verwenden Sie „Code einfügen“.</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>Hier endete es</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>Als Nächstes, von selbst</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>Es ließ sich kein Browser öffnen.</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>Im Browser ist nichts geschehen?</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>Die Anmeldeseite wird geöffnet</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>&amp;Code einfügen…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Ihre Organisationen werden gelesen</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>Melden Sie sich in Ihrem Browser bei Zoho an</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>Mit dem Code anmelden</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>Die Anmeldung übernehmen</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>Der Code ist bereit</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>Die Anmeldeseite ist offen</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>Die Anmeldeseite ist bereit</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>Die Anmeldeseite wurde erneut geöffnet</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>Die ganze Adresse der Seite, die nicht zu erreichen war, oder der Code allein.</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>Nach der Anmeldung geht diese Seite von selbst weiter.</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>Restzeit</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>Restzeit:</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>Restzeit: %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>Versuchen Sie es erneut, oder gehen Sie zurück und ändern Sie etwas.</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>Ab jetzt 10 &amp;Minuten warten</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>Es wird darauf gewartet, dass Sie „Accept“ wählen</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>Sie haben „Accept“ gewählt</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>Die Seite von Zoho listet auf, worum zbdesk bittet. Wählen Sie dort „Accept“; die Seite sagt dann, dass Sie zurückkommen können.

Ein Browser auf einem anderen Computer erreicht diesen nicht. Kopieren Sie die Adresse, die er nicht öffnen konnte, und fügen Sie sie hier ein, oder gehen Sie zurück und melden Sie sich mit einem Code an.</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>zbdesk tauscht den Code bei Zoho ein; das dauert einige Sekunden.</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>zbdesk wartet auf diesem Computer unter %1</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>%1 wie sie waren</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 geändert</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 fehlen</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 neu</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>%1 abgelehnt</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>Alle, die in %1 passen</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>Datenbank</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Gescheitert</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>In Ordnung</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>Noch nicht gelaufen</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pausiert</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>Rückgängig gemacht</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>Einige abgelehnt</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>Überwachter Ordner</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>jede Minute</numerusform>
        <numerusform>alle %n Minuten</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>Zuordnung %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>keine Datei mit einer fehlerhaften Zeile</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>jetzt nicht</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>nur, wenn Sie es sagen</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>liest nur</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>schreibt zurück</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1 Quellen lesen damit; sie scheitern, bis sie unter diesem Namen wieder gespeichert ist.</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>&amp;Datenbank entfernen</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>&amp;Zuordnung entfernen</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>&amp;Token widerrufen</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>&amp;Nicht mehr überwachen</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>Dateien, die dort abgelegt werden, werden nicht mehr importiert. Der Ordner und seine Dateien bleiben, auch die in „done“ und „failed“; was daraus kam, bleibt.</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>Sie wird nicht mehr gefragt, und ihre Adresse wird aus dem Schlüsselbund gelöscht. In der Datenbank ändert sich nichts; was daraus kam, bleibt. Wieder hinzugefügt, wird sie von Anfang an gelesen.</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>Datenbank %1 entfernen?</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>Zuordnung %1 entfernen?</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>Token %1 widerrufen?</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>%1 nicht mehr überwachen?</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>Das Programm, das ihn verwendet, wird sofort abgewiesen. Was es gebracht hat, bleibt. Ein widerrufener Token öffnet nie wieder.</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>Was damit importiert wurde, bleibt.</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1 geht weiter.</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>%1 wird gelesen…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1 ist pausiert.</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>%1 ist entfernt; was daraus kam, bleibt.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Weiter</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>Ein überwachter Ordner nimmt die Dateien auf, die ein anderes Programm dort ablegt; eine Datenbank wird von selbst gefragt.</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>Bearb&amp;eiten…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>Danach wird von selbst wieder gesehen.</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Letzter Lauf</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>Kein Ordner wird überwacht und keine Datenbank gefragt.</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>Nichts Neues.</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>&amp;Quelle pausieren</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>E&amp;ntfernen…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Abgelehnt</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>&amp;Jetzt ausführen</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>Läuft</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Angenommen</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>Ordner überwachen…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>Überwachte Ordner und Datenbanken</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>Was gemeldet wurde</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Wo</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>&amp;Datenbank hinzufügen…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>Datei &amp;importieren…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exporte und Programme</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>Ordner und Datenbanken</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>Zuordnungen</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Frühere Importe</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Quellen</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>&amp;Ordner überwachen…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>Woher Belege kommen und wohin sie von selbst gehen</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>Welcher Teil</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>Akku</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>Akku unter</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>Schwach heißt unter</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netzwerk</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>Von selbst pausieren</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>Der Grund steht dann unten im Fenster; „Jetzt abgleichen“ läuft trotzdem einmal.</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>bei getakteter Verbindung</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>wenn der Akku schwach ist</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Ändern</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>Wie &amp;oft</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>&amp;Abfrage</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>&amp;Testen und Vorschau</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>Nummer, Status &amp;und bezahlten Betrag zurückschreiben</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(optional)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>A&amp;dresse</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation>Datenbank hinzufügen</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>Datenbank &amp;hinzufügen</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Wird gespeichert…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>Datenbank ändern</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>Spalte &amp;für :since</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>Spalte für :since</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>Geben Sie die Adresse der Datenbank ein.</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>Alle %1 Stunden</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>Alle %1 Minuten</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Jede Stunde</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>Erster &amp;Wert von :since</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>Erste Zeilen der Abfrage</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>Erster Wert von :since</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>Geben Sie der Datenbank einen Namen.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Wie oft</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>Jetzt %1. Leer lassen, um sie zu behalten.</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>Ein SELECT. Mit :since darin wird nur gelesen, was sich seit dem letzten Lauf geändert hat.</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>Ein UPDATE mit :source_id und :number, :status, :paid, :total oder :remote_id.</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>Eine Abfrage wird über eine Verbindung gestellt, die nur liest. Probieren Sie sie aus, bevor sie gespeichert wird.</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>Nur, wenn ich es sage</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>Abfrage</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>Datensätze merken sich ihn als ihre Herkunft; er lässt sich später nicht ändern.</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite, PostgreSQL, MySQL oder MariaDB. Sie liegt im Schlüsselbund.</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>Anweisung zum Zurück&amp;schreiben</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>Anweisung zum Zurückschreiben</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>Die Spalte der Abfrage, die sagt, wann sich eine Zeile geändert hat, oder ihre fortlaufende Nummer.</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>Die Verbindung funktioniert. Erste %1 Zeilen. %2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>Die Datenbank wird gefragt…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>Schreiben Sie die Abfrage.</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>Änd&amp;ern…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>Ausgewählte Datensätze werden alle paar Stunden in einen Ordner geschrieben, für Berichte und andere Programme.</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>Jetzt e&amp;xportieren</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>Alle %1 Stunden nach %2</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exporte und Programme</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>Zuletzt geschrieben %1</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Lokale Schnittstelle</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>Es wurde kein Token erstellt: Niemand wird eingelassen.</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>Nicht alles ließ sich schreiben.</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>Noch nicht geschrieben</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Aus</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>Auch für andere Computer an, auf Port %1</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>An, auf Port %1</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>Programme dieses Computers können Belege übergeben und fragen, was daraus wurde.</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Geplanter Export</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>Einrich&amp;ten…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>Einrichten und To&amp;ken…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>Der Export ist geschrieben.</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>Token: %1</translation>
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>%1; a newer version is announced, not confirmed yet</source>
      <translation>%1; eine neuere Version ist angekündigt, noch nicht bestätigt</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Aktiv</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>Wird geprüft</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Konflikt</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>Dort gelöscht</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>Aus Zoho Books</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>Auf beiden Seiten</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>Wird gesendet</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>Anmeldung nötig</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Nicht verbunden</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>Offline</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>Offline seit {time}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pausiert</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>Pausiert bis {time}</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problem</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>Durch einen Fehler angehalten</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Wird abgeglichen</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>Wartet auf das Senden</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1, in Ordnung um %2</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Wird gelesen…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>Wird angehalten; was hier ist, bleibt</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Wird abgeglichen</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>%1 werden abgeglichen, %2 hier</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>%1 werden abgeglichen, %2 von %3</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>Aufrufe bei Zoho Books heute {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>Aufrufe bei Zoho Books heute {used} von {limit}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>beginnt neu {time}</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>Angenommen</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Aktiv</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>Von Hand hinzugefügt</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>Genehmigt</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Abrechenbar</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>Berechnet</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgebrochen</translation>
    </message>
    <message>
      <source>Categorized</source>
      <translation>Kategorisiert</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>Abgeschlossen</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>Bestätigt</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>Abgelehnt</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>Entwurf</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>Abgelaufen</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>Inaktiv</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Fakturiert</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>Zugeordnet</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>Nicht abrechenbar</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>Nicht berechnet</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Offen</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Überfällig</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>Bezahlt</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>Teilweise berechnet</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>Teilweise fakturiert</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>Teilweise bezahlt</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>Veröffentlicht</translation>
    </message>
    <message>
      <source>Reimbursed</source>
      <translation>Erstattet</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>Versendet</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>Nicht kategorisiert</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>Unbezahlt</translation>
    </message>
    <message>
      <source>Viewed</source>
      <translation>Angesehen</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>Storniert</translation>
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation>Wartet auf Genehmigung</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Schritt %1 von %2: %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Schritt %1 von %2: %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>%1 Aufrufe</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n Tag</numerusform>
        <numerusform>%n Tage</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation>Bevor Sie beginnen</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Aufrufe</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>Von den heutigen %1 Aufrufen</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>Löschen in Zoho Books</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Positionen</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>Kein Beleg doppelt</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>Nichts während des ersten Abgleichs. Später nur, was Sie hier importieren, eingeben oder freigeben.</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>Nichts. Die Richtung ist „nur lesen“; Sie können sie später in den Einstellungen ändern.</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>Datensätze in %n Modul</numerusform>
        <numerusform>Datensätze in %n Modulen</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>Wird gelesen</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>Wird geschrieben</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>etwa %n Stunde</numerusform>
        <numerusform>etwa %n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>etwa %n Minute</numerusform>
        <numerusform>etwa %n Minuten</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>mindestens</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>weniger als eine Minute</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>zbdesk sucht, was es gesendet hat, bevor es etwas wiederholt: über ein Feld, in dem Zoho Books Doppeltes ablehnt, wo es eines gibt, sonst über Ihre eigene Nummer, die E-Mail-Adresse oder eine Referenz. Die Einstellungen zeigen, welches, und bieten an, das Feld anzulegen.</translation>
    </message>
  </context>
  <context>
    <name>TableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>TableMenus</name>
    <message>
      <source>&amp;Columns…</source>
      <translation>&amp;Spalten…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exportieren…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation>Nach %1 &amp;filtern…</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>Aus&amp;blenden</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>S&amp;chmaler</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>&amp;Reihenfolge und Breiten…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>Datensatz &amp;drucken…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>&amp;Breiter</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>Wählen Sie zuerst einen Datensatz.</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>&amp;Zeilen kopieren</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Ohne T&amp;itel kopieren</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>Ein&amp;zelheiten</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>In Zoho &amp;Books öffnen</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>A&amp;bsteigend sortieren</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>&amp;Aufsteigend sortieren</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>%1 bleiben: Sie wurden seither bearbeitet, oder ein früherer Import hat sie angelegt.</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>%1 Belege &amp;rückgängig machen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>In Zoho Books, mit dem nächsten Abgleich: %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>Es kann jetzt nicht zurückgenommen werden: %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>Nichts davon kann zurückgenommen werden.</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>Auf diesem Computer: %1 werden entfernt, %2 sind wie vorher.</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>Datensätze dieses Imports, die schon gesendet sind</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>Den Import von %1 rückgängig machen?</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>Rückgängig gemacht: %1 entfernt, %2 wie vorher.</translation>
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
      <translation>%1 kopiert</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>%1 written to %2.</source>
      <translation>%1 nach %2 geschrieben.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>%1 exportieren</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>Angehalten. Nichts wurde geschrieben.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>%1 wird geschrieben…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>%1 bekommt nichts mehr. Was hier darauf wartet, wird verworfen, und das Geheimnis wird vergessen.</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>&amp;Adresse</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Behalten</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Wird gespeichert…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>Ändern, was weitergegeben wird</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>Änderungen</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Ko&amp;pieren</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Kopieren Sie das Geheimnis jetzt</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Löschungen</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>Für etwas anderes fügen Sie ein eigenes Ziel hinzu.</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>Es signiert, was dorthin gesendet wird (X-Zbdesk-Signature). Es wird nicht noch einmal gezeigt.</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>Nur diese Ereignisse; keines gewählt heißt alle</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>Nur diese Module; keines gewählt heißt alle</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>Eigene andere Systeme brauchen dann keinen Tunnel. Was sie nicht annehmen, wartet hier und wird erneut versucht.</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>Ereignisse an eine weitere Adresse geben</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>Dorthin nichts mehr weitergeben?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Geheimnis</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>Geheimnis dieses Ziels</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>Das Ereignis, wie es kam (nur mit richtiger Signatur)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>Den Datensatz, wie Zoho Books ihn nach dem Ereignis zeigte</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>Das Ziel ist hinzugefügt. Kopieren Sie jetzt sein Geheimnis.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Das wird benötigt.</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>&amp;Was es bekommt</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>Was es bekommt</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>http ist auf diesem Computer und in Ihrem eigenen Netz erlaubt.</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>Nichts ist verloren. Das Protokoll sagt mehr; versuchen Sie diesen Schritt erneut.</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>zbdesk ist auf einen eigenen Fehler gestoßen.</translation>
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Hier</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>Modul und Zeitraum</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Datensätze in Zoho Books</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Datensätze auf diesem Computer</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation>Ihr Wert in Zoho Books</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>Ihr Wert auf diesem Computer</translation>
    </message>
    <message>
      <source>There</source>
      <translation>Dort</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>Dieser Computer minus Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Abstimmung</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>Wert hier</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>Wert dort</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>Was sich unterscheidet</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>und %1 weitere: Sie stehen in den Dateien</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>gleich</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>nicht bekannt</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>nicht benannt</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>Keiner dieser Belege hat einen Betrag.</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>Summen nach Währung</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>%n wartet auf Sie</numerusform>
        <numerusform>%n warten auf Sie</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>, letzter Erfolg %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>in Ordnung</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>in Ordnung, nachgesehen %1</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>erneut anmelden</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>durch einen Fehler angehalten</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>wird abgeglichen</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>wird abgeglichen, %1 hier</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>wird abgeglichen, %1 von %2</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk: nicht mit Zoho Books verbunden</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>Auch vertrauen</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>Zertifikate</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation>Zertifikate (*.pem *.crt *.cer)</translation>
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation>Datei &amp;wählen…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>Datei mit weiteren Zertifikaten</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>Die Zertifikate, denen dieser Computer vertraut, zählen immer. Eine PEM-Datei hier ergänzt sie, für einen Proxy, der in den Datenverkehr schaut.</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>Nicht jetzt</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>Der Administrator dieses Computers hat dies abgeschaltet.</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>Diese Ausgabe sucht nicht nach Aktualisierungen.</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>Was ist neu</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>Sie haben %1. Nichts wird von selbst heruntergeladen.</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>zbdesk %1 ist da.</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>&amp;In einer verschlüsselten Datei</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>&amp;Erneut nachsehen</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>&amp;Passphrase eingeben</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>Ein Schlüsselbund gehört zum Desktop: die Anmeldeinformationsverwaltung unter Windows, der Schlüsselbund unter macOS, GNOME-Schlüsselbund oder KWallet unter Linux. zbdesk bewahrt Geheimnisse dort auf und nirgendwo sonst.

Wo es keinen gibt, ist eine verschlüsselte Datei der andere Weg. Ihre Passphrase wird nie gespeichert.</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>Auf diesem Computer gibt es schon eine versiegelte Datei von zbdesk. Geben Sie die Passphrase ein, mit der sie angelegt wurde.</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>Wählen Sie „Erneut nachsehen“, sobald der Schlüsselbund da ist.</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>Geben Sie eine Passphrase mit acht oder mehr Zeichen ein; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>Geben Sie die Passphrase ein; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>Ordentlich. Ein weiteres Wort macht sie stark.</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>Im &amp;Schlüsselbund dieses Computers</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>Installieren Sie unter Linux gnome-keyring oder KWallet und melden Sie sich am Desktop neu an, oder entsperren Sie den Schlüsselbund.</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>Stark.</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>Die Datei ist mit einer Passphrase versiegelt, die Sie beim Start von zbdesk eingeben. Ohne sie kann niemand die Anmeldung lesen; ist sie vergessen, melden Sie sich neu an, kein Datensatz geht verloren.</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>Der Ort wird ausprobiert.</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>&amp;Noch einmal dieselbe</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>Die beiden unterscheiden sich. Geben Sie in beiden dasselbe ein.</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>Zu kurz: acht oder mehr Zeichen; vier Wörter merkt man sich leicht.</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>Geben Sie die Passphrase ein zweites Mal ein; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>Schwach: Fügen Sie ein weiteres Wort hinzu.</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>Wo darf die Anmeldung aufbewahrt werden?</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>zbdesk hat keinen Schlüsselbund gefunden, den es verwenden kann; wählen Sie, wie Geheimnis und Anmeldung geschützt werden.</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1 (öffnet sich zuerst)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>„%1“ &amp;löschen</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>Tabelle damit ö&amp;ffnen</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>„%1“ &amp;umbenennen…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>&amp;Speichern</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>Eine Ansicht braucht einen Namen.</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>Alle Datensätze</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>Diese Ansicht umbenennen</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>&amp;Änderungen an „%1“ speichern</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>Diese Ansicht speichern</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>Gespeicherte Ansichten</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>Gespeicherte Ansichten: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Noch zu zahlen</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>Es gibt schon eine Ansicht dieses Namens. Wählen Sie einen anderen, oder speichern Sie die Änderungen an jener.</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>A&amp;nsichten</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>Ansicht „%1“ ist gelöscht.</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>Ansicht „%1“ ist gespeichert.</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>Wählen</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>Wählen, was gelesen wird und wie oft</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>Alles geht ohne Maus</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>Die %1 %2 ansehen, die hier sind</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1 öffnen</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation>Datensätze erscheinen Seite für Seite</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>Tasten ansehen</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>Sortieren und Filter wirken auf das, was hier ist</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>Was ausgeschaltet ist, kostet keine Aufrufe</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>Während Sie warten</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>Alle zeigen</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>Sie sind &amp;fort…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>Wartet auf Sie</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>&amp;Schlüsseldatei (optional)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>&amp;Name eines benannten Tunnels (optional)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>Dort zu öffnender &amp;Port</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>Diesen Weg &amp;verwenden</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>&amp;Weg</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>Eine gefälschte Nachricht wird an ihrer Signatur erkannt und abgewiesen.</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>Ein benannter Tunnel hat eine öffentliche Adresse: Geben Sie sie ein.</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>Ein Port ist eine Zahl von 0 bis 65535; bei 0 wählt der Server.</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Wird gespeichert…</translation>
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation>&amp;Kanal</translation>
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>Cloudflare beendet die https-Strecke und kann die Nachrichten lesen. Der Token liegt im Schlüsselbund.</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>Leer: Es wird im Suchpfad danach gesucht.</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>Jeder Weg endet beim selben Empfänger, den nur dieser Computer erreicht und der jede Signatur prüft.</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>Für ein Netz, das nichts hereinlässt und in dem kein Programm installiert werden darf. Sie müssen dem Relay vertrauen.</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>Gefunden: %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>Aus dem Dashboard von Cloudflare. Ohne ihn ist die Adresse nach jedem Start eine andere. Leer behält den jetzigen.</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>Aus dem Dashboard von ngrok; Version 3.16 oder neuer. Leer behält den jetzigen.</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>Wie erreicht Zoho Books diesen Computer?</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>Es ist nicht auf diesem Computer. Installieren Sie es von Cloudflare (developers.cloudflare.com, Downloads) und öffnen Sie dies dann erneut, oder sagen Sie unten, wo es liegt.</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>Es ist nicht auf diesem Computer. Installieren Sie es von ngrok (ngrok.com, Download) und öffnen Sie dies dann erneut, oder sagen Sie unten, wo es liegt.</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>Seine öffentliche &amp;Adresse</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>A&amp;rt des Relays</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>Behält Nachrichten, wie sie sind (Signaturen halten)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>Art des Relays</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>Lassen Sie den Pfad /webhooks/ auf Port %1 dieses Computers führen, mit unverändertem Pfad und Inhalt.</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>Eigene Adresse (Webserver, Proxy oder Tunnel, um den sich jemand kümmert)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>Niemand außer Ihrem eigenen Server sieht die Nachrichten.</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>Gar nicht: Änderungen kommen durch Nachsehen</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>Nichts kann diesen Computer erreichen.</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>Nichts führt hierher. zbdesk sieht im gewählten Abstand nach, und nichts geht je verloren.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>Öffentliche &amp;Adresse</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>Öffentliche &amp;Adresse, die dorthin führt</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>Abhol-Relay: zbdesk holt ab, nichts muss diesen Computer erreichen</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>Reservierte &amp;Adresse (optional)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>S&amp;erver</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>Melden Sie sich dort einmal von Hand an, damit der Schlüssel hier bekannt ist: Einem unbekannten Server wird nie vertraut.</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>T&amp;oken</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>T&amp;oken des Tunnels (optional)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>Das Relay kann die Nachrichten lesen. Ein Relay wie smee schreibt sie neu: Keine Signatur hält, wer den Kanal kennt, kann senden, und Ereignisse bewirken nur, dass zbdesk den Datensatz erneut liest.</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>Die Einstellungen ließen sich nicht schreiben.</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>Auf diesem Computer gibt es kein ssh. Unter Windows ist es eine optionale Komponente (OpenSSH-Client), unter Linux und macOS ist es immer dabei.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Das wird benötigt.</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>Weg</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>Was er schützt</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>Was dieser Weg braucht</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>Wo das Programm &amp;ist (optional)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>Wer die Adresse betreibt, kann die Nachrichten dort lesen, wo die https-Strecke endet.</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>Sie haben eine öffentliche https-Adresse. zbdesk merkt sie sich nur; wer sie betreibt, lässt sie hierher führen.</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared, von zbdesk gestartet</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>ngrok beendet die https-Strecke und kann die Nachrichten lesen. Der Token liegt im Schlüsselbund.</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok, von zbdesk gestartet</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.io und Ähnliches (keine Signatur hält)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>ssh zu einem eigenen Server, von zbdesk gestartet</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>zbdesk hält eine SSH-Verbindung offen, die einen Port weiterleitet. Der Webserver des Servers führt /webhooks/ dorthin.</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>zbdesk startet das Programm, beobachtet es, startet es neu, wenn es endet, und hält es beim Beenden an.</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>%1 von %2 Änderungen verpasst, letzte 7 Tage</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>%1 von %2 am Tag bei Zoho</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, nächstes Mal %2</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>%n ging nicht</numerusform>
        <numerusform>%n gingen nicht</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>%n Zustellung wird erneut gesendet</numerusform>
        <numerusform>%n Zustellungen werden erneut gesendet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>%n erledigt</numerusform>
        <numerusform>%n erledigt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>%n Ereignis erneut gelesen</numerusform>
        <numerusform>%n Ereignisse erneut gelesen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>%n Versuch</numerusform>
        <numerusform>%n Versuche</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>%n abgewiesen</numerusform>
        <numerusform>%n abgewiesen</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>Andere Organisation</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Geheimnis ändern…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>Änderungen werden verpasst</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>Änderungen kommen an, meist in %1</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Aufgegeben</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>In Zoho Books nicht mehr vorhanden</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>Behalten: nennt keinen Datensatz</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>Die Zustellungen ansehen</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>Den Weg ansehen</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>Modul wird nicht abgeglichen</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>Nennt keinen Datensatz</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>Weder hier noch in Zoho Books</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>Weder hier noch dort</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>Hier neu</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>Hier neu nach %1</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>Nicht eingerichtet</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>Von Zoho Books nicht gezeigt</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>Heute ist nichts eingetroffen</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>Öffentlicher Name</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>Beiseitegelegt: andere Organisation</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>Beiseitegelegt: Dieses Modul wird nicht abgeglichen</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Erneut lesen</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>Erneut gelesen nach %1</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>Der Datensatz wird aus Zoho Books gelesen</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>Sichere Leitung</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Signatur</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Angenommen</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>Den Weg prüfen</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Dieser Computer</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>Tunnel</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Unbekannt</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>Wartet auf eine Anmeldung</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>Wartet auf das Ende der Pause</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>Wartet auf das Ende des Abgleichs</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>Wartet auf das erste Ereignis</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>Wartet auf das Netz</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>Wartet, bis Zoho Books wieder Aufrufe zulässt</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>War schon hier</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>Webhooks kommen nicht durch</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>Webhooks: %1 scheitert</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>Webhooks: alle fünf Teile des Wegs sind in Ordnung</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>Zoho Books zeigt diesen Datensatz nicht</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>Zoho Books gab keine Antwort; wird erneut gefragt</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>kam %1 Mal, einmal behalten</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>%n Mal gescheitert</numerusform>
        <numerusform>%n Mal gescheitert</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>scheitert</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>in %1 ms</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>in Ordnung</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>noch keine Änderungen zum Vergleichen</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>keine Signatur</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>nicht geprüft</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>Abhol-Relay</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>wiederholt</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>Geheimnis von %1</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>eigene Adresse</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>Den Weg jetzt &amp;prüfen</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Geheimnis ändern…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>Änderungen kommen alle %1 Min. Mit Webhooks kommen sie innerhalb von Sekunden.</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>Anderen Weg wählen…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>Wählen Sie, wie Zoho Books diesen Computer erreicht, erstellen Sie ein Geheimnis und richten Sie die Module dort ein.</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>Weg wählen…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>Gewählt. Er wird in Sekunden übernommen und dann geprüft.</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>Zustellungen</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>Ereignisse</translation>
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation>Seine Ereignisse sind Hinweise, auf die hin zbdesk nur den Datensatz erneut liest. Verwenden Sie nie ein öffentliches für echte Bücher.</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Einstellungen öffnen</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>Weitergegeben an</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Wird geprüft…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>Die Prüfung hat kein Ergebnis gebracht. Prüfen Sie noch einmal.</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>Dieses Relay schreibt Nachrichten neu, darum kann keine Signatur halten.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>Bis es behoben ist, sieht zbdesk alle %1 Min. nach, seit %2; nichts ist verloren.</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>Was aufgelistet ist</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>Was wohin gehört…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · bisher %2 abgewiesen</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>Änderungen kommen durch Nachsehen. Mit Webhooks kommen sie innerhalb von Sekunden.</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>Alle Teile prüfen</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>Webhooks einrichten</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>Webhooks heute</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>eingetroffen</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>scheitern</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>zuletzt %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>verpassen Änderungen</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>verpasst, verglichen mit dem Nachsehen</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>meist hier in %1</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>wartet auf das erste Ereignis</translation>
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation>Nichts wird nach Zoho Books geschrieben, bevor Sie auf der letzten Seite zustimmen.</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation>&amp;Zoho Books verbinden</translation>
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation>&amp;Demofirma verbinden</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>Mit der Demofirma &amp;umsehen</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>Client-ID und Client-Secret aus der Zoho-API-Konsole</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>„Zoho Books verbinden“ führt Sie durch fünf Seiten: Rechenzentrum, Client-ID und Secret, Anmeldung, Organisation und was abgeglichen wird. Vor der letzten wird nichts gespeichert und nichts gelesen.

Die Demofirma ist ein kleines Zoho Books auf diesem Computer. Sie braucht kein Konto, und keiner ihrer Datensätze kommt in die Nähe der Ihren.</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>Zum Beispiel books.zoho.in. Sie sagt, welches Rechenzentrum Ihre Bücher führt.</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>Weiter &amp;verbinden</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>Halten Sie dies bereit</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>Gar nichts</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>Ein Klick auf der Anmeldeseite</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>Die Adresse Ihres Zoho Books</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>Die Demofirma läuft nur auf diesem Computer. Server und Client sind eingetragen.</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>Sie können sie unterwegs anlegen: Die nächsten Seiten zeigen, wo, und was einzufügen ist.</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>Sie melden sich in Ihrem Browser auf der Seite von Zoho an. zbdesk sieht Ihr Passwort nie.</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>Ihr Browser öffnet sie, wie er die Seite von Zoho öffnen würde.</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>Ihre eigene Zoho-Anmeldung</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>Ihre Datensätze und Zoho Books, immer gleich</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>zbdesk bringt, was Ihre Firma ausstellt, einmal nach Zoho Books und holt, was sich dort ändert, auf diesen Computer. In etwa fünf Minuten sind Sie verbunden.</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>%1 weitere &amp;Module, alle aus</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>%1 Aufrufe mehr, neueste zuerst</translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n Stunde</numerusform>
        <numerusform>%n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n Minute</numerusform>
        <numerusform>%n Minuten</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation>&amp;Positionen von allem</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>Alle Module sind gezählt</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>&amp;Beide Richtungen</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>Wählen Sie mindestens ein Modul; dann geht es weiter.</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>Wählen Sie die Module und ihre Richtung; alles lässt sich später in den Einstellungen ändern.</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>Richtung</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>Weniger &amp;Module</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>Wie oft, und &amp;Positionen</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>Nach Änderungen &amp;sehen alle</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Nach Änderungen sehen alle</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>Nicht alles ließ sich zählen.</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>Ein Aufruf je Datensatz; ohne dies werden Positionen gelesen, wenn ein Datensatz geöffnet wird oder sich ändert.</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>Vorerst nur &amp;lesen</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>„Datensätze“ ist, was Zoho Books zählt. Ein Aufruf bringt bis zu 200 Datensätze; Zoho erlaubt je nach Tarif eine Zahl von Aufrufen am Tag, und zbdesk behält einige davon für Ihre eigenen Klicks zurück.

Die Leertaste wählt das Modul der aktuellen Zeile. Nichts wird gespeichert, bevor Sie „Ersten Abgleich starten“ wählen.</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>Ersten Abgleich s&amp;tarten</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>Innerhalb von Sekunden, wenn Webhooks eingerichtet sind.</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>Die Verbindung wird gespeichert.</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>Die Schätzung ist zu niedrig; der Abgleich selbst braucht die Zahlen nicht.</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>Diese Anmeldung wurde nur zum Lesen angefragt.</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>Was sich in Zoho Books ändert, kommt hierher; was Sie hier eingeben oder importieren, geht dorthin.</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>Was abgeglichen wird</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>Ohne dies werden Positionen gelesen, wenn ein Datensatz geöffnet wird oder sich ändert.</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>über etwa %n Tag</numerusform>
        <numerusform>über etwa %n Tage</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>zbdesk schreibt nie nach Zoho Books, bis dies in den Einstellungen geändert wird.</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>Ohne Fenster beginnen, wo es einen Infobereich gibt</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>Schließen und Starten</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>Schließen des Fensters</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>Neben der Uhr weiterlaufen</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>Einzelne Buchstaben als Tasten, zum Beispiel unter „Konflikte“</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>Starten, wenn ich mich an diesem Computer anmelde</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>Den Start mit der Sitzung führt das System selbst; was dort geändert wird, zeigt sich hier. Es startet im Infobereich und nimmt keinen Fokus.</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>Ohne Infobereich beendet das Schließen des Fensters zbdesk immer: Es läuft nie ungesehen.</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>Wird gespeichert…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>Noch keine Antwort. Was Sie eingegeben haben, bleibt hier, bis eine da ist.</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>Spalten in ihrer Reihenfolge</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>Änderungen zählen sofort; es gibt nichts zu speichern.</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>nur für %1</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>Die Einzelheiten werden gelesen; das Formular öffnet sich mit ihnen.</translation>
    </message>
  </context>
</TS>
