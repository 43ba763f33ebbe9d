<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;1 hour</source>
      <translation>&amp;1 heure</translation>
    </message>
    <message>
      <source>&amp;30 minutes</source>
      <translation>&amp;30 minutes</translation>
    </message>
    <message>
      <source>&amp;About zbdesk</source>
      <translation>À &amp;propos de zbdesk</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>&amp;Activité</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>&amp;Fermer la fenêtre</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>&amp;Conflits</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>&amp;Copier les lignes</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>&amp;Tableau de bord</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>&amp;Détails</translation>
    </message>
    <message>
      <source>&amp;Edit record…</source>
      <translation>&amp;Modifier l’enregistrement…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exporter…</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <translation>&amp;Filtre</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>&amp;Importer un fichier…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>Touches et a&amp;ide</translation>
    </message>
    <message>
      <source>&amp;Last records</source>
      <translation>&amp;Derniers enregistrements</translation>
    </message>
    <message>
      <source>&amp;Minimise</source>
      <translation>&amp;Réduire</translation>
    </message>
    <message>
      <source>&amp;Month end</source>
      <translation>Clôture &amp;mensuelle</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>Mettre les notifications en &amp;sourdine</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>&amp;Nouvel enregistrement…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>Partie &amp;suivante de la fenêtre</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>&amp;Ouvrir zbdesk</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>&amp;Sortie</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>Im&amp;primer le tableau…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>&amp;Problèmes</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>&amp;Quitter zbdesk</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>Para&amp;mètres…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>Les &amp;afficher de nouveau</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>&amp;Webhooks</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>Changer d’or&amp;ganisation…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>&amp;Couvrir la fenêtre</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation>Colonn&amp;es…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Copier sans les ti&amp;tres</translation>
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>Mode de clôture m&amp;ensuelle</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>Notifications en so&amp;urdine jusqu’à %1</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>Ouvrir le dossier des &amp;données</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>Ouvrir le dossier des &amp;journaux (log)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Ouvrir dans &amp;Zoho Books</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation>Impri&amp;mer l’enregistrement…</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;use</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>&amp;Tout relire</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>Re&amp;prendre</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation>Enregistrer &amp;cette vue…</translation>
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>&amp;Rechercher…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>Arr&amp;êter</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Arrêt…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>Sy&amp;nchroniser</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>Jusqu’à &amp;demain</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>Jusqu’à ce que je les &amp;reprenne</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>jusqu’à %1</translation>
    </message>
  </context>
  <context>
    <name>ActivityModel</name>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>Déclenché par</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Ce qui s’est passé</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quand</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>une personne</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>un webhook</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>la première synchronisation</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>l’horaire</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>Activité</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>Il ne s’est encore rien passé</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Exécutions</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>L’activité ne peut pas être lue</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Ce qui s’est passé</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>Ce que zbdesk lit et fait est listé ici.</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>Activité</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>&amp;Annuler la modification</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>&amp;Supprimer…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>M&amp;odifier…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>A&amp;nnuler le document…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>Il est supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>Il est en train de partir.</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>Il est déjà envoyé.</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>Il est déjà annulé.</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>&amp;Marquer comme envoyé</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>Rien n’est ouvert.</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>Enregistrer un &amp;paiement…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Cette connexion ne fait que lire.</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>A&amp;dresse</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>Adresse et secret</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>Adresse pour Zoho Books</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>La changer…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>Choisissez comment Zoho Books atteint cet ordinateur</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copier</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>Copier l’adresse</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>Elle vient de %1.</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>Créé %1. Il a été affiché alors et ne l’est plus.</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>Créé dans Zoho Books par zbdesk : %1. La déconnexion le retire.</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>Créer et afficher…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>Personne n’en a encore vu.</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>Se&amp;cret</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Secret</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>Mettre en place dans Z&amp;oho Books pour moi…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>Le précédent vaut jusqu’à %1 ; ensuite seulement celui-ci.</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>Il n’y a pas encore d’adresse publique. Choisissez comment Zoho Books arrive ici.</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>Tunne&amp;l…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Quoi coller et où dans Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>Zoho Books garde les webhooks sous Settings, Automation, Workflow Actions. Chaque module a besoin de sa propre règle.</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n jour</numerusform>
        <numerusform>%n jours</numerusform>
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
      <translation>%1 dans %2</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1 : %2 dans %3</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1–%2 jours</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>Ancienneté</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>Devise des créances</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Factures</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>Personne ne doit rien : aucune facture ouverte.</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>Pas encore échu</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>Plus de %1 jours</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>Créances par ancienneté</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>Afficher les factures</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>sans devise</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>&amp;Écrire ces %1</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>Montants en %1</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>L’exécution s’est arrêtée avant sa première écriture, car elle est plus grande que ce que vos paramètres laissent passer sans demander. Vérifiez que c’est bien ce que vous vouliez. Ce qui s’y ajoute est demandé de nouveau.</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>Écrire %1 dans %2 ?</translation>
    </message>
  </context>
  <context>
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>Un webhook l’a annoncé à %1. Cela ne compte nulle part tant que zbdesk n’a pas lu l’enregistrement dans Zoho Books.</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>Également modifié : %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>Les colonnes du tableau restent telles quelles.</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>Non confirmé</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n appel</numerusform>
        <numerusform>%n appels</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflit</numerusform>
        <numerusform>%n conflits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n problème</numerusform>
        <numerusform>%n problèmes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) here</source>
      <translation>
        <numerusform>%n enregistrement ici</numerusform>
        <numerusform>%n enregistrements ici</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>Toute l’activité</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>Tout sauf %n module</numerusform>
        <numerusform>Tout sauf %n modules</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>Au %1</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>Les modifications sont en cours de lecture</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>Quelque chose vous attend-il ?</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>Chacun est dans la liste avec son remède</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>Internet</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>Tout ce qui est dans Zoho Books est-il ici ?</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>Dernière fois en ordre : %1</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>Les modifications plus récentes ne sont pas encore ici</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>Les lignes de %1 sont lues à l’ouverture</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>Consultation en cours</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>Prochaine à %1</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Non</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Aucun problème</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>Non, rien</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>Pas encore</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>Rien n’est en route</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>Rien n’a été modifié des deux côtés</translation>
    </message>
    <message>
      <source>Quit zbdesk and start it again</source>
      <translation>Quittez zbdesk et relancez-le</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Enregistrements sur cet ordinateur</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>Afficher les problèmes</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <source>The database is not where it was</source>
      <translation>La base de données n’est plus là où elle était</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>La première consultation vient ensuite</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>La première synchronisation n’est pas terminée</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>Ce qui ne peut pas être lu est dans la liste ci-dessous</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>Quand a eu lieu la dernière consultation ?</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>Oui, %n chose</numerusform>
        <numerusform>Oui, %n choses</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>Oui, tout</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>est terminée</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>dernière %1</translation>
    </message>
    <message>
      <source>never</source>
      <translation>jamais</translation>
    </message>
    <message>
      <source>reached %1</source>
      <translation>joint %1</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>Dans l’ordre d’arrivée</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>Un enregistrement manque ou semble ancien ?</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>Choisissez Se reconnecter, dans Paramètres sous Connexion. Les enregistrements et leur historique restent.</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>Choisissez Synchronisation, Tout relire. Chaque liste est lue jusqu’au bout et les suppressions sont trouvées.</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>Ligne de commande</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>Copier les lignes sélectionnées</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Dossier des données</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>Détails de l’enregistrement courant</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>Tout ce qui est ici peut être lu. La synchronisation reprend d’elle-même quand Zoho répond de nouveau.</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>Dans le trousseau de cet ordinateur ou dans un fichier scellé ; jamais dans la base de données ni dans les journaux.</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>Elle lit ce qui a changé dans Zoho Books depuis la dernière consultation. Sans elle, cela se fait tout seul.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Touches</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Touches et formes</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>Trier selon la colonne de la cellule courante</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>Situations d’un enregistrement</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>Ce programme</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>Que fait Synchroniser ?</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>Et sans internet ?</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>Ce que l’on demande souvent</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>Où sont mes secrets ?</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>Pourquoi zbdesk attend-il ?</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>Zoho autorise un certain nombre d’appels par minute et par jour. Rien n’est perdu ; cela reprend tout seul.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>Zoho a mis fin à la connexion ?</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Retour</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>&amp;Liste à corriger, en CSV</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Échap</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Aide</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>%1 appels sur %2 par jour. Ce qui tourne tout seul s’arrête avant ; vos propres clics continuent.</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>Au plus, par minute</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>Appels par minute</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>Appels à Zoho Books</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>Gardés pour vos clics</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Aucune limite</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Non connecté</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>Sur les appels du jour. Ce qui tourne tout seul s’arrête avant ; vos propres clics continuent.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Aujourd’hui</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>Zoho Books en accepte 100 par minute pour une organisation, tous ses programmes réunis.</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>%1 gardés pour vos clics</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>%1 sur %2 utilisés</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>%1 utilisés, le nombre de votre forfait n’est pas connu</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>Rien n’a encore été compté</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>Appels à Zoho Books aujourd’hui</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>recommence %1</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>attend jusqu’à %1</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>Passation</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>Fiche de &amp;passation…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>Quand quelqu’un d’autre prend la suite</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>Qui s’est connecté, ce que cela permet, ce qui s’arrête quand cette personne part ; à copier ou imprimer.</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>Afficher sous forme de tableau</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>%n facture</numerusform>
        <numerusform>%n factures</numerusform>
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
      <translation>Md</translation>
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
      <translation>%1 : %2 lignes font %3 documents. Rien n’a encore été écrit.</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>Retenir pour &amp;vérification</translation>
    </message>
    <message>
      <source>&amp;Import</source>
      <translation>&amp;Importer</translation>
    </message>
    <message>
      <source>&amp;Import %1 %2</source>
      <translation>&amp;Importer %1 %2</translation>
    </message>
    <message>
      <source>&amp;Save mapping</source>
      <translation>&amp;Enregistrer la correspondance</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(facultatif)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>Pour le prochain fichier de ce genre</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>Donnez un nom à la correspondance.</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>Revenez corriger leurs cellules, ou laissez-les de côté ; ils sont listés à la fin.</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>Comment l’import se fait</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>Nom de la corres&amp;pondance</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>Nom de la correspondance</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>Aucun document ne peut être importé tel quel.</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>Rien n’a encore été écrit.</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>Rien ne part vers Zoho Books avant que vous ne le libériez sous Sortie.</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Enregistré sous %1.</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>Certaines lignes sont fautives, et rien n’est alors pris. Corrigez-les, ou prenez les bonnes.</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>&amp;Ne rien prendre tant qu’une ligne est fautive</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>Prendre les &amp;bons documents, lister les autres</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>L’import est un lot : tant que rien n’en est parti vers Zoho Books, il peut être annulé en entier, à la fin de cet import ou plus tard sous Sources.</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>Les lignes sont en cours de vérification, %1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>Les dossiers surveillés et la ligne de commande utilisent les correspondances enregistrées par leur nom.</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>Ce qui est importé part vers Zoho Books avec la prochaine synchronisation.</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>Ce qui serait importé</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>%1 sur %2 manqués</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%1 modules sur %2</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>%1 aujourd’hui</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>Mis en place dans Zoho Books</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>dernière %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>créé par zbdesk, attend son premier événement</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>attend son premier événement</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%1 points sur %2 sont ouverts.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Liste de contrôle</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Chaque point est fait.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Afficher</translation>
    </message>
    <message>
      <source>Show: %1</source>
      <translation>Afficher : %1</translation>
    </message>
    <message>
      <source>The period can be signed off.</source>
      <translation>La période peut être validée.</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>Retirer le filtre %1</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>Remise bancaire</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>Virement bancaire</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>Espèces</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Vérifier</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Crédit</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>Carte de crédit</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Client</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Débit</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>Biens</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>Autre</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Service</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Fournisseur</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>%1 faits à une heure qui est ailleurs un autre mois</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n enregistrement</numerusform>
        <numerusform>%n enregistrements</numerusform>
      </translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Les deux côtés sont égaux.</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>Des modifications sont venues sans événement, ou des événements attendent.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Liste de contrôle</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>Comparé avec</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Devise</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Dates qui dépendent de l’horloge</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Différence</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>Différences, enregistrement par enregistrement</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>Chaque point est fait.</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>Empreinte du rapprochement</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>Empreinte de ces chiffres (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Fait le</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>Fait par</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>Validation de la clôture mensuelle</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Aucun conflit</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>Aucune date ne glisse au-delà de la fin du mois</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>Aucun brouillon jusqu’à la fin de la période</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>Aucun résultat n’est inconnu</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Aucun problème</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>Aucun.</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>Non lu jusqu’au bout depuis la fin de la période : %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>Pas encore lu jusqu’au bout : {names}. Leurs chiffres ne sont pas complets.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>Rien n’attend de partir</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Numéro</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation>D’un enregistrement, personne ne peut encore dire le montant.</translation>
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>De {count} enregistrements, personne ne peut encore dire le montant.</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>Un point est ouvert. La période a été validée malgré tout.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>Tiers</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Période</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>Trimestre %2 de %1</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>Enregistrements ici</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Enregistrements dans Zoho Books</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>La synchronisation est en ordre</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>L’historique se terminait alors à la ligne {seq} avec l’empreinte {hash}</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>La dernière synchronisation n’est pas arrivée au bout, ou date de plus d’un jour.</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>Les deux côtés diffèrent.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Cet ordinateur</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Rapprochement</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>Le rapprochement est égal</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>Les webhooks arrivent sans lacune</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>Ce qui diffère</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>Année %1</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>Zoho Books à la dernière lecture ; la liste la plus ancienne est du {moment}</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books, interrogé le {moment}</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>une liste qui n’a jamais été lue jusqu’au bout</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>un autre montant</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>une autre devise</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>une autre période</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fait</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>a un problème</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>n’est pas encore parti</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>en conflit</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>fait le {organization} pour l’organisation, {utc} en UTC, {computer} sur cet ordinateur</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>aucune réponse n’est venue</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>seulement ici</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>seulement dans Zoho Books</translation>
    </message>
    <message>
      <source>open</source>
      <translation>ouverte</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>annulé ici</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>annulé dans Zoho Books</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>mérite un regard</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>zbdesk tieout verify FICHIER dit si le fichier dit toujours ce qu’il disait.</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>{count} de plus figurent dans les chiffres de ce fichier et dans le CSV.</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count} points sont ouverts. La période a été validée malgré tout.</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>%1 est écrit.</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>Interrogation de Zoho Books : %1, %2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>Interrogation de Zoho Books…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Commencer le &amp;mode de clôture mensuelle</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>Les deux côtés sont égaux.</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>Fichier CSV (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>Choisissez-en une autre.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>Comparé avec Zoho Books tel qu’interrogé à %1.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>Comparé avec Zoho Books à la dernière lecture ; la liste la plus ancienne est de %1.</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>Comparaison…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>Terminer le &amp;mode de clôture mensuelle</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>Chaque document proche d’une fin de mois a été fait le même jour selon toutes les horloges.</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>Aucune date ne dépend de l’horloge</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>Aucun enregistrement dans cette période</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>Pas encore lu jusqu’au bout : %1.</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>Fichier PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Enregistrer</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>Validation (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>Les deux côtés diffèrent dans %1.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>Écriture de %1…</translation>
    </message>
    <message>
      <source>never</source>
      <translation>jamais</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>jusqu’à %1</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>jusqu’à ce que je le termine</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 sur %2</translation>
    </message>
    <message>
      <source>&amp;As they came</source>
      <translation>Dans l’ordre d’&amp;arrivée</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>&amp;Terminé</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>&amp;Plus étroite</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>Plus &amp;large</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Colonnes</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>&amp;Descendre</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>&amp;Monter</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>Espace affiche ou masque, Alt et les flèches déplacent et redimensionnent.</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>Largeur %1</translation>
    </message>
  </context>
  <context>
    <name>ColumnFilter</name>
    <message>
      <source>&amp;Apply</source>
      <translation>&amp;Appliquer</translation>
    </message>
    <message>
      <source>&amp;Contains</source>
      <translation>&amp;Contient</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;De</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>&amp;Période</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>&amp;Retirer le filtre</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>&amp;À</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>Tous les mots doivent apparaître, dans n’importe quel ordre ; casse et accents ne comptent pas.</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>Jours choisis</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>Vide : ouvert de ce côté.</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>Filtrer par %1</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>Dans la devise de chaque enregistrement. Vide : ouvert de ce côté.</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>Aucun enregistrement ne peut avoir un tel montant.</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Période</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>Cette fin précède le début.</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>30 derniers jours</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>7 derniers jours</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>exercice précédent</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>mois dernier</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>trimestre dernier</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>cet exercice</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>ce mois</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>ce trimestre</translation>
    </message>
    <message>
      <source>today</source>
      <translation>aujourd’hui</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Solde</translation>
    </message>
    <message>
      <source>Bank</source>
      <translation>Banque</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Modifié</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Société</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Client</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Échéance</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Numéro</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>Bénéficiaire</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Type</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Fournisseur</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>%1 cellules à corriger</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>%1 lignes</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>Comme deviné</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>Chaque champ peut être rempli par une colonne. Le numéro du document le distingue des autres : le même numéro à nouveau est une modification, pas un second document.

F8 va à la prochaine cellule à corriger, Maj+F8 à la précédente ; Entrée la corrige sur place. Le fichier lui-même n’est jamais modifié.</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>Donnez son champ à au moins une colonne.</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>Donnez à chaque colonne du fichier son champ ; ce que zbdesk a deviné d’après noms et contenus est rempli.</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>Corres&amp;pondance</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Correspondance</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>Prochaine cellule à corriger</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>Précédent</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Lignes, telles qu’elles seront lues</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>Dites si le jour ou le mois vient en premier pour continuer.</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>Dites si le séparateur décimal est le point ou la virgule pour continuer.</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>Réglez d’abord ce qui se trouve au-dessus des colonnes.</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>La correspondance a aussi des colonnes qui ne sont pas dans ce fichier : %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>La suivante n’est pas parmi les lignes affichées ; elle est dans la liste à corriger.</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>Les lignes sont en cours de vérification…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>Quelle colonne est quoi ?</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>vérification, %1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>lecture…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>%1 premières lignes</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>rien à corriger</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>%1 est maintenant laissée de côté : son champ est passé à %2.</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>Colonne du fichier</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>Colonnes et champs</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Champ</translation>
    </message>
    <message>
      <source>Field of %1</source>
      <translation>Champ de %1</translation>
    </message>
    <message>
      <source>First value</source>
      <translation>Première valeur</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>Laisser de côté</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>Ce qu’elle montre</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1 : était %2, est %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>&amp;Supprimer %1</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>&amp;Annuler %1</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>&amp;Écrire %n modification</numerusform>
        <numerusform>&amp;Écrire %n modifications</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>Demandé une fois après chaque changement d’organisation.</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>Devise de base</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>Pays</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>Supprimer %1 ?</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>Première écriture après un changement d’organisation</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>Est-ce toujours %1 ?</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>Ce n’est pas encore parti, donc rien ne change dans Zoho Books. C’est retiré ici.</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>C’est supprimé dans Zoho Books et ici ; Zoho Books n’en garde pas de copie. Si cela y a été modifié, on vous demande.</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>Cela part avec la prochaine exécution ; d’ici là, Annuler la modification le reprend.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>Cela reste dans Zoho Books avec l’état Annulé et ne compte plus.</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Nom court de l’organisation</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>Identifiant fiscal</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>Le solde ouvert de %1 disparaît avec.</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>Cette fenêtre montrait %1 auparavant. Vous êtes sur le point d’écrire dans une autre organisation.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Tapez %1 pour confirmer l’organisation</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>Annuler %1 ?</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>Zoho Books la décrit maintenant autrement. Rien n’est écrit avant votre accord.</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>Règlement…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> et </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1 jours ou plus</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1 ou plus</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>&amp;Ajouter un filtre</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>Montant en jeu</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>Tout montant</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>En jeu : %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Champ</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>Filtrer par numéro ou nom</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>Le plus en jeu d’abord</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>Les plus récents d’abord</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>Les plus anciens d’abord</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>Ouvrir %1</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>Ouvert depuis</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Ordre</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>un jour ou plus</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>Conflits</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n jour</numerusform>
        <numerusform>%n jours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>%n champ égal</numerusform>
        <numerusform>%n champs égaux</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n ligne</numerusform>
        <numerusform>%n lignes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>%n ligne diffère</numerusform>
        <numerusform>%n lignes diffèrent</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(aucun)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>Créé de nouveau</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Supprimé</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>Supprimé ici</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>Supprimé dans Zoho Books</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>Modifié</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>Réuni sans question : modifié d’un seul côté</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>Gardé tel quel là-bas</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Non</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Prix</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantité</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Oui</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflit</numerusform>
        <numerusform>%n conflits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>%n champ à décider</numerusform>
        <numerusform>%n champs à décider</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>%n enregistrement écrit dans Zoho Books</numerusform>
        <numerusform>%n enregistrements écrits dans Zoho Books</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Tout de Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>Tout de &amp;cet ordinateur</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>Appliquer &amp;ce résultat</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>Retour à la liste</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Tout effacer</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Conflit</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Conflits</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>&amp;Historique</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Ouvrir dans &amp;Zoho Books</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>Pa&amp;sser</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>Régler par rè&amp;gle…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>Ann&amp;uler le dernier</translation>
    </message>
  </context>
  <context>
    <name>ConflictsPage</name>
    <message>
      <source>%1 checked</source>
      <translation>%1 cochés</translation>
    </message>
    <message>
      <source>%1 from Zoh&amp;o Books…</source>
      <translation>%1 de Zoh&amp;o Books…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1 &amp;de cet ordinateur…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 sur %2</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 réglés</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>%1 réglés. Z les reprend tant qu’ils ne sont pas partis.</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1 : %2.</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>Tous les conflits</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>Tout de Zoh&amp;o Books</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>&amp;Tout de cet ordinateur</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>Tous ceux qui correspondent au filtre</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>Choisissez un côté pour chaque champ pour le voir.</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>Tout effacer</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>J et K parcourent la liste</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Aucun montant n’y change.</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Aucun conflit</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>Aucun des %1 ne correspond</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>Rien n’y est écrit.</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>Rien n’a été modifié des deux côtés.</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>Lecture des conflits…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>Repris</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>Repris ; rien n’en est parti.</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>Ceux qui sont cochés</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>Les conflits ne peuvent pas être lus</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>Cela n’est pas possible pour l’enregistrement tel qu’il est.</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Ce serveur n’a pas de pages web pour ses enregistrements.</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Calcul en cours…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>en jeu %1</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>modifiés des deux côtés. Rien n’est envoyé avant votre décision.</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>ID client et secret</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Connecter Zoho Books</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Centre de données</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>&amp;Continuer la connexion</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Se connecter</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>Quoi synchroniser</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>Dernier contact</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>Dernière fois en ordre</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>Prochaine consultation</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Enregistrements sur cet ordinateur</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>est terminée</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>non prévue</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>pas encore</translation>
    </message>
    <message>
      <source>now</source>
      <translation>maintenant</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>se renouvelle seule</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>Non connecté</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>La renouveler</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>S&amp;e reconnecter…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>Connexion de l’organisation en cours</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>Se reconnecter garde tous les enregistrements et ce qui s’y rattache.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>lire et écrire</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>lecture seule</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>depuis %1</translation>
    </message>
  </context>
  <context>
    <name>CopyButton</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copier</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
  </context>
  <context>
    <name>Counts</name>
    <message>
      <source>Documents</source>
      <translation>Documents</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>The window is covered. Press a key to show it again.</source>
      <translation>La fenêtre est couverte. Appuyez sur une touche pour l’afficher de nouveau.</translation>
    </message>
  </context>
  <context>
    <name>CredentialsPage</name>
    <message>
      <source>&amp;Client ID</source>
      <translation>ID &amp;client</translation>
    </message>
    <message>
      <source>&amp;Grant code</source>
      <translation>Code d’&amp;octroi (grant code)</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>&amp;Type de client dans la console</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>&amp;Mon navigateur ne peut pas revenir ici : utiliser un code</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>O&amp;uvrir %1</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>Un port libre est nécessaire pour continuer.</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>N’importe quel port libre de 1024 à 65535. La console doit connaître la nouvelle adresse.</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>Demander à &amp;Zoho la lecture seule</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>Choisissez %1, puis %2.</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>ID client et secret client</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>&amp;Secret client</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;ier</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>Tout co&amp;pier</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>Corrigez l’ID client pour continuer.</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>Entrez un nombre de 1024 à 65535.</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>Rempli pour la société de démonstration.</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>Pour les ordinateurs verrouillés : dans la console choisissez Add Client, puis Self Client. Sous Generate Code collez la portée ci-dessous, choisissez dix minutes et collez le code ici. Utilisez ci-dessus l’ID et le secret du Self Client.</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>Dans la console d’API de Zoho choisissez Add Client, puis Server-based Applications. Entrez un nom quelconque, comme page d’accueil http://localhost, et sous Authorized Redirect URIs l’adresse affichée ici. Choisissez Create. L’onglet Client Secret montre alors l’ID et le secret.

Si votre société utilise plusieurs centres de données, ouvrez l’onglet Settings du client et activez les autres.</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>Elle doit être identique à la lettre. Le port %1 est libre sur cet ordinateur.</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>Il marche une seule fois, et seulement pendant les minutes choisies dans la console.</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>Son client est connu de tous et n’ouvre que la démonstration. Choisissez Se connecter pour continuer.</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>Gardé seulement dans %1. Les espaces aux extrémités sont retirés au collage.</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>Gardé seulement dans le trousseau de cet ordinateur. Les espaces aux extrémités sont retirés au collage.</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>Type de client dans la console</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>Créez un client pour zbdesk dans la console d’API de Zoho, puis collez ici son ID et son secret.</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>Autres choix pour les a&amp;dministrateurs</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>Aucun navigateur n’a pu être ouvert. Ouvrez %1 dans un navigateur à vous.</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>Ouvrir la console du centre de données %1</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>Ouvrir la console de ce serveur</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Coller</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>Collez l’ID client pour continuer.</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>Coller le secret client</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>Collez le secret client pour continuer.</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>Collez le code d’octroi, ou fermez cette partie, pour continuer.</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>Collez-la là-bas sous « Authorized Redirect URIs »</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>Collez ce que la console montre sous « Client Secret »</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>URI de redirection</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>S&amp;e connecter</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>Portée</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>Portée pour le code</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>Server-based convient, sauf si votre administrateur a créé le client sous un autre type.</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>La connexion elle-même ne peut alors pas écrire. Écrire plus tard demande une autre connexion.</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>Il y a un espace à l’intérieur. Copiez l’ID seul.</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>Cela ressemble à une adresse e-mail. L’ID commence par 1000.</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>Utiliser un &amp;autre port</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Utiliser celui-ci</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>Les ID client de Zoho commencent par 1000. et continuent en majuscules et chiffres.</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>Tableau de bord</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>&amp;Adresse de votre Zoho Books</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>Autres serveurs (&amp;tests et installations privées)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(facultatif : copiez-la du navigateur)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>Une société à Singapour a d’ordinaire ses livres sur books.zoho.com. Si le choix est faux, zbdesk le remarque à la connexion et le corrige.</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>Serveur de c&amp;omptes</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>Serveur d’AP&amp;I</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>Choisissez un centre de données pour continuer.</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>Choisissez le centre de données dont vous voyez l’adresse dans le navigateur en ouvrant Zoho Books.</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>Corrigez l’adresse marquée pour continuer.</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>Centres de données</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>Entrez les deux serveurs pour continuer.</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>Ouvrez Zoho Books dans votre navigateur et regardez l’adresse. La partie après « books. » désigne le centre de données : books.zoho.eu est l’Europe, books.zohocloud.ca est le Canada.

Collez l’adresse entière dans le champ, et la ligne est choisie pour vous. Les flèches parcourent les lignes.</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>C’est l’adresse qui compte, pas le pays de votre société.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>Cette adresse appartient au centre de données %1, mais un autre est choisi ci-dessous.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>Cette adresse appartient au centre de données %1. Il est choisi ci-dessous.</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>Cette adresse n’est pas de Zoho. Choisissez le centre de données dans la liste.</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>Utiliser ces &amp;serveurs</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>Où sont tenus vos livres ?</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>Australie</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>Canada</translation>
    </message>
    <message>
      <source>China</source>
      <translation>Chine</translation>
    </message>
    <message>
      <source>Europe</source>
      <translation>Europe</translation>
    </message>
    <message>
      <source>India</source>
      <translation>Inde</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>Japon</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>Arabie saoudite</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>Émirats arabes unis</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>Royaume-Uni</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>États-Unis</translation>
    </message>
    <message>
      <source>own server</source>
      <translation>serveur propre</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>Centre de données {place}</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Before it is removed</source>
      <translation>Avant la désinstallation</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Données</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>Met fin au démarrage avec votre session, pose la question des données, et quitte.</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>Sur cet ordinateur</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>Seul votre utilisateur peut lire le dossier. Il ne contient ni mot de passe ni jeton, les journaux non plus. Pour le garder ailleurs, quittez, déplacez le dossier et démarrez avec --data-dir ou ZBDESK_DATA_DIR.</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>Ouvrir le dossier des d&amp;onnées</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Emplacement</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>Préparer la désinstallation de zbdesk…</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>&amp;Changer %1</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>Changer la date de %1</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>Chacun reçoit cette date et est réessayé aussitôt.</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>Entrez une date.</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>Le premier jour non verrouillé, ou plus tard.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>et %1 de plus</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>&amp;Supprimer %n enregistrement</numerusform>
        <numerusform>&amp;Supprimer %n enregistrements</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>Supprimer les enregistrements de %1 sur cet ordinateur ?</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>Nom court de l’organisation</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>La connexion est terminée, et les enregistrements, l’historique, les correspondances et les règles de cette organisation sont supprimés ici. Zoho Books garde tout. Cela ne peut pas être annulé.</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>Elles seraient perdues.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>Tapez %1 pour confirmer l’organisation</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>Rien n’est perdu ; la synchronisation continue après une nouvelle connexion.</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>La lecture reprend à {time} d’elle-même.</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>Les enregistrements peuvent être lus. La synchronisation reprend d’elle-même quand Zoho Books répond de nouveau.</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>La synchronisation s’est arrêtée.</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>Cet ordinateur est hors ligne depuis {time}.</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>Zoho Books n’autorise plus d’appels pour l’instant.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>Zoho a mis fin à la connexion.</translation>
    </message>
  </context>
  <context>
    <name>DesktopNotices</name>
    <message>
      <source>Open zbdesk</source>
      <translation>Ouvrir zbdesk</translation>
    </message>
  </context>
  <context>
    <name>DetailPane</name>
    <message>
      <source>%1 lines</source>
      <translation>%1 lignes</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1, échéance le %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1, en retard</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 ligne</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>Tous les champs de &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Solde</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>Modifié là-bas</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>Choisissez un enregistrement pour voir ses détails.</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>Fermer les détails</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Dates</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Détails</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>Champs avant et a&amp;près</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Historique</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>Les lignes sont seulement dans Zoho Books ; elles sont lues quand il répond de nouveau.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>Ouvrir dans Zoho Books</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>Lecture des lignes dans Zoho Books…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>et %1 de plus, dans Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>DetailParts</name>
    <message>
      <source>%1 entries</source>
      <translation>%1 entrées</translation>
    </message>
    <message>
      <source>Applied credits</source>
      <translation>Crédits appliqués</translation>
    </message>
    <message>
      <source>Nothing of it has left; the record is again as both sides last agreed.</source>
      <translation>Rien n’en est parti ; l’enregistrement est de nouveau comme les deux côtés l’avaient convenu.</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Paiements</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>Affecté à</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>Re&amp;prendre</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>À modifier dans Zoho Books</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>À supprimer dans Zoho Books</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>À faire dans Zoho Books</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>À créer dans Zoho Books</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>et %1 champs de plus</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>et %1 de plus, dans Zoho Books</translation>
    </message>
    <message>
      <source>no</source>
      <translation>non</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>oui</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>&amp;Copier ce fichier</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>&amp;Enregistrer l’archive…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>Préparation…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>Diagnostic pour l’assistance</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>Fichiers de l’archive</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>Enregistrer l’archive</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>Enregistré sous %1.</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>Texte du fichier</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>Ces fichiers, et aucun autre, vont dans l’archive. Secrets, adresses, numéros de compte et noms de clients sont laissés de côté. Rien n’est envoyé : vous décidez de la suite.</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>%1 de montants plus petits</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>%n autre modification</numerusform>
        <numerusform>%n autres modifications</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>Marquer comme vu</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>Rien n’a changé dans Zoho Books depuis.</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>Depuis votre dernière visite</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>Depuis votre dernière visite, %1</translation>
    </message>
  </context>
  <context>
    <name>DisconnectDialog</name>
    <message>
      <source>&amp;Disconnect</source>
      <translation>&amp;Déconnecter</translation>
    </message>
    <message>
      <source>Disconnect %1?</source>
      <translation>Déconnecter %1 ?</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>La connexion est terminée chez Zoho et oubliée ici. Enregistrements et liens restent sur cet ordinateur ; une nouvelle connexion reprend où tout s’est arrêté. Rien n’est modifié dans Zoho Books.</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>Elles restent et partent après une nouvelle connexion.</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>&amp;Écarter</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>&amp;Raison</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>Écarter %1 ?</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>Cela quitte la liste et n’est pas réessayé. Annuler reste sous Écartés.</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>Dites pourquoi, pour que d’autres puissent le comprendre plus tard.</translation>
    </message>
  </context>
  <context>
    <name>DryRunDialog</name>
    <message>
      <source>&amp;Copy list</source>
      <translation>&amp;Copier la liste</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>Dans Zoho Books maintenant</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Non</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>Écritures prévues</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>Ceci est une simulation. Rien n’a été envoyé.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Quoi</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>Ce qui serait écrit : %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>Serait envoyé</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Oui</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>L’aban&amp;donner</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>&amp;Continuer la saisie</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>&amp;Enregistrer les modifications</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(facultatif)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation>Vérification…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Choisissez-en un.</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>C&amp;réer %1</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>Modifier %1</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>Entrez au moins une ligne.</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>Cela part avec la prochaine exécution et peut être annulé d’ici là.</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>Nouveau : %1</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>Cela ne peut pas encore être enregistré.</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>Ce que vous avez saisi n’est pas enregistré.</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>Zoho Books a besoin de ce champ.</translation>
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>Aucun montant n’y change.</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation>Ce que le résultat change dans Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>Arrivé</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contact</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Enregistrement</translation>
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation>Ce que zbdesk a fait</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1 : signature fausse, la dernière %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>Tous les modules</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>Tous les résultats</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>Choisissez tous pour les revoir.</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Entrée</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>Aucun événement n’est encore venu</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>Sans signature</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>Aucun événement ne correspond</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>Dès que Zoho Books a une adresse et un secret, chaque modification est listée ici à son arrivée.</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>&amp;Vue brute</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>R&amp;elire</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>Signature vérifiée</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>Les événements ne peuvent pas être lus</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>Cet événement n’est plus conservé.</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>Cet événement ne désigne aucun enregistrement lisible.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>Ce qu’il est devenu</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>Vue brute</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Relire</translation>
    </message>
    <message>
      <source>Webhook events</source>
      <translation>Événements webhook</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation>&amp;Choisir le fichier…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>&amp;Format</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>Une base de données contient toujours le module entier.</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>Montants et dates sont de vrais nombres et de vraies dates ; sommes par devise.</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>Commencer par une &amp;marque UTF-8 (certains anciens programmes en ont besoin)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>CSV pour d’autres programmes</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>CSV pour le tableur de cet ordinateur</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>Virgules entre les cellules, points dans les montants, UTF-8.</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>&amp;Tout de ce module, filtré ou non (%1)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Classeur Excel</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>Exporter %1</translation>
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
      <translation>Lignes JSON</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>Une liste d’objets.</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>Un objet par ligne, pour les grands fichiers.</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>Seulement ce qui est sé&amp;lectionné (%1)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Enregistrements</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>Base de données SQLite</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>Séparateur et signe décimal comme sur cet ordinateur, pour qu’un double clic l’ouvre en colonnes.</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>Le module entier comme table, à un même instant.</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>Ce que montre le t&amp;ableau, dans son ordre (%1)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>&amp;Parcourir…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>Ajouter des enre&amp;gistrements</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>Choisissez un dossier pour les exports</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>Vide pour aucun export.</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>Tous les %1 jours</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>Toutes les %1 heures</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>Chaque jour</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Toutes les heures</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>Dossier des exports</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>À quelle fréquence</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>Lignes JSON</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Enregistrements</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>Enregistrements à exporter</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>Copie SQLite</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Export programmé</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>Feuille de calcul (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>Ce dossier n’est pas là maintenant ; l’export l’attend.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>Colonne</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>Lignes refusées</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Ligne</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valeur</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>Ce qui ne va pas</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>Accepter l’acompte</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Compte</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>TVA d’acquisition</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>Ajustement</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>Description de l’ajustement</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>Autoriser les paiements partiels</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>Montant affecté</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>Pièces jointes</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>À l’attention de</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>N° d’exonération Avatax</translation>
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation>Code fiscal Avatax</translation>
    </message>
    <message>
      <source>Avatax use code</source>
      <translation>Code d’usage Avatax</translation>
    </message>
    <message>
      <source>Bank charges</source>
      <translation>Frais bancaires</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Facture fournisseur</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>Ligne de facture fournisseur</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>Numéro de facture fournisseur</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Facturable</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>Adresse de facturation</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Factures fournisseur</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>TVA récupérable sur le kilométrage</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>Type de référence CFDI</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>Usage CFDI</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Ville</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>Société</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>Numéro de contact</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Personne de contact</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>Personnes de contact associées</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>Pays</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>Code pays</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>Crédit</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>Limite de crédit</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>Numéro d’avoir</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>Référence CRM propre</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>Propriétaire CRM</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Devise</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>Texte propre</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>Champs personnalisés</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>Objet propre</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>Client</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation>Sous-type de client</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>Débit</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation>Débit ou crédit</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>Client livré</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>Date de livraison</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>Mode de livraison</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>Adresse de livraison de l’organisation</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>Service</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Description</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>Fonction</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>Destination de la fourniture</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>Remise</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>Compte de remise</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>Distance</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Document</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>Date d’échéance</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-mail</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>Employé</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>Relevé final</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>Plage de cylindrée</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Devis</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>Numéro de devis</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Taux de change</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Dépense</translation>
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
      <translation>Prénom</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>Type de carburant</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>Traitement GST</translation>
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
      <translation>En-tête</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>Nom de l’en-tête</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>Inclure dans la déclaration de TVA</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>Compte de stock</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Facture</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>Ligne de facture</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>Numéro de facture</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>Devis facturé</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Factures</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>Est un ajustement BAS</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>Remise avant taxes</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>Est un brouillon</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>Taxe par ligne</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>Est le contact principal</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>Autoliquidation appliquée</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>Enregistré pour TDS</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>Mettre à jour le client</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Article</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>Préférences fiscales de l’article</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>Total de la ligne</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>Type d’article</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>Date de l’écriture</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>Type d’écriture</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Genre</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>Genre de remise</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Langue</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>Nom de famille</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>Raison sociale</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Site</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>Commerçant</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>Taux kilométrique</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>Type de kilométrage</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>Unité de kilométrage</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>Mobile</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>Notes</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>Notes par défaut</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>Montant du solde d’ouverture</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Soldes d’ouverture</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>Numéro de commande</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>Propriétaire</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>Payé par</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>Payé depuis</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>Forme de paiement</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>Conditions de paiement</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>Numéro de permis</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>Personnes</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Téléphone</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>Lieu du contact</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>Lieu de fourniture</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Prix</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>Liste de prix</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>Prix taxes comprises</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>Type de produit</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projet</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>Compte d’achat</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>Description d’achat</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Bon de commande</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>Prix d’achat</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>Exonération de taxe d’achat</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>Règle de taxe d’achat</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>Ligne de bon de commande</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantité</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Raison</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Facture fournisseur récurrente</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Facture récurrente</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>Facture de référence</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>Seuil de réapprovisionnement</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>Pourcentage d’acompte</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>Facture d’acompte</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>Taxe en autoliquidation</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>TVA en autoliquidation</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Bon de commande client</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>Règle de taxe de vente</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>Ligne de bon de commande client</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>Vendeur</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>Civilité</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>Code SAT de l’article</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>Expédier par</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>Date d’expédition</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>Adresse de livraison</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>Frais de livraison</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>Ligne source</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>Origine de la fourniture</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>Relevé initial</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>Code de l’État ou de la région</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>Rue 2</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Étiquette</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>Option d’étiquette</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Étiquettes</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Taxe</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>Montant de la taxe</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>Taxe retenue</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>Autorité fiscale</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>Nom de l’autorité fiscale</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>Exonération</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>Numéro du certificat d’exonération</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>Code d’exonération</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>Type d’exonération</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>Type d’identifiant fiscal</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>Valeur de l’identifiant fiscal</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>Pourcentage de taxe</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>N° d’enregistrement fiscal</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>Régime fiscal</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>Spécification fiscale</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>Traitement fiscal</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>Code de traitement fiscal</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>Imposable</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Taxes</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>Taxe TDS</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>Modèle</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>Conditions générales</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>Conditions par défaut</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>Suivi 1099</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Unité</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>Code d’unité</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>Numéro de TVA</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>Traitement de TVA</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>Valable jusqu’au</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>Type de véhicule</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>Fournisseur</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>Numéro d’avoir fournisseur</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>Site web</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>Enregistrement entier</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>Opportunité Zoho CRM</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>Nom de l’opportunité Zoho CRM</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>Code postal</translation>
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>Différence</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Champ</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation>Dernier accord</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Résultat</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Cet ordinateur</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>choisi</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>non choisi</translation>
    </message>
    <message>
      <source>was %1</source>
      <translation>était %1</translation>
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation>Champs des deux côtés</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>%1 colonnes</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>Tout tableau avec une ligne de titres convient : export d’une boutique, d’une banque ou d’un ancien programme comptable. Un fichier à mot de passe, une page web ou un PDF ne peuvent pas être lus.

Le même fichier de nouveau ne change rien : les documents sont reconnus à leur numéro.</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>&amp;Choisir un fichier…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>&amp;Choisir un autre fichier…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV, TSV, XLSX, XLSM, XLS ou ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>Choisissez un fichier pour continuer.</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>Choisissez un fichier à importer</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>Déposez un fichier ici ou choisissez-en un</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>Chaque document du fichier devient l’un de ceux-ci. Les lignes d’un document peuvent occuper plusieurs rangées.</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>Feuilles de calcul (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>Ouverture du fichier…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>Ce qu’il apporte reste d’abord sur cet ordinateur. Rien n’est lu ni écrit ici dans Zoho Books.</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>Ce que sont les &amp;lignes</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Ce que sont les lignes</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>Quel fichier ?</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> et </translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 sur %2</translation>
    </message>
    <message>
      <source>%1…</source>
      <translation>%1…</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>A&amp;jouter un filtre</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>Tout &amp;effacer</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>Aussi ce qui est supprimé dans Zoho Books</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>Par colonne</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Devise</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
  </context>
  <context>
    <name>FilterField</name>
    <message>
      <source>Filter</source>
      <translation>Filtre</translation>
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation>Filtrer par numéro, nom ou référence</translation>
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation>%1 à %2</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1 : %2</translation>
    </message>
    <message>
      <source>Currency: %1</source>
      <translation>Devise : %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>Supprimés compris</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Échéance</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>Situation : %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>État : %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Restant à payer</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>depuis le %1</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>jusqu’à %1</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>%n appel fait</numerusform>
        <numerusform>%n appels faits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>%n autre liste</numerusform>
        <numerusform>%n autres listes</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1. %2 sans décompte.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Continuer</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>Encore %1 environ, prêt vers %2.</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>Première synchronisation</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>Première synchronisation : %1 enregistrements sur %2 sont ici</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>Première synchronisation : %1 enregistrements sont ici</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>Elle s’est arrêtée. Ce qui est ici est gardé ; la prochaine synchronisation reprend de là.</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>Vous pouvez fermer cette fenêtre et continuer à travailler ; arrêter garde ce qui est ici.</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>close</translation>
    </message>
    <message>
      <source>open</source>
      <translation>ouverte</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>&amp;Parcourir…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Modifier</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>&amp;Dossier</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>&amp;Correspondance</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>Le &amp;surveiller</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Enregistrement…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>Modifier ce qui est surveillé</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>Choisissez un dossier à surveiller</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>Choisissez un dossier.</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>Les fichiers complets sont importés une fois, puis rangés dans done ou failed avec un rapport à côté.</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Dossier</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Correspondance</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>Aucune correspondance n’est enregistrée pour ceux-ci. Importez d’abord un tel fichier et enregistrez-y sa correspondance.</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>Motifs séparés par des points-virgules.</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>Ne prendre &amp;aucun fichier avec une ligne fautive</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>Surveiller un dossier</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>Ce que sont les &amp;lignes</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>Ce que sont les lignes</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>Quels &amp;fichiers</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>Quels fichiers</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>&amp;Oublier les liens</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>Les deux côtés restent, mais les liens entre eux sont retirés et toutes les listes sont lues depuis le début. Nécessaire seulement après une restauration des livres. Cela ne peut pas être annulé.</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>Oublier quel enregistrement correspond à lequel dans %1 ?</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>Ce que zbdesk a écrit compte de nouveau comme nouveau et est retenu pour vérification sous Sortie, afin que rien ne soit créé deux fois tout seul. Un enregistrement dont la réponse est encore ouverte garde son lien.</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>Jours</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>Vide : Zoho Books donne le numéro suivant.</translation>
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n heure</numerusform>
        <numerusform>%n heures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation>
        <numerusform>il y a %n heure</numerusform>
        <numerusform>il y a %n heures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n minute</numerusform>
        <numerusform>%n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation>
        <numerusform>il y a %n minute</numerusform>
        <numerusform>il y a %n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation>
        <numerusform>%n seconde</numerusform>
        <numerusform>%n secondes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation>
        <numerusform>il y a %n seconde</numerusform>
        <numerusform>il y a %n secondes</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>À l’instant</translation>
    </message>
    <message>
      <source>bytes</source>
      <translation>octets</translation>
    </message>
    <message>
      <source>minus %1</source>
      <translation>moins %1</translation>
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation>demain {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>hier {time}</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>Lignes, telles qu’elles seront lues</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation>Ligne %1, %2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>Ligne</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>%1 n’a pas été écrit dans Zoho Books : %2, depuis %3.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copier</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Détails</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation>Tout écarter…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>Écarter…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>Masquer les enregistrements</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>Réessayé tout seul à %1.</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>Afficher les enregistrements</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>Réessayer ceux-ci</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>close</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>code %1</translation>
    </message>
    <message>
      <source>open</source>
      <translation>ouverte</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation>&amp;Créer et afficher le secret…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>&amp;Module</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>Adresse pour les modifications</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>Adresse pour les suppressions</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Copier</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation>Copier l’adresse pour les modifications</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>Copier l’adresse pour les suppressions</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>Chaque module a besoin de deux webhooks et de deux règles, une seule fois. Les règles de flux viennent avec les forfaits Professional, Elite et Ultimate.</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>Encore une fois New Workflow Rule pour %1 : Event Based, Deleted ; Immediate Actions : le webhook de l’étape 3.</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Settings (l’engrenage) → Automation → Workflow Actions → Webhooks → New Webhook. Un nom quelconque ; Module : %1 ; Method : POST ; URL to Notify : l’adresse ci-dessous. Cochez l’option qui sécurise le webhook et collez le secret comme Secret Token. Body : Default Payload. Save.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Settings → Automation → Workflow Logs : choisissez une politique de nouvelles tentatives, pour que Zoho Books réessaie pendant que cet ordinateur est en veille. Modifiez ensuite un enregistrement : %1 se coche tout seul dans la liste dès que son événement est ici.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Settings → Automation → Workflow Rules → New Workflow Rule. Module : %1 ; Event Based ; Created or Edited, when any field is updated ; sans critères ; Immediate Actions : Webhooks, celui de l’étape 1. Save.</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>Étapes</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>La seconde paire, pour les suppressions : encore une fois New Webhook pour %1, avec cette adresse et le même secret.</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>Il n’y a pas encore d’adresse publique : choisissez-en d’abord une sous Tunnel.</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Quoi coller et où dans Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation>%1 faites depuis cet ordinateur ; Zoho en garde %2 par utilisateur et ne dit pas combien sont utilisées.</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>Avant cela : faites choisir ici Se reconnecter à un autre utilisateur ayant les mêmes droits. Enregistrements et liens restent.</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>ID client</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>Ordinateur</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Centre de données</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>Dossier des données</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation>Fiche de passation</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>Si cet utilisateur est retiré ou désactivé chez Zoho, la connexion prend fin et plus rien n’est synchronisé.</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>Créé dans Zoho Books</translation>
    </message>
    <message>
      <source>May</source>
      <translation>Peut</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>Plus de connexions que permis pour un utilisateur mettent fin à la plus ancienne sans un mot, peut-être à celle-ci.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>Portées</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>Les secrets sont dans</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>Connexions</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>Connecté par</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Depuis</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Sources</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>Le client dans la console d’API de Zoho appartient à qui l’a créé. Notez qui peut ouvrir cette console.</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>Les secrets sont dans le trousseau de l’utilisateur de cet ordinateur et ne passent pas à un autre ordinateur ou utilisateur.</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>Adresse du webhook</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>Secret du webhook changé</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>Ce qui s’arrête quand cette personne part</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>Sans aucun secret : elle peut rejoindre les papiers de la société.</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>jamais affiché</translation>
    </message>
    <message>
      <source>none</source>
      <translation>aucun</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>inconnu</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>rien</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>lire et écrire</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>lecture seule</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation>fiche de passation zbdesk</translation>
    </message>
  </context>
  <context>
    <name>HandoverDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copier</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>Im&amp;primer…</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
  </context>
  <context>
    <name>Head</name>
    <message>
      <source>&amp;Ask Zoho Books now</source>
      <translation>Interroger &amp;Zoho Books maintenant</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>&amp;CSV…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>A&amp;ctions</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>Actions</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>Commencer le &amp;mode de clôture mensuelle</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>Liste de contrôle</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation>Co&amp;lonnes</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Colonnes</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Dates</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>E&amp;xporter…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exporter</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Clôture mensuelle</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>Nouvel enregistrement</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>Nouveau…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>P&amp;DF…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Période</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>Imprimer le tableau</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>Enregistrer le rapprochement en CSV</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>Enregistrer le rapprochement en PDF</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>Afficher les détails</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>&amp;Valider…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Découper</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Rapprochement</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Jusqu’au</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>en entier</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>par mois</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>par trimestre</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>par an</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%1 jours sur %2 en ordre</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Jour</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Historique</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>Comment cela s’est passé</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>Synchronisation, 30 derniers jours</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>toutes les exécutions ont échoué</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en ordre</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>en ordre à la fin, certaines exécutions ont échoué</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>aucune exécution</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>pas encore connecté</translation>
    </message>
    <message>
      <source>today</source>
      <translation>aujourd’hui</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Fermer</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>Aide : %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>Touches : Entrée continue, Alt+R revient, Échap annule, F1 ouvre cette aide.</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation>
        <numerusform>%n endroit</numerusform>
        <numerusform>%n endroits</numerusform>
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>Sommaire</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>Touches et formes</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>Rien ne correspond. Essayez avec moins de mots.</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>Rechercher dans le manuel</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>Le manuel manque</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>%n document ne peut pas être importé tel quel</numerusform>
        <numerusform>%n documents ne peuvent pas être importés tels quels</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1, par e-mail</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1, par nom</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1, par numéro</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1, par numéro dans l’ancien programme</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>Champ personnalisé %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>Ligne : %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>Numéro dans l’ancien programme</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>Déjà ainsi</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Modifié</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Nouveaux</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Refusé</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>Suiva&amp;nt</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n cellule à corriger</numerusform>
        <numerusform>%n cellules à corriger</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>Le jour ou le mois d’abord ?</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>Point ou virgule ?</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>tous sont dans les livres</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>montants, tels quels</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>tel quel</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>la virgule est le signe décimal</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>le jour d’abord</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>cherché dans les livres</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>le mois d’abord</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>non importé</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>le point est le signe décimal</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>lisible d’une seule façon</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>distingue les documents</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>le même numéro réunit les lignes</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>attend s’il n’est pas dans les livres</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>l’année d’abord</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n cellule à corriger</numerusform>
        <numerusform>%n cellules à corriger</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>%n document du dernier fichier de ce nom manque</numerusform>
        <numerusform>%n documents du dernier fichier de ce nom manquent</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n cellule</numerusform>
        <numerusform>%n cellules</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>%n nom n’est pas dans les livres</numerusform>
        <numerusform>%n noms ne sont pas dans les livres</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>%n question</numerusform>
        <numerusform>%n questions</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>Vérifier</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Colonnes</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Fichier</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importer</translation>
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation>Import – zbdesk</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>Disposition</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>La liste est enregistrée : %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1 lignes</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>Documents</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>Chaque import est listé ici et peut être annulé, ici et dans Zoho Books.</translation>
    </message>
    <message>
      <source>From</source>
      <translation>De</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Importer un fichier…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>Rien n’a encore été importé.</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Imports passés</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Résultat</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Annuler l’im&amp;port…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>Afficher les enre&amp;gistrements</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>Totaux</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Quoi</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quand</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>correspondance %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>À un programme sans jeton, rien n’est dit.</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>Une boutique, une caisse ou un script remet des documents et demande ce qu’ils sont devenus.</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>Laisser aussi d’autres ordinateurs demander</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>Laisser les programmes de cet ordinateur demander</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Interface locale</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Réseau</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>Nouveau &amp;jeton…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>Aucun pour l’instant</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>Un programme de plus</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>Programmes qui interrogent zbdesk</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>Révoquer %1</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>Révoquer…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>Il n’y a pas de chiffrement : jetons et documents traversent le réseau en clair. Placez devant un proxy avec TLS.</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>Jetons</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>pas encore utilisé</translation>
    </message>
    <message>
      <source>used %1</source>
      <translation>utilisé %1</translation>
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation>Touche %1</translation>
    </message>
  </context>
  <context>
    <name>LatelyPanel</name>
    <message>
      <source>All activity</source>
      <translation>Toute l’activité</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation>Dernièrement</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>Il ne s’est encore rien passé.</translation>
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation>Barre verticale</translation>
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation>&amp;Caractères</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>Caractères</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>Virgule</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>Premières lignes, telles que lues</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>Trouvé avec certitude.</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>Les titres sont à la li&amp;gne</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>Les titres sont à la ligne</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>Le fichier est-il bien compris ainsi ?</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>Regardez les noms accentués et les titres. Tout ce qui suit a été trouvé dans le fichier lui-même.</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>Le plus probable. Si les accents semblent faux, choisissez autre chose.</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>Aucun titre n’a été trouvé.</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>Une ligne est un document</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>Lignes et &amp;documents</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>Lignes et documents</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>Les lignes de même numéro sont les lignes d’un document</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>&amp;Feuille</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>Point-virgule</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Feuille</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tabulation</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>Les fichiers texte ne disent pas dans quels caractères ils sont écrits. Si les noms semblent faux ici, choisissez une autre entrée jusqu’à ce qu’ils soient justes.

Les titres et lignes vides au-dessus des en-têtes sont laissés de côté : dites à quelle ligne se trouvent les en-têtes.</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>Relecture du fichier…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>Les valeurs sont &amp;séparées par</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>Les valeurs sont séparées par</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>Supprimer d’abord les &amp;données locales…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>&amp;Garder les données et quitter</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>Préparer la désinstallation de zbdesk ?</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>Les enregistrements, l’historique et les paramètres restent dans %1 jusqu’à ce que vous les supprimiez.</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>Pour mettre fin à la connexion chez Zoho et supprimer les enregistrements ici, faites-le d’abord.</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>Que deviennent les données ?</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>zbdesk ne démarre plus avec votre session et se ferme. Désinstallez-le ensuite comme il a été installé.</translation>
    </message>
  </context>
  <context>
    <name>Ledger</name>
    <message>
      <source>Balance</source>
      <translation>Solde</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>Dépenses</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>À payer</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Achats</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>À recevoir</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Ventes</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Taxe</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, prochaine à %2</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>Testé de bout en bout à %1</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>Testé à %1</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Test en cours…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>Le chemin n’a pas encore été testé</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>Montants</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>Demander avant d’écrire plus de</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>Avant une grande exécution</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>Devise et montant, plusieurs avec des virgules ; vide pour aucune limite.</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Suppressions</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>Aucune limite</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Enregistrements</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>Enregistrements par exécution. Au-delà, rien n’est écrit avant que vous n’ayez regardé.</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>Écrivez devise et montant, par exemple EUR 50000.</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>ou des montants de plus de</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>ou supprime ou annule plus de</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>Ajouter une &amp;ligne</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>Ajouter une &amp;personne</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>Ajouter une facture &amp;fournisseur</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>Ajouter une fact&amp;ure</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>Ligne %1 : %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>Lignes avant taxe et remise : %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>Retirer la ligne %1</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>ligne %1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(sans nom)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Différence</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Article</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>Lignes, côte à côte</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantité</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>Taxe, selon Zoho Books</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Cet ordinateur</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation>
        <numerusform>et %n ligne de plus</numerusform>
        <numerusform>et %n lignes de plus</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>absent</translation>
    </message>
  </context>
  <context>
    <name>LogDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copier</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Erreurs</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Tout</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>Rechercher dans le journal</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>Niveau</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Journal</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>Rien de tel dans le journal.</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>&amp;Relire</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>Heures en UTC. Les secrets sont retirés.</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Avertissements</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Ce qui se passe</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>Un nouveau fichier chaque jour, et à %1 Mo. Le nombre de jours vaut dès le prochain démarrage.</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>Vaut aussitôt. Les secrets sont retirés avant toute écriture.</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>Diagnostic pour l’assistance…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>Erreurs</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>Chaque fichier est montré avant tout enregistrement. Rien n’est envoyé d’ici.</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Tout</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>Pour l’assistance</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>Combien est écrit</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>Garder pendant (jours)</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>Journaux</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>Le consulter</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>Ouvrir le dossier des &amp;journaux</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>&amp;Lire le journal…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>Avertissements</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Ce qui se passe</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>Montants inférieurs à zéro</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Comme le système</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>Prend effet aussitôt. Les nombres et dates restent ceux de l’organisation.</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Sombre</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>Contraste élevé, noir</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>Contraste élevé, blanc</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>L’aspect de zbdesk</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>Entre parenthèses : (1 234,50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>Dans la fenêtre et sur papier. Les fichiers exportés ont toujours un signe moins.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Langue</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Clair</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Aspect</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>La taille du texte suit le réglage du système.</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>Avec un signe moins : −1 234,50</translation>
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation>%1 heures</translation>
    </message>
    <message>
      <source>%1 minutes</source>
      <translation>%1 minutes</translation>
    </message>
    <message>
      <source>%1 seconds</source>
      <translation>%1 secondes</translation>
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation>%1, le fuseau de l’organisation. En dehors, seuls les webhooks et vos clics sont suivis.</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>Environ %1 appels par jour quand rien ne change</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>Environ %1 appels sur %2 par jour quand rien ne change</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>À toute heure de chaque jour. Synchroniser marche toujours.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Jours</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>Heures</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>Dans le fuseau de l’organisation. Synchroniser marche toujours.</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>Lignes de tout</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Chercher les modifications toutes les</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>Du lundi au vendredi</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>Du lundi au samedi</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>Un appel par document, les plus récents d’abord, dans les appels du jour. Sans cela, les lignes sont lues quand un enregistrement est ouvert ou change.</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>Samedi et dimanche</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>Du dimanche au jeudi</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>Du dimanche au mercredi</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>Quand zbdesk consulte</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>ZBDESK_POLL_SECONDS vaut pour ce démarrage</translation>
    </message>
    <message>
      <source>and</source>
      <translation>et</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>chaque jour</translation>
    </message>
    <message>
      <source>from</source>
      <translation>de</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>heure</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>seulement à certaines heures</translation>
    </message>
    <message>
      <source>until</source>
      <translation>à</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>%1 ouverts</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>%1 à partir</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>%1 à régler</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>Connecter Zoho Books – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>Achèvement de ce qui est en cours…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>Ouvrez d’abord une liste d’enregistrements.</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>Synchronisation : %1</translation>
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation>Manuel</translation>
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation>Une correspondance dit quelle colonne est quel champ. Importez un fichier et enregistrez-y sa correspondance sous un nom.</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Pour</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>Importer un fichier…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>Aucune correspondance n’est enregistrée.</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>Retirer la &amp;correspondance…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Enregistrée</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>Correspondances enregistrées</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>La correspondance %1 est retirée.</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>Utilisée par</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>Colonne</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Ligne</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>Enregistrer la liste à corriger</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>La liste n’a pas pu être enregistrée.</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Valeur</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>Ce qui ne va pas</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Édition</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Fichier</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>A&amp;ide</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>En&amp;registrements</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>&amp;Synchronisation</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Affichage</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>Fe&amp;nêtre</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>Ce qui est lu</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>ne peut pas être lu</translation>
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation>Modules</translation>
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation>Compte</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>Compte bancaire</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>Comptes bancaires</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>Opération bancaire</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>Opérations bancaires</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>Ajustement de la devise de base</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>Ajustements de la devise de base</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>Facture fournisseur</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>Factures fournisseur</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>Plan comptable</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>Contact</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>Personne de contact</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>Personnes de contact</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>Contacts</translation>
    </message>
    <message>
      <source>Credit note</source>
      <translation>Avoir</translation>
    </message>
    <message>
      <source>Credit note refund</source>
      <translation>Remboursement d’avoir</translation>
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation>Remboursements d’avoirs</translation>
    </message>
    <message>
      <source>Credit notes</source>
      <translation>Avoirs</translation>
    </message>
    <message>
      <source>Currencies</source>
      <translation>Devises</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Devise</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>Paiement reçu</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>Paiements reçus</translation>
    </message>
    <message>
      <source>Debit note</source>
      <translation>Note de débit</translation>
    </message>
    <message>
      <source>Debit notes</source>
      <translation>Notes de débit</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>Devis</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>Devis</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>Taux de change</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>Taux de change</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>Dépense</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>Dépenses</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>Immobilisation</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>Immobilisations</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>Facture</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>Factures</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Article</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Articles</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>Écriture de journal</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>Écritures de journal</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Site</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>Sites</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>Solde d’ouverture</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>Soldes d’ouverture</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>Organisation</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organisations</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>Projet</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projets</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Bon de commande</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>Bons de commande</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>Facture fournisseur récurrente</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>Factures fournisseur récurrentes</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>Dépense récurrente</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>Dépenses récurrentes</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>Facture récurrente</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>Factures récurrentes</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>Facture d’acompte</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>Factures d’acompte</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Bon de commande client</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>Bons de commande client</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>Reçu de vente</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>Reçus de vente</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Paramètres</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>Tâche</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Tâches</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>Taxe</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>Groupe de taxes</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>Groupes de taxes</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>Taxes</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>Saisies de temps</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>Saisie de temps</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Utilisateur</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>Utilisateurs</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>Avoir fournisseur</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>Avoirs fournisseur</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>Paiement effectué</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>Paiements effectués</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>lecture</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>ne peut pas être lu</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>à l’instant</translation>
    </message>
    <message>
      <source>next</source>
      <translation>ensuite</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>attend</translation>
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation>État au</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Appels</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Ici</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>Dans Zoho Books</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Avancement</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Enregistrements</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>lecture</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>ne peut pas être lu</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>choisi</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en ordre</translation>
    </message>
    <message>
      <source>next</source>
      <translation>ensuite</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>non choisi</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>non compté</translation>
    </message>
    <message>
      <source>records</source>
      <translation>enregistrements</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>attend</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>avec %1</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>Choisir les modules</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Modules</translation>
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation>Modules</translation>
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end mode</source>
      <translation>Quitter le mode clôture mensuelle</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Clôture mensuelle</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>La clôture mensuelle est terminée.</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>Clôture mensuelle jusqu’au %1</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>Pas de listes complètes, notifications d’erreurs seulement, la moitié des appels du jour vous est gardée.</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>Cet ordinateur reste éveillé.</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 %2 : %3 facturé, %4 encaissé</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1 ; %2 à ce jour</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>Devise des mois</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Facturé</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>Facturé et encaissé, par mois</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>Mois</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>Aucune facture et aucun paiement ces douze derniers mois.</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>Encaissé</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>sans devise</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>Connexions, paramètres et aide</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Pages</translation>
    </message>
  </context>
  <context>
    <name>Neighbours</name>
    <message>
      <source>Looked at %1</source>
      <translation>Consulté à %1</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>Lit seulement jusqu’à votre confirmation</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Garder</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>&amp;Tester la connexion</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>Une adresse ressemble à http://proxy.example.com:8080, sans identifiant.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Comme le système</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>Essai en cours…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>Échec à : %1 (%2).</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>En ordre avant cela : %1.</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>Identifiant (facultatif)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>Nom pour le proxy</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Aucun</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Mot de passe</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>Mot de passe pour le proxy</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>Proxy</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>Le mot de passe va dans le trousseau de cet ordinateur, nulle part ailleurs.</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>Le mot de passe est oublié.</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>Le mot de passe est dans le trousseau.</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>Celui-ci</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>Chemin vers Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>Zoho Books répond par %1.</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>Zoho Books répond directement.</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>connexion au serveur</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>recherche du nom du serveur</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>accès au proxy</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>identification auprès du proxy</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>réponse du serveur</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>certificat du serveur</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Fermer</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>&amp;Créer le jeton</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>&amp;Nom du programme</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>&amp;Jeton</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Création…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>Donnez-lui le nom du programme.</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>Il n’est affiché que cette fois. zbdesk n’en garde que l’empreinte.</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>Nom du programme</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>Nouveau jeton</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>Un jeton par programme, pour pouvoir en révoquer un sans les autres.</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>Le jeton n’est affiché que cette fois.</translation>
    </message>
    <message>
      <source>Token</source>
      <translation>Jeton</translation>
    </message>
  </context>
  <context>
    <name>NoticeRows</name>
    <message>
      <source>All of them</source>
      <translation>Toutes</translation>
    </message>
    <message>
      <source>An hour at most</source>
      <translation>Par heure, au plus</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>Genres</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>Désactivé signifie aucune. Rien n’est seulement dans une notification : la fenêtre le dit aussi.</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>Une par cause. Ce qui s’ajoute est résumé en une seule.</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>Afficher les notifications</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>Me prévenir</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>quand les deux côtés ont modifié le même enregistrement</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>quand cela marche de nouveau</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>quand quelque chose n’a pas pu être fait</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>quand la première synchronisation ou une longue est terminée</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>quand la connexion a pris fin</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>Une longue synchronisation est terminée</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>Tout se trouve dans la fenêtre.</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>Désormais seules les modifications sont lues.</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>Elle a pris %1. Le résultat figure sous Activité.</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>Rien n’est écrasé avant que quelqu’un ne décide.</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>Se reconnecter à Zoho</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>Reconnecté</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>La synchronisation continue.</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>Ce qu’il faut faire se trouve sous Problèmes.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>Zoho a mis fin à la connexion. Rien n’est perdu.</translation>
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n conflit</numerusform>
        <numerusform>%n conflits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation>
        <numerusform>%n avis de plus dans la dernière heure</numerusform>
        <numerusform>%n avis de plus dans la dernière heure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>%n enregistrement n’a pas pu être lu</numerusform>
        <numerusform>%n enregistrements n’ont pas pu être lus</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>Première synchronisation terminée : %n enregistrement</numerusform>
        <numerusform>Première synchronisation terminée : %n enregistrements</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1, %2 seulement</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>A&amp;jouter une cible…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>Toutes les livraisons</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Modifier…</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>Livraisons</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>Événement</translation>
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation>Les événements sont transmis de nouveau.</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>Reçoit</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Abandonné</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Continuer</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Créé</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>Modules</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>Rien n’est transmis</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>Rien encore envoyé</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>D’autres systèmes à vous peuvent recevoir ce qui arrive ici, chacun avec son filtre et son secret.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Suspendre</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>Suspendu. Ce qui arrive attend sur cet ordinateur.</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>Suspendu ; ce qui arrive attend</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>Retirer…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>Renvoyer</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>Situation des livraisons</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Pris</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>Cible</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>Cibles</translation>
    </message>
    <message>
      <source>Took one %1</source>
      <translation>En a pris une %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>En attente</translation>
    </message>
    <message>
      <source>all</source>
      <translation>tout</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>modifié</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>modifications</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>supprimé</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>suppressions</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>l’événement tel qu’il est venu</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>l’enregistrement</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>Changer d’organisation</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>Changer d’organisation (Ctrl+Maj+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Non connecté</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pa&amp;use</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>Re&amp;prendre</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>A&amp;rrêter</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>S&amp;ynchroniser</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>lecture seule</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>In use</source>
      <translation>Utilisée</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Suspendre</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Reprendre</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Se reconnecter…</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>Utiliser celui-ci</translation>
    </message>
  </context>
  <context>
    <name>OrganizationMenu</name>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation>Connecter une autre &amp;organisation…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>Organisations</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>Regarder &amp;de nouveau</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>Toutes ont pris fin.</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>Une organisation terminée ne peut pas être connectée. Renouvelez son forfait dans Zoho Books, puis regardez de nouveau.</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>Une organisation est nécessaire pour continuer.</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>Demandez à un administrateur de Zoho Books de vous inviter, ou connectez-vous comme quelqu’un d’autre.</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>Choisissez une organisation pour continuer.</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>Choisissez l’unique organisation de cette connexion.</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>Comparez l’ID avec le nombre dans l’adresse de votre Zoho Books, après /app/. Vous pourrez ajouter les autres organisations plus tard, chacune avec ses propres enregistrements.</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>Regarder la &amp;liste de nouveau</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>Un instant.</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Lecture de vos organisations</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>Plusieurs organisations ont %1 comme devise de base.</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>&amp;Se connecter comme quelqu’un d’autre</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>La liste contient ce que votre connexion peut voir dans Zoho Books. L’ID est le nombre après /app/ dans l’adresse du navigateur.

Les flèches déplacent, Espace choisit. Une organisation dont le forfait a pris fin est en dernier et ne peut pas être choisie.</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>Lecture de la liste.</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>Cette connexion n’appartient à aucune organisation</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>Quelle organisation ?</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>Toutes les organisations connectées sont synchronisées côte à côte, chacune avec sa connexion et ses appels ; la fenêtre en montre une à la fois, et leurs enregistrements ne sont jamais mélangés. Ctrl+Maj+O en change.</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>&amp;Connecter une autre organisation…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>Connues ici</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>Une de plus</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>Organisations sur cet ordinateur</translation>
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
      <translation>Organisations</translation>
    </message>
  </context>
  <context>
    <name>OrganizationsModel</name>
    <message>
      <source>Country</source>
      <translation>Pays</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Devise</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>Terminée</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>Exercice</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>Organisation et ID</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>Forfait</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>choisi</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>depuis le %1</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>%1 : marqués comme envoyés</translation>
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n appel</numerusform>
        <numerusform>%n appels</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>%n modification</numerusform>
        <numerusform>%n modifications</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>%n de plus en doute</numerusform>
        <numerusform>%n de plus en doute</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>%n nouvel enregistrement en moins</numerusform>
        <numerusform>%n nouveaux enregistrements en moins</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>%n numéro est déjà pris</numerusform>
        <numerusform>%n numéros sont déjà pris</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>%n enregistrement tombe dans un mois verrouillé et reste</numerusform>
        <numerusform>%n enregistrements tombent dans un mois verrouillé et restent</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>%n enregistrement a une taxe qui n’existe pas là-bas</numerusform>
        <numerusform>%n enregistrements ont une taxe qui n’existe pas là-bas</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>%n enregistrement part demain : les appels sont épuisés</numerusform>
        <numerusform>%n enregistrements partent demain : les appels sont épuisés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>%n enregistrement ne peut pas être écrit</numerusform>
        <numerusform>%n enregistrements ne peuvent pas être écrits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>%n enregistrement attend son contact ou son article</numerusform>
        <numerusform>%n enregistrements attendent leur contact ou leur article</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>%n enregistrement attend un taux de change</numerusform>
        <numerusform>%n enregistrements attendent un taux de change</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>Tout peut être écrit</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>En vérification</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>En vérification : %1.</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>%1 : modifiés</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>Période close</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>Supprimer %1</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>%1 : supprimés</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>Faits aujourd’hui</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>Chaque contact et chaque article existe</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>Chaque devise a un taux</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>Chaque taxe est dans Zoho Books</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>Retenus</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>Retenu pour vérification</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>Dans Zoho Books</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>Envoyé à %1, sans réponse. zbdesk demande %2 à Zoho Books avant de renvoyer quoi que ce soit, donc cela ne peut pas s’y trouver deux fois.</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>En partance</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>Marquer comme envoyé</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>Nouveau : %1</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>Aucun mois n’est verrouillé</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>Aucun numéro n’est déjà pris</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problème</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>Les appels du jour suffisent</translation>
    </message>
    <message>
      <source>Void %1</source>
      <translation>Annuler %1</translation>
    </message>
    <message>
      <source>Voided %1</source>
      <translation>%1 : annulés</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>En attente</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>paiement</translation>
    </message>
    <message>
      <source>this number</source>
      <translation>ce numéro</translation>
    </message>
    <message>
      <source>this record</source>
      <translation>cet enregistrement</translation>
    </message>
  </context>
  <context>
    <name>OutgoingModel</name>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation>Choisi</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Pour</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Numéro</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Source</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Quoi</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation>%1 sur %2 sélectionnés</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>%1 libérés ; ils partent maintenant.</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · rien ne part avant votre choix</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>&amp;Annuler %1</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>Les &amp;garder</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>&amp;Regarder…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Autorisées ; elles partent maintenant.</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>Annuler %1 ?</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>Les modifications partent de nouveau toutes seules.</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>Les modifications faites ici attendent ici que la prochaine exécution les prenne.</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>Choisissez des enregistrements pour voir ce que leur écriture signifie.</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>Les documents d’un mois verrouillé là-bas attendent ici.</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>Chaque écriture a eu sa réponse.</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>Retenir p&amp;our vérification</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>File</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>Files</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>Aucun mois verrouillé</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>Rien n’est parti aujourd’hui</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>Rien n’est retenu</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>Rien n’est en doute</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>Rien n’est en partance</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>Rien n’attend</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Sortie</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Lecture…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>Les enregistrements sont de nouveau comme les deux côtés l’avaient convenu. Zoho Books n’est pas touché.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>L’exécution s’est arrêtée avant d’écrire %1.</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>Ceux-ci sont dans Zoho Books.</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>Ceux-ci sont en route. Chacun est noté avant de partir.</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>Ceci ne peut pas être lu</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>Ce qui doit partir est désormais retenu.</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>Ce qui doit partir s’arrête ici tant que Retenir pour vérification est activé.</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>Ce qui a été écrit aujourd’hui se trouve ici.</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>Ce qui sera é&amp;crit…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Ce qui sera écrit</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>Écrire &amp;ces %1 dans Zoho Books</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>Écrire &amp;celui-ci dans Zoho Books</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>Les écritures en route se trouvent ici.</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>Zoho Books est d’abord interrogé pour chacun ; seul ce qui n’y est pas est renvoyé.</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>Enregistrements en sortie</translation>
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Ne&amp;xt</source>
      <translation>Suiva&amp;nt</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>Comptable</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>Activité</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Banque</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Conflits</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>Tableau de bord</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Aide</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>Listes</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>Clôture mensuelle</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>Sortie</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Problèmes</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projets</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Achats</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Ventes</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Paramètres</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Sources</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>À régler</translation>
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
      <translation>%1 résultats</translation>
    </message>
    <message>
      <source>1 result</source>
      <translation>1 résultat</translation>
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation>Les flèches choisissent, Entrée ouvre, Échap ferme</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>Aucun résultat</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>Rien ne correspond à « %1 ».</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>Numéro, nom, référence ou commande</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Résultats</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>Rechercher enregistrements et commandes</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>Recherche…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ choisir · Entrée ouvre · Échap ferme</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>%1 a %2 décimales.</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>Au plus %2 décimales.</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>Entrez une date, par exemple %1.</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>Entrez un montant, par exemple %1.</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>Entrez l’année en quatre chiffres.</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>Est-ce %1 ou %2 ? Entrez le mois en lettres.</translation>
    </message>
    <message>
      <source>today</source>
      <translation>aujourd’hui</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation>&amp;Enregistrer le paiement</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(facultatif)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation>Montant, %1</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>Solde %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>Choisissez comment cela a été payé.</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>Entrez un montant supérieur à zéro.</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>Entrez le jour de son arrivée.</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>Un paiement reçu est créé dans Zoho Books et affecté à cette facture.</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>Enregistrer un paiement pour %1</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>Le solde est de %1 ; un paiement ne peut pas le dépasser.</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1 sont en route</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1 sont désactivés</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1 ne peuvent pas être lus</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>0 sur %1 sont ici.</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>Effacer tous les filtres</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Regarder de nouveau</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>Les nouveaux apparaissent ici d’eux-mêmes.</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>Aucun élément : %1</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>Aucun des %1 (%2) ne correspond</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>Lecture : %1…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>Activer…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Synchroniser</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>Les enregistrements ne peuvent pas être lus</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>Ils apparaissent ici page par page.</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>Ils ne sont pas lus dans Zoho Books.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>Zoho Books n’en a aucun, consulté %1. Les nouveaux apparaissent ici d’eux-mêmes.</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>Dans les deux sens</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>Clients déjà connus</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>Direction de %1</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>Seulement depuis Zoho Books</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>Seulement vers Zoho Books</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Cette connexion ne fait que lire.</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>Ce genre est désactivé ci-dessus.</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>Ce que zbdesk peut faire</translation>
    </message>
    <message>
      <source>change</source>
      <translation>modifier</translation>
    </message>
    <message>
      <source>create</source>
      <translation>créer</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>supprimer</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>laisser les fournisseurs de côté</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>relier par e-mail</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>relier par nom exact</translation>
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
      <translation>&amp;Retour</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>Si&amp;mulation…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>Vérifié d’avance</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>&amp;Reprendre…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>Totaux des nouveaux documents</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>Ce qui sera écrit</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>environ %1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>vers %1</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>quand Zoho Books autorise de nouveau des appels</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>Ligne</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation>%1 enregistrements</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>Im&amp;primer…</translation>
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation>&amp;Enregistrer en PDF…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>Paysage</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>Solde</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>Crédits</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Date</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Échéance</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation>Impossible d’écrire là. Choisissez un autre endroit ou une autre imprimante.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>PDF document (*.pdf)</source>
      <translation>Document PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation>P&amp;apier</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>Page %1 sur %2</translation>
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation>Pages telles qu’elles seront imprimées</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>Papier</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>Paiements</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>Imprimer %1</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Quantité</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Référence</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation>Enregistrer en PDF</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>État</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation>Les %1 premiers enregistrements sur %2. Un export les contient tous.</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>L’imprimante a signalé une erreur. Rien n’a été imprimé.</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>Portrait</translation>
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
      <translation>Un écran verrouillé peut montrer des notifications. Ni tiers ni montants n’y figurent jamais.</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>Couvrir la fenêtre</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>Ctrl+Maj+H masque tous les chiffres jusqu’à un clic ou une touche. La synchronisation continue.</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>Chercher une nouvelle version une fois par jour</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>Nommer l’organisation dans les notifications</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>Nouvelles versions</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notifications</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>Une question à notre serveur, sans rien à votre sujet. Rien n’est téléchargé ni installé.</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>Rapports</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>Afficher un rapport après une défaillance de zbdesk</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>Ce que d’autres peuvent voir</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>Quand quelqu’un arrive</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>Avec tout son texte, à copier ou enregistrer. zbdesk n’envoie rien nulle part de lui-même.</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation>
        <numerusform>%n cause</numerusform>
        <numerusform>%n causes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n problème</numerusform>
        <numerusform>%n problèmes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n enregistrement</numerusform>
        <numerusform>%n enregistrements</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tried %n time(s)</source>
      <translation>
        <numerusform>essayé %n fois</numerusform>
        <numerusform>essayé %n fois</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>%1 problèmes écrits dans %2.</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>&amp;Écartés (%1)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>Tous sont réessayés maintenant.</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>Autorisées ; elles partent maintenant.</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>Retour aux pro&amp;blèmes</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>Retour aux problèmes</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>Fichier CSV (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>Écartés</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>Écarté. Ce n’est pas réessayé ; Annuler reste sous Écartés.</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>Écarté : %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>E&amp;xporter en CSV…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>Tout ce qui a été essayé a pu être fait.</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>Exporter les problèmes</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Aucun problème</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>Rien n’est écarté</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Problèmes</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>Lecture des problèmes…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>Afficher de nouveau</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>Les problèmes ne peuvent pas être lus</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>Cette exécution est réglée entre-temps.</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>Ce serveur n’a pas de pages web.</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>Réessayé maintenant : %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>&amp;Tout réessayer</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>Ann&amp;uler</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>Connecter une autre organisation – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>Déconnecté, avec une remarque</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>Se reconnecter – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>&amp;Abandonner</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>&amp;Laisser tel quel</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>&amp;Garder en marche</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>&amp;Quitter</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>&amp;Afficher</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>A&amp;rrêter l’import</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>Changer &amp;maintenant</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>Changer cela maintenant ?</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>Abandonner cet import ?</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>C&amp;ontinuer</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>Il continue de synchroniser et attend près de l’horloge. Paramètres, Fermeture de la fenêtre, le change.</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>Garder zbdesk en marche quand la fenêtre est fermée ?</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>Regardez dans Zoho Books (%1) s’ils ont vraiment disparu. Si oui, ils sont marqués supprimés ici aussi ; rien n’est supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>Rien n’a encore été importé. Ce que vous avez corrigé et choisi ici serait perdu ; le fichier reste tel quel.</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>Afficher %1 maintenant ?</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>&amp;Rester ici</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>Arrêter l’import ?</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>La fenêtre est reconstruite pour cela. Quelque chose est ouvert et pas encore enregistré ; la saisie serait perdue.</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>La fenêtre montre une organisation à la fois ; toutes continuent de se synchroniser. Avant que la première modification soit écrite dans %1, une confirmation vous est demandée.</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>Ils ont &amp;disparu : les marquer supprimés</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>Version %1. Garde en phase les enregistrements de cette société et son Zoho Books. Licence MIT.</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>Ce qui est déjà importé reste et peut être annulé. Importer le fichier de nouveau reprend de là.</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho et Zoho Books sont des noms de Zoho Corporation, qui n’a rien à voir avec ce programme.</translation>
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation>1 heure</translation>
    </message>
    <message>
      <source>30 minutes</source>
      <translation>30 minutes</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>Sourdine</translation>
    </message>
    <message>
      <source>Mute for a while</source>
      <translation>Sourdine pour un moment</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>En sourdine jusqu’à %1, encore %2.</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>Les notifications sont affichées.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Maintenant</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>Les afficher de nouveau</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>Jusqu’à demain</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>Arrivé</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>Tel que reçu</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>Contenu de l’événement</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>Type de contenu</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;ier</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
    <message>
      <source>Laid out</source>
      <translation>Mis en forme</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>&amp;Relire</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Requête</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Signature</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Taille</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>un relais</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>aucune qui puisse être vérifiée ; seulement un indice</translation>
    </message>
    <message>
      <source>right</source>
      <translation>correcte</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>le récepteur</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>Regarder &amp;de nouveau</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>, sinon </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>Un champ de texte de Zoho Books qui refuse les doublons. Avec lui, une requête tardive ne peut jamais créer un second enregistrement.</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>Champ « zbdesk ID »</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>Où on en est</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>Il refuse les dou&amp;blons</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>Aucun enregistrement en double</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Non connecté</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>Reconnu à</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>Mettre en place le &amp;champ</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>Interrogation de Zoho Books…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>Zoho Books lui-même refuse un second enregistrement pour %1 genres sur %2.</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>adresse e-mail</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>son propre numéro</translation>
    </message>
    <message>
      <source>name</source>
      <translation>nom</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>rien</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>numéro de référence</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>le champ « zbdesk ID »</translation>
    </message>
  </context>
  <context>
    <name>Records</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 sur %2</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation>et %1 de plus ; tous sont réessayés ensemble et figurent dans le fichier CSV</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>Titres des colonnes</translation>
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation>%1 enregistrements</translation>
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation>Afficher dans le d&amp;ossier</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>Ceux-ci se saisissent dans Zoho Books.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Cette connexion ne fait que lire.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Cet enregistrement n’est plus ici.</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>« %1 » n’est pas connu ici. Choisissez dans la liste.</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>Changer sa date…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>Changer le numéro…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>Changer leurs dates…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>En choisir un autre…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Modifier…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>Relier à lui…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>Regarder l’exécution…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>Ouvrir Zoho Books</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>Ouvrir les contacts dans Zoho Books</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>Ouvrir les devises dans Zoho Books</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>Ouvrir le dossier des données</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>Ouvrir les articles dans Zoho Books</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>Ouvrir le dossier des journaux</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Ouvrir les paramètres</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>Ouvrir le verrouillage des transactions</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>Ouvrir utilisateurs et rôles</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>Renommer ici…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>Dire ce que cela signifie…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>Dire s’ils ont disparu…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>Se reconnecter</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Se reconnecter…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation>
        <numerusform>%n modification n’est pas encore partie.</numerusform>
        <numerusform>%n modifications ne sont pas encore parties.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>Supprimer les données locales</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>Supprimer les données locales…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>Déconnecter</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>Déconnecte et supprime les enregistrements de cet ordinateur. Zoho Books garde tout.</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>Déconnecter…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>Mettre fin à quelque chose</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>Met fin à la connexion chez Zoho. Enregistrements et liens restent ; une nouvelle connexion reprend de là.</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>Oublier la carte des enregistrements</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>Oublier la carte des enregistrements…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>Garde les deux côtés et oublie quel enregistrement correspond à lequel. Nécessaire seulement après une restauration des livres.</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>Le &amp;retirer</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>Retrait…</translation>
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>&amp;Copier</translation>
    </message>
    <message>
      <source>Nothing is lost. This is the whole report; it goes nowhere unless you send it.</source>
      <translation>Rien n’est perdu. Voici le rapport entier ; il ne va nulle part si vous ne l’envoyez pas.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>zbdesk a rencontré une défaillance de sa part</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>en ordre</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>impossible</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>impossible, la connexion a pris fin</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>arrêtée</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>en cours</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>avec des problèmes</translation>
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation>%1 sur %2 annulés.</translation>
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation>%1 restent tels quels ; la raison figure à côté de chacun.</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>&amp;Copier la liste</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>Annuler &amp;l’exécution : %1</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Montant</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Copié</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Enregistrement</translation>
    </message>
    <message>
      <source>Records of this run</source>
      <translation>Enregistrements de cette exécution</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>L’exécution de %1 est en cours d’annulation</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>L’exécution de %1 a été annulée</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Ce qui se passe</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>Pourquoi, ce qui reste</translation>
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> et </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation>%1 seul</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 réglés</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>Prendre &amp;toujours ce côté pour ces champs, sans demander</translation>
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation>&amp;Régler</translation>
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation>&amp;Régler %1</translation>
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation>&amp;Quels conflits</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>Choisissez un côté pour voir son effet.</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>Garder ce que &amp;Zoho Books contient</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>Garder ce que &amp;cet ordinateur contient</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>Laissés tels quels : %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>Aucun montant n’y change.</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>Aucun côté n’est choisi.</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>Aucun de ceux-ci ne peut être réglé ainsi.</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>Un côté est pris pour tous les champs de ceux-ci. Vous voyez les chiffres avant tout envoi.</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>Régler les conflits par règle</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>La simulation est en cours.</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>La simulation n’a pas été possible.</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>Quels conflits</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>Calcul en cours…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>et %1 de plus</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation>rien n’est écrit dans Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1, %2 : toujours %3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>Une règle pour des champs se crée depuis un conflit ; ici elle prend fin.</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Demander de nouveau</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>Les documents de ces sources deviennent une ligne avec leur total. Plusieurs avec des virgules.</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>Genre de document</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>Aucune. Si les deux côtés ont changé : me demander, sous Conflits.</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>Une ligne, quantité 1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>Règles</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>Sources à une ligne</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>Quand les deux côtés ont changé</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>noms de sources</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>cet ordinateur</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · %2 documents, dont %3 refusés</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>%1 documents sont ici et restent ; les autres n’ont pas été regardés. Importer le fichier de nouveau continue.</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>&amp;Fermer</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>&amp;Enregistrer la liste à corriger…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>Les %1 documents sont déjà ici, tels que dans le fichier.</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importer</translation>
    </message>
    <message>
      <source>Importing %1</source>
      <translation>Import de %1</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>Rien de nouveau</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>Rien n’a été importé</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Annuler l’im&amp;port…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>A&amp;rrêter</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>&amp;Afficher les enregistrements</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>Certaines lignes sont fautives, et tout ou rien a été demandé.</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>Arrêter termine l’import après les documents en cours ; ils restent. Le même fichier reprend ensuite où il s’est arrêté : ce qui est déjà ici n’est pas pris deux fois.</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Arrêté</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Arrêt…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>Les documents partent vers Zoho Books avec la prochaine synchronisation.</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>Les documents attendent sous Sortie que vous les libériez.</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>L’import n’a pas pu être fait</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>L’import est fait</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>L’import est en cours…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>La liste est enregistrée.</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>La fenêtre reste utilisable entre-temps.</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>Ils restent tels quels : %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>%1 sont supprimés</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>%1 sont annulés</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 modifiés</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>%1 créés</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>%1 supprimés</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>%1 supprimés ou annulés ; %2 peuvent partir sans regard</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>%1 retrouvent leurs valeurs</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>%1 retrouve ses valeurs</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>%1 reviennent ou deviennent inactifs</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>%1 revient ou devient inactif</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>%1 en tout ; %2 peuvent partir sans regard</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>%1 est supprimé</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>%1 est annulé</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>%1 avec un autre état</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>%1 enregistrements ; %2 peuvent partir sans regard</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>%1 restent et sont listés</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>%1 reste et est listé</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n enregistrement</numerusform>
        <numerusform>%n enregistrements</numerusform>
      </translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Supprimé</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation>Retrouve ses valeurs</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>Est supprimé</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>Est annulé</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>Rien d’écrit</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>Rétabli</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>Annuler l’exécution de %1 ?</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>L’état revient en arrière</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>L’état est revenu</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>Reste</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>Annulé</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>vide</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>Annuler l’im&amp;port…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>Exécutions</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>Annulée %1.</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>L’exécution est en cours d’annulation ; son rapport se trouve ici.</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>En cours</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>Ce qui en est sorti</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>Ce qui en est sorti…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Quand</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>Écrit dans Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>Rechercher enregistrements et commandes</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>frein, suppressions, montants, demander d’abord</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>fermer, quitter, garder en marche, démarrer avec l’ordinateur</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>base de données, sauvegarde, où, fichiers, dossier</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>intervalle, minutes, horaire, minuterie, heures, batterie</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>limites, appels par minute, appels par jour</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>listes, choisir, activer, désactiver, lecture seule, règles</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>interface locale, exports programmés, jetons</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>sourdine, reporter, silence</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>données personnelles, rapports</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>proxy, certificat, internet</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>se reconnecter, déconnecter, organisation, centre de données, passation</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>thème, sombre, clair, contraste, couleurs, langue</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>&amp;Changer le secret</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>C&amp;réer le secret</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>Un nouveau est créé et affiché une seule fois. L’actuel vaut encore sept jours, pour que vous changiez les webhooks dans Zoho Books un par un.</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>Création…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>Changer le secret ?</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;ier</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Copiez le secret maintenant</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>Les événements signés avec le secret précédent sont pris encore sept jours.</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>Dans Zoho Books ouvrez chaque webhook, cochez l’option qui le sécurise et collez ceci comme Secret Token. Il est dans le trousseau de cet ordinateur et n’est plus affiché.</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>Il signe chaque événement, pour que personne d’autre ne puisse en envoyer. Il est affiché une seule fois, maintenant, pour être collé dans Zoho Books.</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>Créer le secret pour Zoho Books ?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Secret</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>Le secret est affiché. Copiez-le maintenant.</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>Masquer le secret</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>Afficher le secret</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>Comptable</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>Banque</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>Listes et réglages</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projets</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>Achats</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>Ventes</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>%1 sélectionnés</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> et </translation>
    </message>
    <message>
      <source> or </source>
      <translation> ou </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>%1 %2 (modification)</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>%1 %2 (création)</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>%1 %2 (suppression)</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 figure déjà dans les livres (%3). Donnez un autre numéro à celui-ci, ou laissez la ligne de côté.</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>%1 %2 (annulation)</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 zbdesk réessaie à la prochaine exécution.</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>%1 a répondu autre chose : une panne là-bas, ou un proxy ou la page de connexion d’un réseau entre les deux. Ce qui est ici reste tel quel ; réessayez dans quelques minutes (la synchronisation le fait toute seule).</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>%1 répond, mais ne trouve rien à son extrémité ici.</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1 sont désormais laissés de côté.</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1 ne font pas partie du forfait ou de l’édition de cette organisation.</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>%1 ne peut pas être supprimé ici. Regardez dans Zoho Books.</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>%1 ne peut pas être lu (%2). Il doit appartenir à la personne qui exécute zbdesk.</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>%1 ne peut pas être lu.</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>%1 ne peut pas être démarré : %2.</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>%1 ne peut pas être écrit (%2). Libérez de la place ou autorisez l’écriture, et choisissez Réessayer. Ce qui était gardé auparavant est intact.</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>%1 ne peut pas être écrit par d’autres programmes.</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>%1 ne peuvent pas avoir de champ unique dans Zoho Books.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>%1 : modifié dans Zoho Books et repris ici : %2.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>%1 : modifié dans Zoho Books : %2.</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>Lecture impossible : %1.</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>Lecture impossible (%1) : %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>%1 n’a pas pu être réécrit dans la base de données.</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>%1 n’a pas pu être écrit.</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>%1 : créé dans Zoho Books.</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>%1 : supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>%1 n’a pas laissé entrer zbdesk.</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>%1 documents ont été refusés.</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>%1 ne répond pas à temps.</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>%1 ne répond pas.</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>%1 n’a pas les colonnes de la correspondance.</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>%1 s’est arrêté avec le code %2.</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>%1 s’est arrêté : %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>%1 : trouvé nouveau dans Zoho Books et repris ici.</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%1 de %2 à %3</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>%1 a %2 décimales ; ce montant en a davantage. Arrondissez-le.</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>%1 a, à la ligne %2, un guillemet qui n’est jamais fermé.</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>%1 a des en-têtes mais aucune ligne.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>%1 a perdu sa connexion et en cherche une autre.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>%1 a perdu sa connexion et en cherche une autre : %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>%1 n’a pas d’extension que zbdesk sache écrire.</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>%1 n’a pas de feuille « %2 ».</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>%1 a la clé %2.</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>%1 a le même contenu que %2, importé le %3 UTC. Rien n’en a été repris.</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>%1 a ces en-têtes sur plus d’une feuille.</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>Il n’y a pas d’action « %2 » pour %1.</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1 n’ont ni date ni montant.</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1 n’ont pas de numéro propre à écrire.</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>%1 n’ont pas de paramètre « %2 ».</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 est %2, pas une feuille de calcul lisible.</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 est un dossier.</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 est déjà une cible.</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>%1 sont imputés, plus que le paiement de %2.</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 est connecté.</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 est vide.</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>Il reste %1 sur %2, et ceci donne %3.</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 est verrouillé par un autre programme ou ne peut pas être lu.</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 est verrouillé.</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 n’est pas une date.</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 n’est pas un historique de zbdesk.</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 n’est pas un type d’événement ni de contenu.</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 n’est ni un rapprochement ni une validation de zbdesk.</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 n’est pas un fichier %2 correct.</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 n’est pas actif dans Zoho Books.</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 n’est pas une base SQLite, ou elle est chiffrée ou endommagée.</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 n’est pas en conflit.</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 est inconnu du service de noms</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 n’est pas du texte dans cet encodage.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>%1 sont ouverts sur %2 ; un avoir ne peut pas en couvrir davantage.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>%1 sont ouverts sur %2 ; un paiement ne peut pas en couvrir davantage.</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 est protégé par un mot de passe.</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>%1 démarre.</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>%1 est encore en cours d’écriture.</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 est arrêté.</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 est annulé.</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 est déjà surveillé.</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>%1 ne laisse plus passer de messages pour l’instant.</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>%1 : relié à la main à « %2 » dans Zoho Books.</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>%1 : relié à celui que Zoho Books avait déjà.</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>%1 n’établit pas de liaison sécurisée.</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>%1 doit être une liste.</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>%1 non remis à %2.</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 sur %2</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>%1 sur %2 %3 manquent dans la liste envoyée par Zoho Books. Rien n’a été retiré.</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2 : %1 a été effectué %4 fois au lieu d’une dans Zoho Books (%3).</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>%1 des %2 appels du jour à Zoho Books sont utilisés.</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>%1 refuse le message avant qu’il n’arrive ici.</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>%1 lignes, %2 reprises.</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>%1 renvoie vers %2, ce que Zoho Books ne suit pas.</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>%1 n’accepte pas de message de cette taille.</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>%1 n’a indiqué aucune adresse publique en %2 secondes.</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>%1 vous attendent.</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>%1 vous attend.</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>%1 : modifié ici et dans Zoho Books : %2.</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>%1 : supprimé dans Zoho Books, et supprimé ici aussi.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>%1 : annulation de %2 enregistrements sur %3.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>%1 : annulation de %2 enregistrements sur %3 ; %4 sont restés tels quels, le rapport dit pourquoi.</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>%1 aurait plus de lignes qu’une feuille de calcul n’en accepte (%2).</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 zbdesk regarde de nouveau tout seul.</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 zbdesk recherche l’enregistrement avant de renvoyer quoi que ce soit.</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 zbdesk ne fait aucun appel avant cela et reprend où il s’est arrêté.</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 zbdesk réessaie de lui-même ; rien n’est perdu.</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1, autorisé %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1, ou choisissez-en un autre avec --data-dir. Ce qui y est stocké reste tel quel.</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1, démarré ici</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1 : %2 %3 créés, %4 modifiés, %5 refusés.</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1 : %2 doit être %3.</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1 : %2 lignes, %3 créées, %4 modifiées, %5 inchangées, %6 refusées.</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1 : Zoho Books a répondu par une liste vide. Rien n’a été retiré ici pour autant.</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1 : un conflit a été réglé (%2).</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1 : supprimé dans Zoho Books. Le dernier état connu est gardé ici.</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1 : l’annulation de l’import a commencé : %2 enregistrements déjà envoyés.</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1 : l’import a été annulé : %2 retirés, %3 comme avant, %4 conservés.</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1 : « %2 » envoyé à Zoho Books.</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1 ; un proxy qui inspecte le trafic doit avoir son certificat ici</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>%n modifié</numerusform>
        <numerusform>%n modifiés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>%n modification</numerusform>
        <numerusform>%n modifications</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>%n modification trouvée</numerusform>
        <numerusform>%n modifications trouvées</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>%n conflit</numerusform>
        <numerusform>%n conflits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>%n créé</numerusform>
        <numerusform>%n créés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>%n jour</numerusform>
        <numerusform>%n jours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>%n supprimé</numerusform>
        <numerusform>%n supprimés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>%n suppression</numerusform>
        <numerusform>%n suppressions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n documents</source>
      <translation>
        <numerusform>%n document</numerusform>
        <numerusform>%n documents</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n events were</source>
      <translation>
        <numerusform>%n événement</numerusform>
        <numerusform>%n événements</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours</source>
      <translation>
        <numerusform>%n heure</numerusform>
        <numerusform>%n heures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n linked</source>
      <translation>
        <numerusform>%n lié</numerusform>
        <numerusform>%n liés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lists</source>
      <translation>
        <numerusform>%n liste</numerusform>
        <numerusform>%n listes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n marked otherwise</source>
      <translation>
        <numerusform>%n marqué autrement</numerusform>
        <numerusform>%n marqués autrement</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes</source>
      <translation>
        <numerusform>%n minute</numerusform>
        <numerusform>%n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more lists</source>
      <translation>
        <numerusform>%n autre liste</numerusform>
        <numerusform>%n autres listes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>%n nouveau</numerusform>
        <numerusform>%n nouveaux</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems</source>
      <translation>
        <numerusform>%n problème</numerusform>
        <numerusform>%n problèmes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>%n enregistrement</numerusform>
        <numerusform>%n enregistrements</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n ligne</numerusform>
        <numerusform>%n lignes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n seconde</numerusform>
        <numerusform>%n secondes</numerusform>
      </translation>
    </message>
    <message>
      <source>, </source>
      <translation>, </translation>
    </message>
    <message>
      <source>3 to 10 minutes</source>
      <translation>3 à 10 minutes</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>%1 non fermé.</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>Il manque une parenthèse à ce montant ; écrivez (100.00) ou -100.00.</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>Un code sert une fois et pendant %1, et seulement dans le centre de données qui l’a créé (demandé : %2). Créez-en un nouveau ; s’il échoue aussi, vérifiez le centre de données.</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>Un contact est un client ou un fournisseur.</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>Un avoir a été imputé ou de l’argent remboursé avec lui. Revenez dessus dans Zoho Books.</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>Un champ personnalisé a besoin de son api_name (ou label) et d’une valeur.</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>Une base en mémoire n’a rien à lire.</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>Un document est un objet avec des champs nommés.</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>Le nom d’un champ est attendu ici, sous forme de texte.</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>Une relecture demande environ %1 appels, et il en reste %2 aujourd’hui.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>Une ligne d’écriture est un débit ou un crédit, pas les deux.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>Une ligne d’écriture est un débit ou un crédit.</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>Une ligne d’écriture a besoin d’un compte.</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>Une ligne d’écriture a besoin d’un montant.</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>Une ligne manque, a été ajoutée ou n’est pas à sa place.</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>Une ligne sans article a besoin d’un prix.</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>Une liste est attendue ici.</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>Une correspondance n’a pas cette clé ; elle a %1.</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>Une correspondance est un objet JSON.</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>Un numéro a au plus %1 caractères.</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>Un numéro de cette longueur a perdu ses derniers chiffres dans la feuille de calcul. Mettez la colonne au format texte, ressaisissez-le et enregistrez le fichier.</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>Un paiement est supérieur à zéro.</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>Un guillemet n’est pas fermé.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>Une exécution au-delà des limites a été autorisée : %1 enregistrement.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>Une exécution au-delà des limites a été autorisée : %1 enregistrements.</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>Une source de type %1 ne s’exécute pas ici.</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>Une source ne fait que lire, avec les droits de son utilisateur. La base répond : %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>Une source ne fait que lire. Retirez-le ; s’il s’agit du nom d’une colonne, mettez-le entre guillemets.</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>Une source ne fait que lire : écrivez un SELECT, ou WITH ... SELECT. Rien n’a été demandé à la base.</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>Une instruction de ce type peut demander %1.</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>Un jeton ne peut pas s’appeler %1.</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>Une écriture est encore sans réponse à ce sujet ; elle est vérifiée d’abord.</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>L’accès a été refusé sur la page de Zoho.</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>Ajoutez %1 aux URI de redirection autorisées du client dans la console d’API, exactement tel quel, puis reconnectez-vous.</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Ajoutez-la dans Zoho Books sous Settings, Currencies ; ce document part ensuite de lui-même.</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>Ajoutez l’élément (%1) ici ou dans Zoho Books ; cet enregistrement part ensuite de lui-même.</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>Ajoutez la source de nouveau avec son adresse ; ce qu’elle a apporté reste.</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>Autorisez dans le proxy des contenus de 1 Mo.</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>Autorisez-le dans Paramètres, %1, ou annulez la modification ici.</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>Autorisez l’écriture à cet endroit</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>Autorisez l’écriture à cet endroit, ou choisissez-en un autre avec --data-dir.</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>Autorisez zbdesk dans les paramètres du trousseau et choisissez Réessayer.</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>Un montant est arrivé sous forme de fraction binaire et a perdu des chiffres ; donnez-le comme texte.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>Un événement n’a pas pu être mis de côté et n’a pas été confirmé. Vérifiez le disque du dossier de données.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>Un événement n’a pas pu être mis de côté et n’a pas été confirmé ; Zoho Books le renvoie si une relance est prévue, et l’interrogation trouve la modification. Libérez de l’espace.</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>Un article de ce document est inactif dans Zoho Books.</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>Un objet avec des champs nommés est attendu ici.</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>Un autre programme répond au port %1 de cet ordinateur.</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>Un autre programme le garde verrouillé. Fermez-le (outil de sauvegarde, second zbdesk) et réessayez.</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>Un autre programme occupe peut-être son port : voir Problèmes. Un nouvel essai a lieu tout seul ; réessayez ensuite.</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>Un autre programme utilise le port %1.</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>Une autre ligne est erronée, et tout ou rien était demandé.</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>Une autre exécution est en cours d’annulation. Attendez qu’elle soit terminée.</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>Imputez au plus ce qui est ouvert.</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>Imputez au plus ce qui est ouvert ; ce qui est entré en plus reste disponible sur le paiement.</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>Demandez-en une plus courte.</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>Demandez encore une fois, ou regardez dans sa fenêtre sous Webhooks.</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>Demandez au responsable d’autoriser l’adresse publique, ou testez depuis un autre réseau.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>Demandez l’accès à votre administrateur Zoho Books, ou reconnectez-vous avec cette autorisation. Une synchronisation complète réessaie.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>Demandez l’autorisation à votre administrateur Zoho Books, ou reconnectez-vous avec cette partie.</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>À %1, c’est une autre page qui répond.</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>Au port %1 de cet ordinateur écoute un autre zbdesk, avec un autre secret.</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>Les copies faites avant les mises à jour sont ici, les plus récentes d’abord : %1.</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>Les fichiers CSV, TSV, XLSX, XLSM, XLS et ODS peuvent être importés.</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>Changez %1, ou retirez-le pour utiliser la valeur par défaut.</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>Changez-le dans les paramètres du système, parmi les programmes de démarrage.</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>Modifiez l’enregistrement ici comme Zoho Books le demande ; il est alors renvoyé.</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>Modifié depuis : %1.</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>Des modifications de Zoho Books sont arrivées sans webhook et ont été trouvées en regardant : %1.</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Vérifiez %1 : majuscules et espaces comptent. Sans la bonne phrase secrète, retirez %2 et reconnectez ; les enregistrements de cet ordinateur restent.</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>Vérifiez son orthographe, et que son entrée existe chez le fournisseur de votre domaine ; une nouvelle prend jusqu’à une heure.</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>Vérifiez le lieu de fourniture : IGST vaut pour d’autres États, CGST et SGST pour le même.</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>Vérifiez que l’export était complet.</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>Vérifiez le fichier dans le programme qui l’écrit.</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>Vérifiez la connexion internet ou le proxy. zbdesk réessaie de lui-même ; rien n’est perdu.</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>Vérifiez le nom et le dossier.</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>Vérifiez le réseau et l’adresse de la base de données ; rien n’est perdu, la synchronisation reprend à son retour.</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>Vérifiez les paramètres d’autoliquidation.</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>Choisissez Connecter Zoho Books dans la fenêtre, ou lancez `zbdesk connect`.</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>Choisissez un fichier PEM dans Paramètres, Réseau, ou aucun.</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>Choisissez un nom de 1 à %1 caractères qu’aucun autre jeton ne porte, par exemple celui du programme.</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>Choisissez d’abord un tunnel ou indiquez votre propre adresse : `zbdesk webhooks tunnel`.</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>Choisissez un tunnel sous Webhooks, ou collez votre propre adresse.</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>Choisissez un compte pour chaque ligne de la facture fournisseur.</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>Choisissez un autre module.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Choisissez un autre nom.</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>Choisissez-en un autre avec --data-dir ou %1, ou autorisez l’écriture à cet endroit.</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>Choisissez un autre emplacement.</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>Choisissez un autre tunnel si les événements doivent être contrôlés par leur signature.</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>Choisissez moins de modules ou une période plus courte, ou comparez avec la dernière lecture.</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>Choisissez un fichier qu’il contient, ou surveillez le dossier.</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>Choisissez-en un qui existe ; relisez la liste s’il est nouveau.</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>Choisissez de nouveau le fichier de clé : il n’est pas là où les paramètres l’indiquent.</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>Fermez une autre fenêtre de démonstration, ou le programme qui les utilise, puis redémarrez.</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>Fermez-le dans le tableur, ou autorisez sa lecture, et réessayez.</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>Fermez-le ou retirez-le, et réessayez.</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>Fermez-le, ou attendez qu’il ait terminé, et redémarrez.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>Fermez-le ; le reste de l’instruction est pris pour tel.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>Fermez-le ; le reste de l’instruction est pris pour du texte.</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>Fermez ce programme, ou choisissez un autre port dans les paramètres et dans votre tunnel. zbdesk réessaie tout seul ; d’ici là, les modifications arrivent par interrogation.</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>Fermez l’autre zbdesk et choisissez Réessayer.</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>Cloudflare n’accorde plus de tunnels rapides pour l’instant. Attendez une heure, ou créez un tunnel nommé, qui est gratuit.</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>Comparez taxes, remises et arrondis des deux, puis corrigez le document ici ou dans Zoho Books.</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>Reconnectez et accordez-le, ou annulez la modification ici.</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>Reconnectez sans « lecture seule », ou annulez la modification ici.</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>Connectez-la de nouveau.</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>Connecté à %1, en lecture seule.</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>Connecté à %1.</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>Les interlocuteurs d’un document se choisissent dans Zoho Books.</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>Copiez de nouveau le jeton du tunnel depuis le tableau de bord de Cloudflare, sous Paramètres, Webhooks.</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>Copiez l’adresse entière que le navigateur affiche après Accept ; elle commence par http://localhost.</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>Corrigez la cellule.</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>Débits et crédits diffèrent de %1.</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>Supprimez-le ici aussi, ou envoyez-le de nouveau comme nouveau.</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>Supprimez celui qui est en trop dans Zoho Books. Il est né d’une réponse de Zoho perdue en route.</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>La remise %1 ne peut pas être renvoyée.</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>Est-ce devenu « %1 » ?</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>Vouliez-vous dire %1 ?</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>Vouliez-vous dire « %1 » ?</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>Déconnecté de Zoho Books.</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>La déconnexion a été entamée.</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>Faites-le dans Zoho Books, puis annulez la modification ici.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>Des documents qui restent dans Zoho Books s’y réfèrent.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>Des documents qui restent dans Zoho Books s’y réfèrent ; il est rendu inactif.</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>Arrêtez ce programme, ou choisissez un autre port pour zbdesk sous Paramètres, Webhooks.</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>Arrêtez l’autre, ou donnez à chacun son propre port sous Paramètres, Webhooks.</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>Saisissez-le de nouveau.</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Entrez-en un dans Zoho Books sous Settings, Currencies ; ce document part ensuite de lui-même.</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>Saisissez d’abord %1, ici ou dans Zoho Books, ou corrigez le nom.</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Saisissez le taux dans Zoho Books sous Paramètres, Devises ; ce document part ensuite tout seul.</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>D’ici là, les événements attendent au relais.</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>Chaque document a besoin de l’identifiant qu’il a dans sa source.</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>Tout est à jour.</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>Exportez-le de nouveau ; il faut une ligne d’en-tête et une ligne.</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>Des fichiers de zbdesk manquent.</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>Terminez la page ouverte en dernier, et copiez l’adresse depuis celle-ci.</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>Première synchronisation terminée : %1 de %2 sont ici.</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>Trouvé en regardant : %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>Libérez de l’espace ou choisissez un autre emplacement. Ce qui s’y trouvait est inchangé.</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>Libérez de l’espace à cet endroit</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>Procurez-vous-en un qui contient cette adresse, ou utilisez un nom.</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>Procurez-vous-en un qui contient ce nom.</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>Donnez à chaque ordinateur sa propre adresse.</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>Indiquez soit « %1 », soit « %2 », pas les deux.</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>Donnez-lui un nom.</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>Donnez-lui un autre nom, ou renommez ou fusionnez l’autre dans Zoho Books.</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>Indiquez d’abord son premier jour.</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>Indiquez moins, ou reprenez ce qui y est déjà noté.</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>Donnez l’adresse sans chemin : seulement https://, l’hôte et le port.</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>Donnez un autre numéro au document, ou supprimez l’autre dans Zoho Books.</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>Donnez de nouveau à la source son adresse, avec le mot de passe actuel.</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>Si davantage est entré, indiquez avec amount_applied quelle part revient à ce document.</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>Importer %1</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>Dans %1, aucun client n’a cet ID. Comparez-le avec la console d’API de ce centre de données, et vérifiez que c’est celui de l’adresse de votre Zoho Books.</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>En conflit : %1.</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>Réinstallez-le, ou choisissez un autre tunnel.</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>Installez-le, ou indiquez où il se trouve sous Paramètres, Webhooks, ou choisissez un autre tunnel.</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>Installez le paquet Python %1 à côté de zbdesk, puis réessayez.</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>Réinstallez zbdesk : ses images et traductions ne sont pas à côté du programme.</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>Réinstallez zbdesk ; il apporte le manuel avec lui.</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>La réponse avait le statut %1.</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>Une réponse arrive, mais pas à ce qui était demandé.</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>Cela commence tout seul ou une fois réglé ce qui l’arrête : voir le tableau de bord. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>Cela appartient à une autre organisation sur cet ordinateur. Passez d’abord à celle-ci ; rien n’a été modifié.</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>Suppression impossible ; il est rendu inactif.</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>Ce ne peut pas être plus que le paiement lui-même.</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>Injoignable (%1).</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>Lecture impossible.</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>Il modifie ce qu’il transmet ; ses événements ne sont donc que des indications.</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>Il ne répond pas à ce qui lui est envoyé.</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>Il n’est pas dit lequel (%1).</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>Elle donne %1. Rien n’en a été repris. Corrigez la requête, ou regardez son aperçu et refaites la correspondance.</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>Elle a été exécutée. Modifiez plutôt l’enregistrement.</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>Payé depuis. Retirez d’abord le paiement dans Zoho Books.</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>Payé ; les montants restent.</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>Il n’a plus de document sur cet ordinateur.</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>Il lui manque les en-têtes ou notre dernière ligne. L’enregistrer dans un tableur les supprime.</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>Elle a la version de schéma %1 ; ce programme connaît les versions jusqu’à %2. Rien n’a été modifié. Mettez zbdesk à jour, ou utilisez la version qui l’a créée.</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>Il contient : %1. Choisissez-en une dans la correspondance.</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>Il contient %1.</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>Elle contient un nom d’utilisateur ou un mot de passe, que tout le monde verrait en chemin.</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>Elle contient des espaces ou des signes qu’aucune adresse web n’a, ou elle est trop longue.</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>Elle contient des tables que zbdesk n’a pas créées, donc rien n’a été écrit. Choisissez un autre dossier de données.</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>Elle contient {port}, ce qui exige le port distant 0.</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>C’est un fichier, pas un dossier.</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>C’est une liste de montants mis en correspondance : %1.</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>C’est bien plus grand que cela ne peut l’être.</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>C’est beaucoup trop long.</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>C’est pour %1, pas pour %2.</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>Il a déjà disparu de Zoho Books.</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>Il se trouve dans une période verrouillée de Zoho Books.</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>Il est en conflit ; réglez-le d’abord.</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>Il est recherché de nouveau tout seul ; ce qui en est venu reste.</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>Elle est créée à la première connexion de Zoho Books.</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>Ce n’est pas une adresse web.</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>Ce n’est pas une adresse de proxy.</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>On ne sait pas encore si Zoho Books l’a accepté.</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>Il n’est pas dans le chemin de recherche.</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>Ce n’est pas du JSON lisible.</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>Il n’est pas là.</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>Introuvable : supprimé, renommé, ou son lecteur n’est pas branché.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>Il est en route vers Zoho Books.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>Il est en route vers Zoho Books ; attendez la réponse.</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>C’est un seul caractère, comme « ; », ou l’un de comma, semicolon, tab, pipe.</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>C’est l’un de %1.</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>C’est la source %1. Retirez d’abord celle-ci, ou choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>Il est encore en cours, ou vient d’être interrompu.</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>Elle est éteinte, ou le réseau est absent. Ce qui a été lu reste ; zbdesk réessaie à la prochaine exécution.</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>C’est le numéro de la ligne qui contient les en-têtes, à partir de 1.</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>C’est réessayé tout seul. Si cela persiste, saisissez-le à la main dans Zoho Books pour voir ce que Zoho refuse.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>Un nouvel essai a lieu tout seul. Vérifiez le réseau et dashboard.ngrok.com.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>Un nouvel essai a lieu tout seul. Vérifiez le réseau et si le serveur fonctionne.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>Un nouvel essai a lieu tout seul. Vérifiez le réseau, et si un pare-feu laisse sortir cloudflared (port 7844).</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>On ne sait pas si le résultat de %1 a été réécrit.</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>Il est déjà annulé dans Zoho Books.</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>Il manque l’autorisation %1. Reconnectez-vous avec elle, ou configurez les webhooks à la main : le guide du manuel montre chaque étape.</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>Il n’existe peut-être plus.</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>Il appartient peut-être à une autre connexion.</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>Il a peut-être été supprimé entre-temps.</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>Il a peut-être été réglé entre-temps.</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>Elle ne peut inscrire que ce que dit Zoho Books.</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>Ce doit être supérieur à zéro.</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>Elle doit commencer par https://.</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>Elle doit commencer par https:// : en http, tout le monde en chemin pourrait lire vos enregistrements.</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>Elle doit ressembler à http://proxy.example.com:8080. Changez-la dans Paramètres, Réseau, ou dans les paramètres du système.</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>Elle doit ressembler à https://accounts.example.com.</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>Elle doit en toucher exactement une. Cela a été annulé ; vérifiez le WHERE de l’instruction.</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>Elle nommait %1. Rien n’y a été envoyé. Recommencez la connexion depuis zbdesk ; si cela se reproduit, vérifiez le centre de données et la présence de logiciels indésirables.</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>Elle ne nomme aucun ordinateur qu’on puisse rechercher.</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>Elle ne nomme aucun ordinateur.</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>Il est de nouveau comme avant l’exécution.</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>Elle fonctionne toute seule tant que zbdesk tourne.</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>Message : %1.</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>La réponse dit que c’est parti pour de bon (410).</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>On est renvoyé vers une autre adresse (%1), qui n’est pas suivie.</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>Cela devrait ressembler à %1.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>Il reste annulé dans Zoho Books et garde son numéro.</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>Il a été modifié ici depuis, et cela n’est pas encore parti.</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>Il a été modifié dans Zoho Books depuis.</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>Il a été supprimé dans Zoho Books. Ressaisi, ce serait un autre enregistrement, avec un autre historique.</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>Il y a été supprimé ou fusionné.</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>Elle a été remise.</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>Elle a été déconnectée.</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>On n’y a pas touché. zbdesk regarde de nouveau demain.</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>Tout a été laissé exactement en l’état.</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>Recherché à : %1.</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Recherché dans : %1. Reconnectez-vous ; ce qui est déjà ici reste, et la synchronisation continue à partir de là.</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>Elle a été déplacée ou renommée. Donnez de nouveau son adresse à la source.</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>Il a été retiré entre-temps.</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>Il a déjà été annulé.</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Elle a été retirée chez Zoho, ou remplacée après 20 connexions plus récentes du même utilisateur (%1). Reconnectez-vous ; ce qui est ici reste, et la synchronisation reprend de là.</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>Cela conviendrait à %1 : corrigez la cellule, ou l’ordre de la correspondance.</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>Son adresse ne peut pas être utilisée.</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>Sa réponse s’est perdue ; il a été trouvé là-bas.</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>Son contenu n’a pas été conservé.</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>Ses détails ne sont pas encore lus. Ouvrez-les, puis modifiez.</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>Son fichier, dossier ou disque est en lecture seule pour cet utilisateur. Autorisez l’écriture ou choisissez un autre dossier de données.</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>Son ID ou secret a été changé ou supprimé dans la console d’API (%1). Reconnectez avec les nouveaux ; ce qui est ici reste.</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>Ses derniers mots : %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>Son lien n’est pas une adresse https.</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>Son nom ne peut pas s’écrire comme adresse web.</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>Son chemin contient des signes qui doivent y être écrits autrement.</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>Sa solution dit quoi faire ; `zbdesk problems` l’affiche.</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>Sa signature est différente.</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>Son essai ou son forfait est terminé. Renouvelez-le dans Zoho Books, puis connectez-vous.</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>Gardez local ou remote.</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>Sont connus %1 et custom. C’est la fin de l’adresse à laquelle vous ouvrez Zoho Books.</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>Connus : %1.</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>Retirez /*! ... */.</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>Retirez FOR UPDATE ou FOR SHARE : rien n’est modifié.</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>Retirez tout à partir du point d’interrogation ou du dièse.</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>Retirez ce qui suit le point d’interrogation.</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>Faites répondre son port en https, pas en http, avec une version actuelle de TLS.</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>Faites mener le chemin /webhooks à http://127.0.0.1:%1, en gardant le chemin entier.</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>Faites transmettre par le proxy l’en-tête X-Zoho-Webhook-Signature, et assurez-vous que l’adresse mène à cet ordinateur.</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>Faites donner à la requête un seul type, comme avec CAST(... AS INTEGER).</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>Faites envoyer aussi par le serveur ses certificats intermédiaires.</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>Faites mener le tunnel à http://127.0.0.1:%1, et assurez-vous qu’il fonctionne.</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>La ligne %1 n’est pas un objet.</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>La ligne %1 n’est pas du JSON.</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>Ligne %1, colonne %2 : %3.</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>Des lignes manquent à la fin.</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>Regardez-le dans un navigateur, qui dit pourquoi.</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>Regardez son contact, ses articles, comptes et taxes dans Zoho Books, et indiquez-en d’autres ici.</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>Regardez de nouveau ses chiffres, puis décidez.</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>Regardez ses paiements, y compris ceux qui ne sont pas encore partis.</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>Regardez l’enregistrement dans Zoho Books, puis corrigez ces champs ici ou là-bas.</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>Vérifiez le nom du serveur et le réseau.</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>Regardez le tunnel sous Webhooks.</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>Regardez-les sous Sortie et laissez passer exactement ceux-ci, ou lancez `zbdesk sync --allow-large`. Les limites sont dans Paramètres, sous Avant une grande exécution.</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>Regardez dans Zoho Books sous Paramètres, Automatisation, Journaux de workflow, si les règles sont actives et si les 1 000 webhooks du jour sont épuisés.</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>Regardez dans Zoho Books s’ils ont vraiment été supprimés. Si oui, confirmez ; sinon, vérifiez les droits de l’utilisateur connecté, puis synchronisez.</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>Vérifiez que %1 fonctionne et mène à cet ordinateur.</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>Vérifiez que %1 fonctionne, et qu’un pare-feu laisse entrer les connexions.</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>Regardez pourquoi elle ne les prend pas, puis renvoyez-les : `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>Créez un nouveau canal et collez son adresse.</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>Créez un nouveau canal : quelqu’un d’autre écoute peut-être celui-ci, ou le relais est en difficulté.</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>Faites-en une vue dans la base de données.</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>Créez-le, branchez son lecteur, ou choisissez-en un autre dans les paramètres.</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>Rendez le contact actif dans Zoho Books, ou choisissez-en un autre.</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Rendez le contact actif, ici ou dans Zoho Books ; le document part ensuite tout seul.</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>Rendez l’article actif dans Zoho Books, ou choisissez-en un autre.</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>Rendez l’article actif, ici ou dans Zoho Books ; le document part ensuite tout seul.</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>Corrigez-la et regardez l’aperçu. La base répond : %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>Corrigez-le, ou déplacez-le pour repartir des valeurs par défaut.</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>Fusionnez plutôt les deux dans Zoho Books.</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>Fusionnez-les dans Zoho Books, ou donnez à l’enregistrement d’ici l’adresse e-mail du bon.</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>Absents depuis le dernier fichier de ce nom (ils restent) : %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>On a payé davantage dans Zoho Books que ce que cela donnerait (%1). Prenez le côté de Zoho.</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>Plus d’un</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>Plus d’un : %1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>Plusieurs éléments (%1) ont comme %2 « %3 ».</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>« %2 » existe plus d’une fois (%1).</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>Le secret dans Zoho Books est sans doute différent d’ici. Créez un nouveau secret sous Webhooks et collez-le dans le webhook de Zoho Books. Ce message disparaît avec le premier événement correct.</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>Indiquez un fichier : sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>Désignez-le par son identifiant local, son identifiant Zoho, son numéro ou SOURCE:ID.</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>Désignez-en un par son identifiant Zoho, ou choisissez parmi : %1.</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>Nommez l’une d’elles autrement, comme avec SELECT ... AS other_%1.</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>Indiquez l’une d’elles, ou un fichier JSON avec une correspondance.</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>Désignez l’élément (%1) par son ID source ou par l’ID de Zoho, ou fusionnez les deux dans Zoho Books.</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>Indiquez la colonne qui dit quand une ligne a été modifiée (ou son numéro croissant).</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>Désignez l’enregistrement par un objet avec exactement un de %1.</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>Nommez plutôt la valeur, comme :since.</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>Restreignez-la, ou donnez un index aux colonnes de son WHERE. Ce qui a été lu avant reste.</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>« %2 » n’existe pas (%1).</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>Pas de réponse en %1 secondes.</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>Aucun appel n’a été fait ; la synchronisation reprend ensuite.</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>Aucune colonne ne distingue les documents ; faites-en correspondre une à %1 ou à source_id.</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>Aucun chiffre n’y est joint.</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>Aucun tunnel n’est configuré.</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>Personne n’a répondu au sujet des nouvelles versions.</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>Aucune n’est encore enregistrée.</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>Rien ne répond à %1.</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>On ne peut plus rien en faire.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>Plus rien ne peut y être payé.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>Rien ne peut y être payé.</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>Rien n’y dit ce que c’est.</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>Rien ne s’appelle « %1 » ici.</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>Rien n’est perdu. Un nouvel essai a lieu tout seul ; le journal a les détails.</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>Rien n’est perdu. Redémarrez zbdesk ; le journal a les détails.</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>Rien n’est ouvert sur %1.</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>Rien n’est payé, et aucun verrouillage de sa période n’est connu (%1).</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>Rien n’est écrit dans Zoho Books ; cet ordinateur reprend ce qui s’y trouve.</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>Rien n’est écrit avant que quelqu’un ne confirme l’organisation : c’en est une autre qu’avant, ou elle a changé.</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>Rien d’autre n’est écrit avant votre accord : l’exécution dépasse les limites des paramètres.</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>Rien n’en a été gardé. Réessayez.</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>Rien à faire si le réseau est absent ; sinon, vérifiez l’adresse.</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>Rien à faire : il est interrogé de nouveau tout seul.</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>Rien à faire : un nouvel essai a lieu tout seul.</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>Rien n’a été demandé. Ce qui est ici reste.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>Rien n’a été lu. zbdesk réessaie à la prochaine exécution.</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>Rien n’en a été repris.</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>Rien n’en a été repris.</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>Rien n’en a été repris. Restreignez-la avec :since, ou relevez la limite de lignes de la source.</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>L’une des parties choisies de Zoho Books ne peut pas être accordée à ce client dans %1. Choisissez moins de parties, ou créez le client dans la console d’API du bon centre de données.</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>Un enregistrement de Zoho ne peut être qu’un seul document.</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>Une seule valeur pour tous les documents est attendue ici.</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>Une seule valeur est attendue ici, pas une liste ni un objet.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>Ouvrez-le dans le tableur et enregistrez-le de nouveau, ou refaites l’export.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>Ouvrez-le dans le tableur, enregistrez une copie sans mot de passe et choisissez cette copie.</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>Ouvrez-le dans Zoho Books (%1) et supprimez l’entrée en trop. Une réponse de Zoho s’est perdue en chemin ; ceci disparaît tout seul dès qu’il n’en reste qu’une.</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>Ouvrez la période dans Zoho Books sous Paramètres, Verrouillage des transactions, ou changez la date.</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>Ouvrez l’enregistrement dans Zoho Books. Il est redemandé dès qu’il y change.</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>L’organisation %1 appartient à un autre utilisateur ou centre de données. Reconnectez et choisissez l’organisation dans la liste.</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>D’autres programmes utilisent les ports %1.</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>Hors des heures choisies dans Paramètres. Synchroniser marche malgré tout.</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>Collez l’adresse du canal, pas celle du site.</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>Collez l’adresse définitive du canal.</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>Collez l’adresse définitive, et faites passer /webhooks par le proxy sans redirection.</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>En pause jusqu’à %1.</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>En pause.</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>Les paiements et avoirs qui y figuraient restent en crédit au client.</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>Le problème %1 ne concerne ni un nom ni un enregistrement déjà pris.</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>Mettez-y :source_id, comme UPDATE ... WHERE id = :source_id.</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>Mettez son nom derrière l’hôte : .../name.</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>Placez la clé publique de cet ordinateur sur le serveur, et lancez l’agent de la clé si elle a une phrase secrète.</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>Relevez la limite du proxy ou du tunnel.</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>Lu dans Zoho Books : %1.</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>La lecture a été arrêtée.</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>Retirez-la d’abord pour changer ce qu’elle reçoit : `zbdesk webhooks targets remove`.</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>Retirez zbdesk sous Zoho Accounts, Sessions, Connected Apps, et reconnectez-vous. Un client de type client-based (JavaScript) ne convient pas ; un server-based oui.</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>Renouvelez-le sur le serveur ou le proxy ; Zoho Books le refuse aussi.</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>Rejouez l’événement lui-même : `zbdesk webhooks replay`.</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>Restaurez %1 d’une sauvegarde, ou reconnectez ; les enregistrements de cet ordinateur restent.</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>L’autoliquidation exige une taxe d’autoliquidation sur les lignes.</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>La ligne %1 du même document dit « %2 ». Un numéro est un document : corrigez le numéro, ou rendez les deux identiques.</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>Exécution %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>Les proxys SOCKS ne sont pas pris en charge.</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>Enregistrez-la de nouveau sous ce nom.</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>Enregistrez le texte de nouveau, en UTF-8 simple.</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>Enregistrées : %1.</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>Indiquez quelle part du paiement lui revient.</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>Indiquez où commencer, par exemple 2026-01-01, ou 0 pour un numéro.</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>Indiquez à quoi revient cette part du paiement (%1).</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>Indiquez quel champ a quelle valeur : {“payment_mode”: “banktransfer”}.</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>Indiquez quel en-tête est quel champ : {“Invoice no”: “invoice_number”}.</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>Indiquez quelle partie de %1, comme %2.%3.</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>Voir Webhooks.</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>Voir `zbdesk problems meanings`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>Voir `zbdesk webhooks targets`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>Voir `zbdesk webhooks tunnel --help`, ou choisissez-en un autre.</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>Envoyez l’élément (%1) de nouveau comme nouveau, ou désignez-en un autre dans cet enregistrement ; il part ensuite de lui-même.</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>Envoyé à Zoho Books : %1.</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>Mettez dans %1 la phrase secrète de sa création. Pour utiliser plutôt le trousseau du système, retirez %2 et reconnectez ; les enregistrements de cet ordinateur restent.</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>Mettez à l’heure cet ordinateur, ou le serveur qui l’a établi.</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>Créez cet élément (%1) dans Zoho Books, ou désignez-en un autre dans le document.</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>Paramètres modifiés (%1) : %2.</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>Connectez-vous avec une personne qui peut ouvrir les livres de la société dans le navigateur, et vérifiez le centre de données (%1) : c’est la terminaison de l’adresse de votre Zoho Books.</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>Connectez-vous à dashboard.ngrok.com, copiez l’authtoken et donnez-le à ngrok, ou ici sous Webhooks.</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>Connectez-vous d’abord.</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>Fermez la session de cet ordinateur et rouvrez-la, ce qui le relance, %1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>Quelqu’un a choisi Reject, ou l’utilisateur ne peut pas l’accorder. Reconnectez-vous et choisissez Accept, avec un utilisateur qui a accès à l’organisation.</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>Quelque chose entre cet ordinateur et Zoho a répondu à la place : un proxy, la page de connexion d’un réseau ou la page de maintenance de Zoho. zbdesk réessaie tout seul.</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>Quelque chose que cet enregistrement désigne n’existe plus dans Zoho Books.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>Un imprévu s’est produit dans zbdesk.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>Un imprévu s’est produit dans zbdesk. Ce qui est ici est en sûreté ; le journal a les détails pour un rapport.</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>Recommencez ; rien n’a été modifié.</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>Démarrez zbdesk, ou regardez sous Problèmes pourquoi son récepteur n’a pas pu démarrer.</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>Le démarrage avec la session n’a pas pu être changé.</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>Arrêté. Ce qui a été lu jusqu’ici est gardé ; la prochaine synchronisation reprend de là.</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>Désactivez ce qui réécrit les requêtes : un pare-feu applicatif, des filtres JSON, ou un relais qui analyse les contenus.</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>Activez la taxe de vente dans Zoho Books, Paramètres, Taxes.</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>La synchronisation s’est terminée avant que cela puisse être écrit.</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>La synchronisation ne tourne pas, cela ne peut donc pas se faire maintenant.</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>La synchronisation s’est arrêtée à cause d’une erreur dans zbdesk.</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>Reprenez l’action ici.</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>Retirez la connexion ou le filtre pour /webhooks : Zoho Books ne peut pas s’y connecter.</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>Retirez la taxe de cette ligne d’écriture.</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>L’annulation de l’exécution %1 du %2 UTC a commencé : %3 enregistrements.</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>Du texte est attendu ici.</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>Cette adresse est utilisée par un autre ngrok, peut-être sur un autre ordinateur. Arrêtez-le là-bas.</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>Ce contact est un %1, celui-ci est un %2.</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>Cet enregistrement représente ici un autre document.</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>Cela faisait plusieurs connexions en peu de temps.</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>Il manque : %1.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>Déjà payé dans Zoho Books, suppression impossible (%1). Retirez-y d’abord le paiement.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>Déjà payé dans Zoho Books, annulation impossible (%1). Retirez-y d’abord le paiement.</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Période verrouillée dans Zoho Books, modification impossible là-bas (%1). Prenez le côté de Zoho.</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>Il manque : %1.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>Payé dans Zoho Books, et le nouveau montant ne peut pas être calculé (%1). Changez-le là-bas.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>Payé dans Zoho Books ; le montant ne peut plus changer (%1). Prenez le côté de Zoho.</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>Payé en partie ; la modification laisse en place ce qui a été payé (%1).</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Annulé dans Zoho Books, modification impossible là-bas (%1). Prenez le côté de Zoho.</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>L’élément (%1) « %2 » des documents signifie « %3 » dans Zoho Books.</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>L’élément (%1) « %2 » a été supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>L’adresse %1 ne peut pas être utilisée.</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>L’adresse ne nomme pas le fichier SQLite.</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>L’adresse ne nomme pas la base de données.</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>L’adresse a l’option %1, inconnue ici.</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>L’adresse n’est pas utilisée pour l’instant.</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>L’adresse mène à un autre zbdesk, pas à celui-ci.</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>L’adresse d’un fichier SQLite n’a pas d’options.</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>L’adresse de son canal manque.</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>L’adresse de la base %1 n’est plus dans le trousseau.</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>L’adresse de la base ne peut pas être lue : son hôte ou son port est mal écrit.</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>L’adresse de la base ne dit pas de quel type de serveur il s’agit.</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>L’adresse de la base contient un saut de ligne ou un caractère de contrôle.</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>La réponse n’est pas venue de Zoho Books.</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>La réponse n’a pas de %1. Rien n’a été modifié ici ; cela mérite d’être signalé.</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>L’archive n’a pas pu être enregistrée.</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>La ligne bancaire est déjà associée à un autre compte.</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>La batterie est sous %1 %. Synchroniser fonctionne quand même.</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>Le contenu du message est modifié en chemin, aucune signature ne peut donc être juste.</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>Le navigateur a besoin de l’un d’eux pour remettre la connexion. Fermez l’autre programme ou un second zbdesk, ou entrez un autre port enregistré comme redirection dans la console d’API de Zoho.</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>Le fichier de certificat ne peut pas être utilisé.</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>Le certificat de %1 %2.</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>Le choix ne peut plus être annulé.</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>Le choix pour %1 ne peut pas être exécuté.</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>Le secret client est faux.</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>La colonne %1 contient différents types de valeurs ; on ne sait donc pas où commence la prochaine exécution.</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>La connexion s’est rompue à la fin. Un INSERT n’est pas répété tout seul ; regardez la table.</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>La connexion s’est terminée avant la réponse de Zoho.</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>La connexion ou Zoho est lent en ce moment. zbdesk réessaie de lui-même.</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>Le contact de ce document est inactif dans Zoho Books.</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>La devise %1 n’est pas configurée dans Zoho Books.</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>Le répertoire de données ne peut pas être utilisé.</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>La base %1 n’accepte pas ce nom d’utilisateur et ce mot de passe.</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>La base %1 ne l’autorise pas.</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>La base %1 ne répond pas.</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>La base %1 est verrouillée par un autre programme.</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>La base de données ne peut pas être écrite.</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>La base n’exécute pas la requête.</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>La base donne ici des octets. Faites-en du texte avec CAST dans la requête.</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>La base de données est endommagée.</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>La base de données est en cours d’utilisation.</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>La base conserve ce montant comme fraction binaire. Arrondissez-le dans la requête, comme avec ROUND(x, 2).</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>La base de données a été créée par un zbdesk plus récent.</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>La société de démonstration n’a trouvé aucun port libre de %1 à %2.</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>Le détail n’a pas pu être lu (%1) : %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>Le disque n’a pas pu être lu ou écrit.</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>Le disque n’a pas pu être écrit.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>Le disque est plein.</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>Le numéro de document manque : chaque document en a besoin.</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>Le document dit %1%2, ses lignes donnent %3 : %4 %5. L’arrondi ne l’explique pas (%6). Corrigez les lignes, la taxe ou le total.</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>Le lecteur est peut-être débranché, défaillant, ou un dossier réseau disparu. Vérifiez-le, puis réessayez.</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>Le fichier ne peut pas être lu : %1.</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>Le premier caractère qui ne convient pas est %1. Choisissez un autre encodage, ou enregistrez le fichier en UTF-8.</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>La première exécution a besoin d’une valeur pour :since.</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>Le dossier %1 ne peut pas être surveillé.</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>L’en-tête « %1 » n’est pas à la ligne %2. %3 Corrigez le fichier ou la correspondance.</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>L’en-tête « %1 » se trouve au-dessus des colonnes %2. Renommez l’une d’elles, ou désignez la bonne dans la correspondance par sa position, comme « #%3 ».</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>La connexion gardée est endommagée.</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>Le fichier de clé ne peut pas être utilisé. Choisissez-en un autre, ou rendez-le lisible pour vous seul.</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>Le trousseau</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>La dernière étape a été annulée et rien de ce qui était enregistré n’est perdu. Libérez de la place, puis synchronisez.</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>La ligne ne dit pas à quoi elle correspond : indiquez un article ou un nom.</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>La ligne a été modifiée après son écriture.</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>Les liens de %1 enregistrements ont été oubliés.</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>La liste ne se termine pas (%1).</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>Le récepteur de cet ordinateur ne répond pas au port %1.</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>Le récepteur de cet ordinateur ne répond pas.</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>Le journal ne peut pas être écrit.</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>Le trousseau macOS</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>Le manuel manque.</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>La correspondance %1 ne peut pas être utilisée.</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>La correspondance %1 de la source %2 a disparu.</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>La signification de « %1 » a été reprise.</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>Les modules sont : %1.</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>Le nom %1 est inconnu.</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>La prochaine synchronisation réessaie. Si cela persiste, consultez la page d’état de Zoho ou signalez-le.</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>Le numéro est peut-être déjà pris, ou un enregistrement nommé ne peut pas être utilisé ici.</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>L’organisation a fait plus d’appels par minute que Zoho n’en autorise ; les autres programmes comptent aussi.</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>Les appels du jour de l’organisation sont épuisés.</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>Le résultat de %1</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>Les résultats de %1 documents</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>La phrase secrète n’ouvre pas le fichier scellé.</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>Le paiement impute %1 à %2, où %3 sont ouverts.</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>La période se termine avant de commencer.</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>La période dépasse dix ans.</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>Le port est pris sur le serveur, ou son sshd n’autorise pas la redirection. Choisissez un autre port.</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>L’interlocuteur principal a une autre valeur (%1).</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>Le programme %1 n’est pas installé.</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>Le programme s’est terminé avant ce passage.</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>Le proxy de ce réseau ne laisse pas sortir le test.</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>L’adresse du proxy ne peut pas être utilisée.</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>L’adresse publique du tunnel nommé manque.</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>La requête demande :since, et aucune colonne ne dit où commence la prochaine exécution.</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>La requête ne commence pas par SELECT.</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>La requête donne plus de %1 lignes.</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>La requête donne deux colonnes nommées %1.</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>La requête contient le mot %1, qui modifie quelque chose.</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>La requête verrouille ce qu’elle lit.</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>La requête ne donne plus la colonne %1.</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>La requête ne donne plus les colonnes %1.</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>La requête a duré plus de %1 secondes et a été arrêtée.</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>La requête a été arrêtée.</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>La file d’attente de cette cible était pleine.</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>L’adresse de redirection n’est pas enregistrée pour ce client.</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>Le relais est injoignable.</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>Le relais ne prend pas le message (%1).</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>Le relais a terminé le flux.</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>Le relais s’est tu.</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>Le relais est interrogé.</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>Le relais est connecté.</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>Le relais est en difficulté (%1).</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>Le relais n’est pas interrogé pour l’instant.</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>Le relais transmet les événements mais les réécrit ; ils ne valent donc que comme indications.</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>Le relais refuse le canal (%1).</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>Le relais renvoie vers une autre adresse.</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>Le relais a pris la question, et elle n’est pas ressortie du canal.</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>L’adresse du relais mène à une page ordinaire.</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>Le reste est gardé pour ce que vous faites vous-même ; la synchronisation en arrière-plan reprend après minuit de l’organisation.</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>L’exécution ne peut pas être annulée.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>L’exécution s’est arrêtée avant d’écrire %1 %2 dans %3 : %4. C’est plus que ce qui peut passer sans regard : %5. Rien n’a été écrit.</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>Le zbdesk en cours n’a pas dit comment le test s’est passé.</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>Le fichier scellé ne peut pas être ouvert.</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>Le fichier scellé est utilisé par un autre programme.</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>Le secret de cette cible n’est pas dans le trousseau : retirez la cible et ajoutez-la de nouveau.</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>La connexion sécurisée à Zoho a été refusée par cet ordinateur.</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>Le serveur a donné une autre réponse qu’un avis.</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>Le serveur n’est pas encore connu ici. Connectez-vous-y une fois à la main avec ssh et comparez sa clé.</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>Le serveur n’est plus celui d’avant. Demandez à son responsable ; retirez seulement ensuite son ancienne clé de known_hosts.</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>Le serveur ou l’adresse publique qui mène à son port manque.</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>Le paramètre %1 doit être %2.</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>Les paramètres n’ont pas pu être enregistrés.</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>Le fichier de paramètres ne peut pas être lu.</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>Les paramètres de cette connexion ne permettent pas (%1 : %2) dans Zoho Books.</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>La connexion n’a pas pu être gardée.</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>La connexion n’a pas abouti.</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>La connexion ne permet pas à zbdesk de configurer des webhooks.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>La connexion ne comprend pas l’autorisation %1.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>La connexion ne comprend pas l’autorisation de le supprimer (%1).</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>La connexion n’a pas été terminée.</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>La connexion dans le navigateur n’a pas été terminée à temps.</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>La connexion est dans un fichier scellé, et aucune phrase secrète n’a été donnée.</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>La connexion n’est plus dans le trousseau.</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>La connexion a été abandonnée.</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>La connexion a été dirigée vers une adresse qui n’appartient pas à Zoho.</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>La signature n’arrive pas, ou le récepteur atteint a un autre secret.</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>L’utilisateur connecté n’a pas accès à cette organisation.</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>L’utilisateur connecté, ou les autorisations données à la connexion, ne couvrent pas %1.</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>La feuille de calcul affiche ici %1 : sa formule échoue. Corrigez la formule, ou saisissez la valeur.</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>L’instruction de réécriture ne dit pas de quel document il s’agit.</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>L’instruction de réécriture n’a pas de WHERE.</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>L’instruction de réécriture contient le mot %1.</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>L’instruction de réécriture n’est ni un UPDATE ni un INSERT.</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>L’instruction a plus de %1 caractères.</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>L’instruction contient un caractère NUL.</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>L’instruction contient un commentaire que MySQL exécute.</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>L’instruction contient un point d’interrogation.</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>L’instruction est vide.</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>Le système répond : %1.</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>Le système répond : %1. Réessayez.</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>La table</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>La base de données d’équipe ne répond pas.</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>Le tunnel %1 n’est pas entièrement configuré.</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>Le rôle de l’utilisateur, le forfait de l’organisation ou les autorisations données ne le couvrent pas. Demandez à votre administrateur Zoho Books, ou reconnectez avec cette partie.</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>La voie d’internet à cet ordinateur est ouverte.</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>La voie vers là est fermée, ou trop lente.</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>La voie vers cet ordinateur n’est pas encore testée.</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>Le récepteur de webhooks de ce zbdesk ne répond pas.</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>Il y a look, make et vouch.</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>Il y a : %1.</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>Il existe déjà une source nommée %1.</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>Il y a plus d’une instruction.</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>Il n’y a aucun élément (%1) dont %2 est « %3 ».</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>« %2 » n’est pas dans les livres (%1).</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>Il n’y a pas de sauvegarde à côté. Déplacez-la et reconnectez : Zoho Books a toujours les enregistrements.</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>Il n’y a pas de code dans ce qui a été collé.</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>Il n’y a pas de conflit %1.</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>Il n’y a pas de centre de données « %1 ».</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>Il n’y a pas de base %1 parmi les sources.</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>Il n’y a pas de base de données à %1.</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>Il n’y a pas de problème écarté %1.</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>Il n’y a pas d’encodage « %1 » ; les usuels sont utf-8, cp1252, cp1251, shift_jis, gb18030.</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>Il n’y a pas d’événement %1 qui puisse être rejoué.</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>Il n’y a pas de taux de change pour %1 dans Zoho Books.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>Il n’y a pas de fichier %1.</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>Il n’y a pas de dossier %1 où exporter.</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>Il n’y a pas d’import %1.</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>Il n’y a pas de trousseau sur cet ordinateur.</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>Il n’y a pas encore de base de données locale.</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>Il n’y a pas de correspondance « %1 ».</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>Il n’y a pas de module %1.</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>Il n’y a pas de problème ouvert %1.</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>Il n’y a pas de problème %1.</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>Il n’y a pas encore d’adresse publique.</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>Il n’y a pas d’exécution %1.</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>Il n’y a pas de côté %1.</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>Il n’y a pas de source %1.</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>Il n’y a pas un tel enregistrement dans Zoho Books.</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>Il n’y a pas de cible %1.</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>Il n’y a pas de jeton nommé %1.</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>Il n’y a pas de valeur pour :%1.</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>Il n’y en a pas avec cet identifiant : voir `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>Ceux-ci sont encore dans Zoho Books : %1. Retirez-les là-bas sous Paramètres, Automatisation.</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>Ils sont sur : %1. Désignez-en une dans la correspondance par « sheet ».</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>Ils sont reconnus d’une autre façon ; voir `zbdesk recognition`.</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>Cet élément (%1) figure %2 fois dans Zoho Books.</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>Cet élément (%1) a été supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>Cette adresse appartient à une autre connexion.</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>Cette adresse ne peut pas être utilisée.</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>Ce montant a deux signes moins ; un seul suffit.</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>Ce montant est en %1, le document en %2.</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>Ce montant est fusionné sur les lignes %1 à %2. Défaites la fusion et inscrivez dans chaque ligne ce qui lui revient.</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>Cela ne peut pas être enregistré.</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>Cet ordinateur était en veille. La synchronisation reprend dès que Zoho Books répond.</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>Cet ordinateur n’est pas connecté à Zoho Books.</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>Cet ordinateur utilise une connexion limitée. Synchroniser fonctionne quand même.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>L’horloge de cet ordinateur avance de %1.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>L’horloge de cet ordinateur retarde de %1.</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>L’horloge de cet ordinateur est fausse.</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>Cette connexion ne fait que lire, donc (%1 : %2) est impossible dans Zoho Books.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>Cette connexion ne fait que lire.</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>Ce répertoire de données est utilisé : %1.</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>Cette base de données appartient à un autre programme.</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>Ceci n’appartient pas à %1.</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>Cette formule n’a jamais été calculée ; le fichier n’a donc pas de valeur pour elle. Ouvrez le fichier dans le tableur, enregistrez-le et importez-le de nouveau.</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>Ceci a changé depuis l’ouverture du formulaire. Rouvrez-le pour voir l’état actuel.</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>Cet import ne peut pas être annulé.</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>C’est TRUE ou FALSE là où un montant est attendu.</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>C’est une date là où un montant est attendu ; la feuille de calcul en a peut-être fait une de 3.4.</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>C’est un pourcentage là où un montant est attendu.</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>C’est entre-temps une autre exécution.</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>Ce n’est pas un nom valable (%1).</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>Ce n’est pas un nombre. Laissez-le de côté dans la requête.</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>Ce n’est pas un montant ; écrivez-le comme 1234.50.</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>C’est une notation scientifique, qui a perdu des chiffres. Mettez la colonne au format nombre.</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>Ceci ne désigne aucun enregistrement.</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>Ce numéro figure aussi à la ligne %1. Donnez à chaque document son propre numéro, ou indiquez dans la correspondance que plusieurs lignes forment un document (row_per_line).</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>Cette organisation est maintenant utilisée.</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>Cette organisation n’est plus connue sur cet ordinateur.</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>Cet enregistrement n’existe pas dans Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>Cet enregistrement est déjà supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>Cet enregistrement est supprimé dans Zoho Books.</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>Cet enregistrement est déjà dans Zoho Books.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>Cet enregistrement n’est plus ici.</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>Cette ligne a %1 valeurs sous %2 en-têtes : l’une d’elles contient le séparateur « %3 » et n’est pas entre guillemets. Mettez-la entre guillemets, ou enregistrez le fichier avec un autre séparateur.</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>Cette ligne est séparée par « %1 » alors que les en-têtes le sont par « %2 ». Enregistrez tout le fichier avec un seul séparateur.</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>Cette exécution n’est pas encore terminée.</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>Cette exécution n’a rien écrit dans Zoho Books.</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>Ce texte est trop long pour un montant.</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>Cet utilisateur n’a aucune organisation dans Zoho Books.</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>Cela passe d’ordinaire. Si cela persiste, vérifiez chez Zoho que l’utilisateur a toujours accès à l’organisation.</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>Trop de programmes interrogent cette organisation en même temps.</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>Trop de connexions ou de renouvellements en peu de temps. Réessayez dans %1 minutes ; la connexion elle-même est en ordre.</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>Deux devises accompagnent ce montant ; une seule suffit.</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>Le http non chiffré n’est accepté que sur cet ordinateur (127.0.0.1, localhost).</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>D’ici là, zbdesk regarde toutes les %1 minutes.</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>D’ici là, zbdesk regarde toutes les %1 secondes.</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>Utilisez .csv, .xlsx, .json, .jsonl ou .sqlite.</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>Utilisez-en un public, comme ceux de Let's Encrypt.</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>Utilisez l’un de %1.</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>Attendez %1 secondes avant la suivante : Zoho bloque un utilisateur après un trop grand nombre.</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>Attendez la réponse, puis annulez-le comme une nouvelle modification.</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>Attendez la réponse.</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>Attendez que le programme qui l’écrit ait terminé, et réessayez.</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>Des événements de webhook arrivent avec une signature fausse ; ils sont refusés.</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>Les webhooks ne sont pas configurés.</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>Les webhooks arrivent de nouveau. Ils ont été absents %1 ; en regardant : %2 ; rien n’a été manqué.</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>Les webhooks arrivent.</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>Les webhooks ne peuvent pas arriver : le port %1 est utilisé par un autre programme.</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>Les webhooks n’arrivent pas : %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>Les webhooks ont manqué des modifications, et aucun n’est arrivé depuis.</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>Zoho Books calcule le résultat à l’arrivée.</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>Ce qui a été trouvé sur les nouvelles versions ne vient pas de nous.</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>Ce qui était enregistré avant est intact.</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>Ce qui s’y trouvait avant est intact.</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>Sans cela, elle modifierait chaque ligne de la table.</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>Écrivez un fichier .csv, ou filtrez d’abord. Rien n’a été écrit.</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>Écrivez-la comme 2026-11-20.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>Écrivez-le comme {"%1": {"%2": "..."}, "%3": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>Écrivez-le comme {"%1": {"number": "..."}, "amount_applied": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>Écrivez-la sous la forme sqlite:///path/to/file.db, postgresql://user:password@host/name ou mysql://user:password@host/name.</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>Écrivez un SELECT.</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>Écrivez un UPDATE avec :source_id dans son WHERE, ou un INSERT.</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>N’en écrivez qu’une : un point-virgule peut se trouver à la fin, nulle part ailleurs.</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>Écrivez sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>La réécriture a touché %1 pour le document %2.</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX ou ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>Votre compte ngrok n’autorise pas de second agent. Arrêtez l’autre, ou choisissez un autre tunnel.</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>Votre propre adresse est utilisée.</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>Zoho (%1) a répondu « %2 ». Réessayez ; si cela persiste, vérifiez ID client, secret et centre de données.</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>Zoho (%1) connaît l’ID client, mais pas avec ce secret. Copiez-le de nouveau de la console d’API ; sans l’option pour tous les centres de données, chacun a son propre secret.</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>Zoho Books a déjà un enregistrement avec ce champ : %1.</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>Zoho Books a répondu sur %1 sous une forme que zbdesk ne connaît pas.</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>Zoho Books a demandé une pause jusqu’à %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>Zoho Books demande une pause jusqu’à %1 UTC.</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>Zoho Books arrive à %1, la source dit %2.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>Zoho Books n’a pas accepté la façon de demander %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>Zoho Books n’a pas accepté cela.</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>Zoho Books n’a pas gardé ce qui a été envoyé : %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>Zoho Books ne l’a pas encore pris ; un nouvel essai a lieu à la prochaine synchronisation.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>Zoho Books ne l’a pas pris : %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>Zoho Books n’autorise pas l’accès à %1.</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>Zoho Books ne permet pas cela à d’autres programmes (%1 : %2).</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>Zoho Books échoue chaque fois que cet élément (%1) est envoyé.</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>Zoho Books a une défaillance en ce moment.</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>Zoho Books a plusieurs éléments (%1) qui pourraient être « %2 ».</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>Zoho Books n’a aucun élément (%1) « %2 ».</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>Zoho Books n’a pas d’action « %1 » pour %2.</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>Zoho Books n’a pas de taux de change pour %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>Zoho Books n’a pas un tel élément (%1).</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>Zoho Books n’a pas de retour possible de %1 à %2.</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>Zoho Books n’en a aucun à choisir.</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>Zoho Books n’a pas dit si la création a eu lieu (%1 %2).</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>Zoho Books contient autre chose à présent ; cela figure sous Conflits.</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>Zoho Books garde les deux séparés.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>Il faut se reconnecter à Zoho Books.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>Il faut se reconnecter à Zoho Books. Rien n’a été demandé.</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>Zoho n’a pas pu être joint.</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>Zoho n’a pas accepté le code.</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>Zoho n’a pas répondu en %1 secondes.</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>Zoho n’accepte pas de connexion depuis là. Réglez date, heure et fuseau horaire, de préférence automatiquement par le réseau, et reconnectez-vous.</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>Zoho n’accorde pas les autorisations demandées.</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>Zoho ne connaît pas cet ID client.</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>Zoho n’a pas donné d’autorisation durable.</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>Zoho n’a pas donné de raison.</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>Zoho n’accepte plus cette connexion.</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>Zoho ne connaît plus ce client.</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>Zoho a refusé une connexion qu’il venait de renouveler.</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>Zoho répond : %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>Zoho dit : %1 (code %2). C’est une défaillance de zbdesk ; elle mérite d’être signalée.</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>Zoho a renvoyé la page %1 comme page suivante. Rien n’a été modifié ici ; elle est relue au prochain passage.</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>Zoho n’a pas été prévenu. Terminez la connexion là-bas : %1, Sessions, Connected Apps.</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>La réponse de Zoho ne contient pas l’enregistrement.</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>La réponse de Zoho était une erreur qui ne dit pas si c’est fait.</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>Le certificat de Zoho n’est pas accepté ici. Vérifiez la date et l’heure de cet ordinateur ; dans un réseau d’entreprise, demandez si son propre certificat doit être installé.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>Le serveur de connexion de Zoho demande une pause.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>Le serveur de connexion de Zoho n’a pas donné de réponse utilisable.</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>`zbdesk interface tokens` les énumère.</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>`zbdesk runs` les énumère.</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>`zbdesk sources` les énumère.</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>`zbdesk webhooks events` énumère ce qui est ici ; seuls les événements qui nomment un enregistrement peuvent être revus.</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>un fichier JSON (que `zbdesk put` accepte)</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>un document PDF</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>une archive compressée</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>une base de données</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>une liste de un à dix ports entre 1024 et 65535</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>un nombre</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>une image</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>un relais interrogé</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>un taux</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>un relais smee, dont les événements ne sont que des indications</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>une table</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>un document texte</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>une page web portant le nom d’une feuille de calcul</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>un nombre entier</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>sur un champ que zbdesk écrit</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>un fichier XML</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>un compte</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>un montant</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>un autre zbdesk</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>un autre zbdesk (processus %1)</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>un autre zbdesk (processus %1) depuis %2 UTC</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>un autre zbdesk depuis %1 UTC</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>autant qu’il peut y en avoir ici</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both, pull ou push</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>octet %1 après la ligne %2</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>ne peut pas être juste : ce relais réécrit les contenus</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>certificat valable</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>certificat valable jusqu’au %1 %2 %3</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>modifié</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>virgule</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>commentaire</translation>
    </message>
    <message>
      <source>created</source>
      <translation>créé</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>client</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>jour-mois-année</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>supprimé</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>texte entre dollars</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>chaque partie doit être un objet.</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>remonte à une autorité qui n’est pas publique</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>trouvé à %1</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>a expiré</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>vaut pour une autre adresse</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>vaut pour un autre nom</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>vient d’une autorité inconnue ici</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>n’est pas accepté</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>n’est pas encore valable</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>est autosigné, ce que Zoho Books n’accepte pas</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>il ne peut pas être lu</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>il ne répond pas</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>il n’est pas dit lequel (%1).</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>ce n’est pas du PEM</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>ce n’est pas du TOML</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>ce n’est pas du texte UTF-8</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>on ne lui fait pas confiance</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>il faut un montant supérieur à zéro.</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>il n’accepte pas de connexion</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>cela a pris trop de temps</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>son adresse n’a pas de port utilisable</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>son adresse doit ressembler à http://proxy.example.com:8080</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>son statut</translation>
    </message>
    <message>
      <source>less</source>
      <translation>de moins</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>ligne %1</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>la ligne %1 n’est pas du TOML</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>ligne %1 sur %2</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>ligne par ligne</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>lignes</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>lignes</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>lié</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local, remote ou ask</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>recherché par le proxy</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>mémoire de ce processus seulement</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>mois-jour-année</translation>
    </message>
    <message>
      <source>more</source>
      <translation>de plus</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>noms de sources séparés par des virgules</translation>
    </message>
    <message>
      <source>new</source>
      <translation>nouveau</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>pas de réponse ; un pare-feu est peut-être entre les deux</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>pas de connexion</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>aucune ligne</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>aucune liaison sécurisée n’a abouti</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>inutile sur cet ordinateur</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>rien</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>l’un de %1</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>ou définissez %1 pour garder plutôt les secrets dans un fichier scellé par une phrase secrète.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>point</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>port %1, cet ordinateur seulement</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>JSON lisible</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>ligne lisible</translation>
    </message>
    <message>
      <source>record</source>
      <translation>enregistrement</translation>
    </message>
    <message>
      <source>records</source>
      <translation>enregistrements</translation>
    </message>
    <message>
      <source>rounded at the end</source>
      <translation>arrondi à la fin</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>statut %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>taxe sur la somme</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>taxe avec toutes les décimales</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>texte entre guillemets</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>texte comme %1</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>la connexion a été coupée</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>l’entrée du trousseau</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>le nom %1 est inconnu</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>le nouveau champ</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>le proxy demande une connexion</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>le proxy ne le laisse pas passer (il dit %1)</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>le proxy a mis fin à la connexion</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>le proxy refuse le nom ou le mot de passe</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>l’adresse de redirection</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>le fichier scellé %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>le tunnel</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>la fenêtre zbdesk</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>la fenêtre zbdesk (processus %1)</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>la fenêtre zbdesk (processus %1) depuis %2 UTC</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>il y a un fichier de ce nom</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>cet ordinateur lui-même</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true ou false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>deux minutes</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>fournisseur</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>annulé</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>ce qui est revenu n’est pas une réponse de serveur web</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>avec des taux arrondis</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>année-jour-mois</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>année-mois-jour</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes ou no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>votre propre adresse publique</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>zbdesk ne peut pas écrire dans son répertoire de données.</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>zbdesk n’a pas de pilote pour %1 ici.</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>zbdesk se ferme, la réponse n’est donc plus attendue. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>zbdesk ne garde la connexion que dans le trousseau du système. Installez-en un (sous Linux gnome-keyring ou KWallet) et rouvrez votre session, %1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>zbdesk en a besoin pour la connexion. Déverrouillez-le et choisissez Réessayer ; rien n’est perdu entre-temps.</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>« %1 » va déjà à %2 ; une seule colonne le peut.</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>« %1 » peut être %2%3 ou %4.%5. Indiquez dans la correspondance si le fichier écrit un point ou une virgule décimale.</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>« %1 » peut être %2. Indiquez dans la correspondance dans quel ordre le fichier écrit jour, mois et année.</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>« %1 » ne peut pas être rempli depuis une colonne.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>« %1 » ne convient pas au séparateur décimal %2 : ses milliers ne sont pas par trois. Corrigez-le, ou indiquez que le séparateur décimal du fichier est %3.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>« %1 » ne convient pas au séparateur décimal %2 ; celui du fichier est peut-être %3.</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>« %1 » ne dit pas lequel de ses nombres est l’année. Écrivez l’année avec quatre chiffres.</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>« %1 » a une partie de trop : %2 est une seule valeur.</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>« %1 » a perdu ses derniers chiffres dans une feuille de calcul. Mettez la colonne au format texte, ressaisissez-le et enregistrez le fichier.</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>« %1 » a plus de %2 décimales ou est trop grand.</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>« %1 » a plus d’un séparateur décimal (%2).</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>« %1 » a plus de six décimales ou est trop grand.</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>« %1 » n’a pas de signification propre.</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>« %1 » a l’année %2 du calendrier bouddhiste. Écrivez %3 et importez de nouveau.</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>« %1 » a l’année %2. Corrigez la cellule.</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>« %1 » est une date sans séparateurs. Indiquez dans la correspondance dans quel ordre le fichier l’écrit.</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>« %1 » est un nombre là où une date est attendue. Mettez la colonne au format date.</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>« %1 » est le numéro de jour d’une feuille de calcul. Mettez la colonne au format date et enregistrez de nouveau le fichier.</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>« %1 » n’est ni vrai ni faux.</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>« %1 » n’est ni oui ni non.</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>« %1 » n’est pas un code de devise ; écrivez-le comme EUR.</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>« %1 » n’est pas une devise. Écrivez son code, comme EUR.</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>« %1 » n’est pas un champ personnalisé ; écrivez-le comme custom_fields.cf_region.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>« %1 » n’est pas une date dans l’ordre %2.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>« %1 » n’est pas une date dans l’ordre %2. Corrigez la cellule.</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>« %1 » n’est le nom d’aucun champ.</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>« %1 » n’est pas une date ; écrivez-la comme 2026-11-20.</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>« %1 » n’est pas un pourcentage entre 0 % et 100 %.</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>« %1 » n’est pas un montant ; écrivez-le comme 1234.50.</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>« %1 » n’en fait pas partie.</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>« %1 » est le signe de plusieurs devises. Écrivez le code, comme USD.</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>« %1 » doit être supérieur à zéro.</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>« %1 » ne désigne aucun enregistrement ; terminez par l’un de %2.</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>Les &amp;créer</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>Un module se coche tout seul dans la liste quand son premier événement est ici.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>Création dans Zoho Books…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>Retrait dans Zoho Books…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>À la &amp;main plutôt…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Pour</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>Module</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation>Re&amp;tirer ce qui a été créé</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>Mettre en place les webhooks dans Zoho Books ?</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>La raison figure à côté de chacun ; tout peut se faire à la main.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>Il manque à la connexion l’autorisation ZohoBooks.settings.CREATE. Faites-le à la main, ou reconnectez-vous.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>Il manque à la connexion l’autorisation ZohoBooks.settings.DELETE.</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>C’est un essai : Zoho documente les appels, mais pas tous leurs mots. Pour chaque module, un webhook et une règle sont créés pour les modifications, et une paire pour les suppressions. Ce qui échoue est dit et peut se faire à la main.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>Ce qu’il est devenu</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>Ce qui se passe</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>Ce qui est créé dans Zoho Books</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Pourquoi</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>un webhook et une règle sont créés</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>modifications</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>suppressions</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>est là</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>est essayé ; Zoho peut le refuser</translation>
    </message>
    <message>
      <source>made</source>
      <translation>créé</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>non essayé</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>refusé</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>retiré</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>était déjà là</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>Budget d’appels</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Connexions</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>Données et journaux</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exports et programmes</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>Langue et aspect</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>Modules et direction</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Réseau</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Notifications</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Confidentialité</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>Limites de sécurité</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Synchronisation</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>Fenêtre et barre d’état</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>Trouver un réglage</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>Groupes de réglages</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>Aucun réglage ne contient ces mots.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Paramètres</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>%1 continuent aussitôt : %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>&amp;Dans Zoho Books c’est</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>&amp;L’utiliser</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>&amp;L’utiliser pour %1</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>Choisissez-en un.</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>C’est retenu et vaut pour chaque document qui utilise ce nom.</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>C’est déjà réglé.</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>Relier à lui</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>Rien ne correspond à votre saisie.</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>Lecture de ce que contient Zoho Books…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>Dire ce que cela signifie</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>Cet enregistrement est réuni avec lui et reprend ce que contient Zoho Books.</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>Tapez pour le trouver</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>Ce que contient Zoho Books</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>Quel élément (%1) de Zoho Books est « %2 » ?</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>Zoho Books n’en a aucun ; créez-le d’abord là-bas.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>et %1 de plus</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation>%1 de plus suivent une fois ceux-ci réglés.</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>&amp;Virgule : %1</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>Le &amp;jour d’abord</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>Le &amp;mois d’abord</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>P&amp;oint : %1</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>L’&amp;année d’abord</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>Dates : %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>Le jour d’abord</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>Signe décimal : %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>Combien fait %1 ?</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>Les laisser &amp;attendre</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>Corri&amp;ger</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>Corrigez chacun ci-dessous, ou laissez leurs documents attendre sur cet ordinateur jusqu’à ce que les noms existent.</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>Le mois d’abord</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>Les noms absents des livres attendent</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>Rien. Chaque ligne peut être importée telle quelle.</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>Ligne %1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>Ligne %1 et %2 de plus</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>Des lignes comme %1 ne peuvent être que %2, mais zbdesk ne devine pas les dates.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Afficher</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Reprendre</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>Prendre « %1 »</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>Le fichier ne dit pas si son signe décimal est le point ou la virgule.</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>Le fichier ne le dit pas. Une réponse vaut pour toutes ses dates.</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>À régler ici</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>Ce qui est à régler apparaît ici une fois les lignes vérifiées.</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>Ce que cela devrait être</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>Quel jour est %1 ?</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>L’année d’abord</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>vérification…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>virgule</translation>
    </message>
    <message>
      <source>point</source>
      <translation>point</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>Daté</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>Dates qui dépendent de l’horloge</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>Jour en UTC</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>Jour de l’organisation</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>Jour de cet ordinateur</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>Fait le</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Enregistrement</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>Les jours sont dans un même mois.</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>Les jours sont dans deux mois.</translation>
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>Ce serveur n’a pas de pages web pour ses enregistrements.</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Connecter Zoho Books</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>Importer %1</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>Dans</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>Ce que vous saisissez est gardé si vous fermez cette fenêtre. Le secret client est redemandé.</translation>
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation>A&amp;nnuler</translation>
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation>&amp;Valider…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(facultatif)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>Un fichier avec la liste de contrôle, les totaux des deux côtés et leur empreinte est écrit pour %1.</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>Entrez le nom de la personne qui valide.</translation>
    </message>
    <message>
      <source>No&amp;te</source>
      <translation>No&amp;te</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Note</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation>Rien n’est modifié dans Zoho Books.</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>Valider</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>Valider %1 ?</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>Ces points sont ouverts et seront écrits comme ouverts :</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>Votre no&amp;m</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Votre nom</translation>
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
      <translation>%1, ouverte à %2</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>&amp;Ouvrir de nouveau</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>Le &amp;prendre</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>Une page de Zoho s’est ouverte dans votre navigateur. Connectez-vous-y et choisissez Accept, puis revenez ici.</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>A&amp;dresse ou code du navigateur</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>Annuler la connexion</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>Choisissez Copier le lien et ouvrez-le dans un navigateur à vous, sur cet ordinateur.</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>Copier le &amp;lien</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>Copiez le lien ci-dessous et ouvrez-le</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>Échange en cours</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>Où en est la connexion</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>Si votre connexion Zoho est dans un autre navigateur, copiez le lien et ouvrez-le là. Si le navigateur dit qu’il ne peut pas joindre localhost, copiez l’adresse entière de cette page et choisissez Coller le code.</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>Si le navigateur dit qu’il ne peut pas joindre localhost, utilisez Coller le code.</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>Cela s’est terminé ici</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>Ensuite, tout seul</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>Aucun navigateur n’a pu être ouvert.</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>Rien ne s’est passé dans le navigateur ?</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>Ouverture de la page de connexion</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>Coller le &amp;code…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>Lecture de vos organisations</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>Connectez-vous à Zoho dans votre navigateur</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>Se connecter avec le code</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>Reprise de la connexion</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>Le code est prêt</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>La page de connexion est ouverte</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>La page de connexion est prête</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>La page de connexion a été rouverte</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>L’adresse entière de la page qui n’a pas pu être jointe, ou le code seul.</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>Cette page continue toute seule après la connexion.</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>Temps restant</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>Temps restant :</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>Temps restant : %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>R&amp;éessayer</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>Réessayez, ou revenez modifier quelque chose.</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>Attendre 10 &amp;minutes dès maintenant</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>En attente de votre choix Accept</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>Vous avez choisi Accept</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>La page de Zoho énumère ce que zbdesk demande. Choisissez-y Accept ; la page dit alors que vous pouvez revenir.

Un navigateur sur un autre ordinateur ne peut pas joindre celui-ci. Copiez l’adresse qu’il n’a pas pu ouvrir et collez-la ici, ou revenez et connectez-vous avec un code.</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>zbdesk échange le code chez Zoho ; cela prend quelques secondes.</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>zbdesk écoute sur %1 de cet ordinateur</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>%1 comme avant</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 modifiés</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 manquants</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 nouveaux</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>%1 refusés</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>Tous ceux qui correspondent dans %1</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Commandes</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>Base de données</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Échec</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Aide</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>En ordre</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>Pas encore exécuté</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Pages</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pause</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>Annulé</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Paramètres</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>Certains refusés</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Arrêté</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>En cours</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>Dossier surveillé</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>toutes les %n minutes</numerusform>
        <numerusform>toutes les %n minutes</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>correspondance %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>aucun fichier avec une ligne fautive</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>pas maintenant</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>seulement quand vous le dites</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>lecture seule</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>écrit en retour</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1 sources lisent avec elle ; elles échouent jusqu’à ce qu’elle soit enregistrée de nouveau sous ce nom.</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>&amp;Retirer la base de données</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>&amp;Retirer la correspondance</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>&amp;Révoquer le jeton</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>&amp;Ne plus surveiller</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>Les fichiers qui y sont déposés ne sont plus importés. Le dossier et ses fichiers restent, aussi ceux de done et failed ; ce qui en est venu reste.</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>Elle n’est plus interrogée, et son adresse est supprimée du trousseau. Rien n’est modifié dans la base ; ce qui en est venu reste. Ajoutée de nouveau, elle est lue depuis le début.</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>Retirer la base de données %1 ?</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>Retirer la correspondance %1 ?</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>Révoquer le jeton %1 ?</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>Ne plus surveiller %1 ?</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>Le programme qui l’utilise est refusé aussitôt. Ce qu’il a apporté reste. Un jeton révoqué n’ouvre plus jamais.</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>Ce qui a été importé avec elle reste.</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1 continue.</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>Lecture de %1…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1 est en pause.</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>%1 est retirée ; ce qui en est venu reste.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>&amp;Continuer</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>Un dossier surveillé prend les fichiers qu’un autre programme y dépose ; une base de données est interrogée toute seule.</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>&amp;Modifier la source…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>Recherché de nouveau tout seul.</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Dernière exécution</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>Aucun dossier n’est surveillé, aucune base n’est interrogée.</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>Rien de nouveau.</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>Suspendre la sour&amp;ce</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>&amp;Retirer…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Refusé</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>E&amp;xécuter maintenant</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>En cours</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Situation</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Pris</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>Surveiller un dossier…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>Dossiers surveillés et bases de données</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>Ce qu’elle a dit</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Où</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>&amp;Ajouter une base de données…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>&amp;Importer un fichier…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exports et programmes</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>Dossiers et bases de données</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>Correspondances</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>Imports passés</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>Sources</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>Surveiller un dos&amp;sier…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>D’où viennent les documents, et où ils vont tout seuls</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>Quelle partie</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>Batterie</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>Batterie en dessous de</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>Faible signifie en dessous de</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Réseau</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>Suspendre tout seul</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>La raison se trouve alors en bas de la fenêtre ; Synchroniser marche une fois malgré tout.</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>sur une connexion limitée</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>quand la batterie est faible</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>&amp;Modifier</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>À &amp;quelle fréquence</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Nom</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>&amp;Requête</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>&amp;Tester et voir</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>&amp;Écrire en retour numéro, état et montant payé</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(facultatif)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>A&amp;dresse</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation>Ajouter une base de données</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>Ajouter la ba&amp;se de données</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>Enregistrement…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>Modifier la base de données</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>Colonne &amp;pour :since</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>Colonne pour :since</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>Entrez l’adresse de la base de données.</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>Toutes les %1 heures</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>Toutes les %1 minutes</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Toutes les heures</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>Première &amp;valeur de :since</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>Premières lignes de la requête</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>Première valeur de :since</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>Donnez un nom à la base de données.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>À quelle fréquence</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>Maintenant %1. Laissez vide pour la garder.</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>Un SELECT. Avec :since dedans, seul ce qui a changé depuis la dernière exécution est lu.</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>Un UPDATE avec :source_id, et :number, :status, :paid, :total ou :remote_id.</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>Une requête est posée sur une connexion qui ne fait que lire. Essayez-la avant de la garder.</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>Seulement quand je le dis</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>Requête</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>Les enregistrements le retiennent comme leur provenance ; il ne peut pas être changé plus tard.</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite, PostgreSQL, MySQL ou MariaDB. Elle est gardée dans le trousseau.</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>Instruction d’écriture en re&amp;tour</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>Instruction d’écriture en retour</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>La colonne de la requête qui dit quand une ligne a changé, ou son numéro croissant.</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>La connexion marche. %1 premières lignes. %2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>Interrogation de la base de données…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>Écrivez la requête.</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>Le &amp;modifier…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>Les enregistrements choisis sont écrits dans un dossier à intervalles réguliers, pour des rapports et d’autres programmes.</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>E&amp;xporter maintenant</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>Toutes les %1 heures vers %2</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>Exports et programmes</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>Dernière écriture %1</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>Interface locale</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>Aucun jeton n’a été créé : personne n’entre.</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>Tout n’a pas pu être écrit.</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>Pas encore écrit</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Désactivé</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>Activé aussi pour d’autres ordinateurs, sur le port %1</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>Activé, sur le port %1</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>Les programmes de cet ordinateur peuvent remettre des documents et demander ce qu’ils sont devenus.</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>Export programmé</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>Mettre en plac&amp;e…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>Mise en place et &amp;jetons…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>L’export est écrit.</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>Jetons : %1</translation>
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>%1; a newer version is announced, not confirmed yet</source>
      <translation>%1 ; une version plus récente est annoncée, pas encore confirmée</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Actif</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>En vérification</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Conflit</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>Supprimé là-bas</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>De Zoho Books</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>Des deux côtés</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>Part maintenant</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>Connexion nécessaire</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>Non connecté</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>Hors ligne</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>Hors ligne depuis {time}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>En pause</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>En pause jusqu’à {time}</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problème</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>Arrêté par une erreur</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Synchronisation</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>Attend de partir</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1, en ordre à %2</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Lecture…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>Arrêt ; ce qui est ici est gardé</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>Synchronisation</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>Synchronisation : %1, %2 ici</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>Synchronisation : %1, %2 sur %3</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>Appels à Zoho Books aujourd’hui {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>Appels à Zoho Books aujourd’hui {used} sur {limit}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>recommence {time}</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>Accepté</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Actif</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>Ajouté à la main</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>Approuvé</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>Facturable</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>Facturé</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Annulé (arrêté)</translation>
    </message>
    <message>
      <source>Categorized</source>
      <translation>Catégorisé</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>Clos</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>Confirmé</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>Refusé</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>Brouillon</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>Expiré</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>Inactif</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>Facturé</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>Rapproché</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>Non facturable</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>Non facturé</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Ouvrir</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>En retard</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>Payée</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>Facturé en partie</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>Facturé partiellement</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>Payée en partie</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>Publié</translation>
    </message>
    <message>
      <source>Reimbursed</source>
      <translation>Remboursé</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>Envoyée</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Arrêté</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>Non catégorisé</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>Impayée</translation>
    </message>
    <message>
      <source>Viewed</source>
      <translation>Vue</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>Annulée</translation>
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation>Attend l’approbation</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Étape %1 sur %2 : %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>Étape %1 sur %2 : %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>%1 appels</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n jour</numerusform>
        <numerusform>%n jours</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation>Avant de commencer</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>Appels</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>Appels sur les %1 d’aujourd’hui</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>Suppression dans Zoho Books</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>Lignes</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>Aucun document en double</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>Rien pendant la première synchronisation. Ensuite seulement ce que vous importez, saisissez ou libérez ici.</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>Rien. La direction est en lecture seule ; vous pouvez la changer plus tard dans Paramètres.</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>Enregistrements dans %n module</numerusform>
        <numerusform>Enregistrements dans %n modules</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Durée</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>Sera lu</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>Sera écrit</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>environ %n heure</numerusform>
        <numerusform>environ %n heures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>environ %n minute</numerusform>
        <numerusform>environ %n minutes</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>au moins</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>moins d’une minute</translation>
    </message>
    <message>
      <source>never</source>
      <translation>jamais</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>zbdesk cherche ce qu’il a envoyé avant de répéter quoi que ce soit : par un champ où Zoho Books refuse les doublons s’il existe, sinon par votre propre numéro, l’adresse e-mail ou une référence. Paramètres montre lequel et propose de créer le champ.</translation>
    </message>
  </context>
  <context>
    <name>TableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
  </context>
  <context>
    <name>TableMenus</name>
    <message>
      <source>&amp;Columns…</source>
      <translation>&amp;Colonnes…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>&amp;Exporter…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation>&amp;Filtrer par %1…</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>&amp;Masquer</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>Plus é&amp;troite</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>&amp;Ordre et largeurs…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>&amp;Imprimer l’enregistrement…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>Plus &amp;large</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>Choisissez d’abord un enregistrement.</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>Copier les li&amp;gnes</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>Copier sans les ti&amp;tres</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>Dé&amp;tails</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Ouvrir dans &amp;Zoho Books</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>Trier en &amp;descendant</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>Trier en m&amp;ontant</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>%1 restent : modifiés depuis, ou créés par un import antérieur.</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>&amp;Annuler %1 documents</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Fermer</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>Dans Zoho Books, à la prochaine synchronisation : %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>Impossible à annuler maintenant : %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>Rien ne peut en être annulé.</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>Sur cet ordinateur : %1 sont retirés, %2 sont comme avant.</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>Enregistrements de cet import déjà partis</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>Annuler l’import de %1 ?</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>Annulé : %1 retirés, %2 comme avant.</translation>
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
      <translation>%1 copiés</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 sur %2</translation>
    </message>
    <message>
      <source>%1 written to %2.</source>
      <translation>%1 écrits dans %2.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>Exporter %1</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>Arrêté. Rien n’a été écrit.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>Écriture de %1…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>%1 ne reçoit plus rien. Ce qui attend ici pour cette cible est abandonné, et son secret est oublié.</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>&amp;Adresse</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>&amp;Garder</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>L’a&amp;jouter</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Enregistrement…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>Modifier ce qui est transmis</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>Modifications</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Cop&amp;ier</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>Copiez le secret maintenant</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>Suppressions</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Terminé</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>Pour autre chose, ajoutez une cible à part.</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>Il signe ce qui y est envoyé (X-Zbdesk-Signature). Il n’est plus affiché.</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>Seulement ces événements ; aucun choisi signifie tous</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>Seulement ces modules ; aucun choisi signifie tous</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>D’autres systèmes à vous n’ont alors pas besoin de tunnel. Ce qu’ils ne prennent pas attend ici et est réessayé.</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>Transmettre les événements à une autre adresse</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>Ne plus rien y transmettre ?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>Secret</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>Secret de cette cible</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>L’événement tel qu’il est venu (seulement avec une signature correcte)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>L’enregistrement, tel que Zoho Books l’a montré après l’événement</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>La cible est ajoutée. Copiez son secret maintenant.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Ceci est nécessaire.</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>Ce qu’elle &amp;reçoit</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>Ce qu’elle reçoit</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>http est permis sur cet ordinateur et dans votre propre réseau.</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>Rien n’a été perdu. Le journal en dit plus ; réessayez cette étape.</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>zbdesk a rencontré une défaillance de sa part.</translation>
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>Devise</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Différence</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Ici</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>Module et période</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Enregistrements dans Zoho Books</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>Enregistrements sur cet ordinateur</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation>Leur valeur dans Zoho Books</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>Leur valeur sur cet ordinateur</translation>
    </message>
    <message>
      <source>There</source>
      <translation>Là-bas</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>Cet ordinateur moins Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>Rapprochement</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>Valeur ici</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>Valeur là-bas</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>Ce qui diffère</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>et %1 de plus : ils sont dans les fichiers</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>égal</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>inconnu</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>non nommée</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>Aucun de ces documents n’a de montant.</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>Totaux par devise</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>%n vous attend</numerusform>
        <numerusform>%n vous attendent</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>, dernier succès %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en ordre</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>en ordre, consulté %1</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>se reconnecter</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>arrêté par une erreur</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>synchronisation</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>synchronisation, %1 ici</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>synchronisation, %1 sur %2</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk : non connecté à Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>Faire aussi confiance à</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>Certificats</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation>Certificats (*.pem *.crt *.cer)</translation>
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation>Choisir un fic&amp;hier…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>Fichier avec d’autres certificats</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>Les certificats auxquels cet ordinateur fait confiance comptent toujours. Un fichier PEM ici s’y ajoute, pour un proxy qui examine le trafic.</translation>
    </message>
    <message>
      <source>none</source>
      <translation>aucun</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>Pas maintenant</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>L’administrateur de cet ordinateur a désactivé ceci.</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>Cette version ne cherche pas de mises à jour.</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>Nouveautés</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>Vous avez %1. Rien n’est téléchargé tout seul.</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>zbdesk %1 est disponible.</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>Dans un fichier &amp;chiffré</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>Regarder &amp;de nouveau</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>&amp;Saisissez une phrase secrète</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>Un trousseau appartient au bureau : Credential Manager sous Windows, Trousseau sous macOS, GNOME Keyring ou KWallet sous Linux. zbdesk y garde les secrets et nulle part ailleurs.

Là où il n’y en a pas, un fichier chiffré est l’autre voie. Sa phrase secrète n’est jamais conservée.</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>Un fichier scellé de zbdesk est déjà sur cet ordinateur. Entrez la phrase secrète avec laquelle il a été créé.</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>Choisissez Regarder de nouveau quand le trousseau est là.</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>Entrez une phrase secrète de huit signes ou plus pour continuer.</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>Entrez la phrase secrète pour continuer.</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>Passable. Un mot de plus la rend forte.</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>Dans le &amp;trousseau de cet ordinateur</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>Sous Linux installez gnome-keyring ou KWallet et rouvrez la session du bureau, ou déverrouillez le trousseau.</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>Forte.</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>Le fichier est scellé par une phrase secrète que vous entrez au démarrage de zbdesk. Sans elle personne ne peut lire la connexion ; oubliée, il faut se reconnecter ; aucun enregistrement n’est perdu.</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>Essai de l’emplacement.</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>La même &amp;encore</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>Les deux diffèrent. Saisissez la même dans les deux.</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>Trop courte : huit signes ou plus ; quatre mots sont faciles à retenir.</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>Saisissez la phrase secrète une seconde fois pour continuer.</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>Faible : ajoutez un mot.</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>Où la connexion peut-elle être gardée ?</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>zbdesk n’a trouvé aucun trousseau utilisable ; choisissez comment protéger le secret et la connexion.</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1 (s’ouvre en premier)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>&amp;Supprimer « %1 »</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Nom</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>&amp;Ouvrir le tableau avec elle</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>&amp;Renommer « %1 »…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>&amp;Enregistrer</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>Enregistrer &amp;sous…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>Une vue a besoin d’un nom.</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>Tous les enregistrements</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>Renommer cette vue</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>Enregistrer les &amp;changements dans « %1 »</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>Enregistrer cette vue</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>Vues enregistrées</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>Vues enregistrées : %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>Restant à payer</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>Il y a déjà une vue de ce nom. Choisissez-en un autre, ou enregistrez les changements dans celle-là.</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>&amp;Vues</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>La vue « %1 » est supprimée.</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>La vue « %1 » est enregistrée.</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>Choisir</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>Choisissez ce qui est lu, et à quelle fréquence</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>Tout marche sans souris</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Aide</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>Regardez les %1 %2 qui sont ici</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Ouvrir</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>Ouvrir %1</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation>Les enregistrements apparaissent page par page</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>Voir les touches</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>Tri et filtres marchent sur ce qui est ici</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>Ce qui est désactivé ne coûte pas d’appels</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>Pendant l’attente</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>Tout afficher</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>Ils ont &amp;disparu…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>Vous attend</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>Fichier de &amp;clé (facultatif)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>&amp;Nom d’un tunnel nommé (facultatif)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>&amp;Port à ouvrir là-bas</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>&amp;Utiliser cette voie</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>&amp;Voie</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>Un message falsifié est refusé à sa signature.</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>Un tunnel nommé a une adresse publique : entrez-la.</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>Un port est un nombre de 0 à 65535 ; 0 laisse choisir le serveur.</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>Enregistrement…</translation>
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation>Ca&amp;nal</translation>
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>Cloudflare termine la ligne https et peut lire les messages. Le jeton est gardé dans le trousseau.</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>Vide : cherché dans le chemin de recherche.</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>Chaque voie se termine au même récepteur, que seul cet ordinateur peut joindre et qui vérifie chaque signature.</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>Pour un réseau qui ne laisse rien entrer et où aucun programme ne peut être installé. Vous devez faire confiance au relais.</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>Trouvé : %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>Du tableau de bord de Cloudflare. Sans lui, l’adresse est une autre après chaque démarrage. Vide garde l’actuel.</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>Du tableau de bord de ngrok ; version 3.16 ou plus récente. Vide garde l’actuel.</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>Comment Zoho Books atteint-il cet ordinateur ?</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>Il n’est pas sur cet ordinateur. Installez-le depuis Cloudflare (developers.cloudflare.com, Downloads), puis rouvrez ceci, ou dites ci-dessous où il est.</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>Il n’est pas sur cet ordinateur. Installez-le depuis ngrok (ngrok.com, Download), puis rouvrez ceci, ou dites ci-dessous où il est.</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>Son &amp;adresse publique</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>&amp;Genre de relais</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>Garde les messages tels quels (les signatures valent)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>Genre de relais</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>Faites mener son chemin /webhooks/ au port %1 de cet ordinateur, chemin conservé et contenu intact.</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>Ma propre adresse (serveur web, proxy ou tunnel dont quelqu’un s’occupe)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>Personne d’autre que votre serveur ne voit les messages.</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>Pas du tout : les modifications viennent par consultation</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>Rien ne peut joindre cet ordinateur.</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>Rien ne mène ici. zbdesk consulte à l’intervalle choisi, et rien n’est jamais perdu.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>&amp;Adresse publique</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>&amp;Adresse publique qui y mène</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>Relais à retirer : zbdesk va chercher, rien n’a à joindre cet ordinateur</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>Adresse ré&amp;servée (facultatif)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>S&amp;erveur</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>Connectez-vous-y une fois à la main, pour que sa clé soit connue ici : un serveur inconnu n’a jamais la confiance.</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>&amp;Jeton</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>&amp;Jeton du tunnel (facultatif)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>Le relais peut lire les messages. Un relais comme smee les réécrit : aucune signature ne vaut, quiconque connaît le canal peut envoyer, et les événements font seulement relire l’enregistrement par zbdesk.</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>Les réglages n’ont pas pu être écrits.</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>Il n’y a pas de ssh sur cet ordinateur. Il vient avec Windows comme fonctionnalité facultative (OpenSSH Client), et avec tout Linux et macOS.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>Ceci est nécessaire.</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>Voie</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>Ce qu’elle protège</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>Ce qu’il faut à cette voie</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>Où est le programme (&amp;facultatif)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>Qui tient l’adresse peut lire les messages là où la ligne https se termine.</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>Vous avez une adresse https publique. zbdesk la note seulement ; qui la tient la fait mener ici.</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared, démarré par zbdesk</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>ngrok termine la ligne https et peut lire les messages. Le jeton est gardé dans le trousseau.</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok, démarré par zbdesk</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.io et semblables (aucune signature ne vaut)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>ssh vers un serveur à moi, démarré par zbdesk</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>zbdesk garde ouverte une connexion SSH qui transmet un port. Le serveur web du serveur y mène /webhooks/.</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>zbdesk démarre le programme, le surveille, le redémarre s’il se termine et l’arrête en quittant.</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>%1 modifications sur %2 manquées, 7 derniers jours</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>%1 sur les %2 de Zoho par jour</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, prochaine à %2</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>%n n’a pas pu être fait</numerusform>
        <numerusform>%n n’ont pas pu être faits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>%n livraison est renvoyée</numerusform>
        <numerusform>%n livraisons sont renvoyées</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>%n fait</numerusform>
        <numerusform>%n faits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>%n événement relu</numerusform>
        <numerusform>%n événements relus</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>%n essai</numerusform>
        <numerusform>%n essais</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>%n refusé</numerusform>
        <numerusform>%n refusés</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>Une autre organisation</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Changer le secret…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>Des modifications sont manquées</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>Les modifications arrivent, d’ordinaire en %1</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>Abandonné</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>Disparu dans Zoho Books</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>Gardé : il ne désigne aucun enregistrement</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>Regarder les livraisons</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>Regarder le chemin</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>Le module n’est pas synchronisé</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>Ne désigne aucun enregistrement</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>Ni ici ni dans Zoho Books</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>Ni ici ni là-bas</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>Nouveau ici</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>Nouveau ici après %1</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>Pas mis en place</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>Zoho Books ne le montre pas</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>Rien n’est arrivé aujourd’hui</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>Nom public</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>Mis de côté : une autre organisation</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>Mis de côté : ce module n’est pas synchronisé</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Relire</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>Relu après %1</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>Lecture de l’enregistrement dans Zoho Books</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>Ligne sécurisée</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>Signature</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Pris</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>Tester le chemin</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>Cet ordinateur</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>Tunnel</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Inconnu</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Attend</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>Attend une connexion</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>Attend la fin de la pause</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>Attend la fin de la synchronisation</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>Attend le premier événement</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>Attend le réseau</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>Attend que Zoho Books autorise d’autres appels</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>Était déjà ici</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>Les webhooks ne passent pas</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>Webhooks : %1 échoue</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>Webhooks : les cinq parties du chemin sont en ordre</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>Zoho Books ne montre pas cet enregistrement</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>Zoho Books n’a pas répondu ; redemandé</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>venu %1 fois, gardé une fois</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>échoué %n fois</numerusform>
        <numerusform>échoué %n fois</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>échoue</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>en %1 ms</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>en ordre</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>pas encore de modifications à comparer</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>sans signature</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>non testé</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>relais à retirer</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>rejoué</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>secret de %1</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>votre propre adresse</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>&amp;Tester le chemin maintenant</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>Changer le secret…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>Les modifications viennent toutes les %1 min. Avec des webhooks, elles viennent en quelques secondes.</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>Choisir une autre voie…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>Choisissez comment Zoho Books atteint cet ordinateur, créez un secret et mettez-y en place les modules.</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>Choisir la voie…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>Choisie. Elle est prise en compte en quelques secondes puis testée.</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>Livraisons</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>Événements</translation>
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation>Ses événements sont des indices qui font seulement relire l’enregistrement. N’en utilisez jamais un public pour de vrais livres.</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>Ouvrir les paramètres</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>Transmis à</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>Test en cours…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>Le test n’a pas donné de résultat. Testez encore une fois.</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>Ce relais réécrit les messages, donc aucune signature ne peut valoir.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>Jusqu’à la réparation, zbdesk consulte toutes les %1 min, depuis %2 ; rien n’est perdu.</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>Ce qui est listé</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>Quoi coller et où…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · %2 refusés jusqu’ici</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>Les modifications viennent par consultation. Avec des webhooks, elles viennent en quelques secondes.</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>Vérifier toutes les parties</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>Mettre en place les webhooks</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>Webhooks aujourd’hui</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>arrivés</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>échouent</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>le dernier %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>manquent des modifications</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>manqués, comparé à la consultation</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>d’ordinaire ici en %1</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>attend le premier événement</translation>
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>Aide</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation>Rien n’est écrit dans Zoho Books avant votre accord à la dernière page.</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation>&amp;Connecter Zoho Books</translation>
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation>&amp;Connecter la société de démonstration</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>&amp;Regarder avec la société de démonstration</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>Un ID client et un secret client de la console d’API de Zoho</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>Connecter Zoho Books vous mène par cinq pages : centre de données, ID client et secret, connexion, organisation et quoi synchroniser. Rien n’est conservé ni lu avant la dernière.

La société de démonstration est un petit Zoho Books sur cet ordinateur. Elle n’a pas besoin de compte, et aucun de ses enregistrements n’approche les vôtres.</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>Par exemple books.zoho.in. Elle dit quel centre de données tient vos livres.</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>&amp;Continuer la connexion</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>À avoir sous la main</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>Rien du tout</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>Un clic sur sa page de connexion</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>L’adresse de votre Zoho Books</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>La société de démonstration tourne seulement sur cet ordinateur. Serveur et client sont remplis.</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>Vous pouvez les créer en chemin : les pages suivantes montrent où, et quoi coller.</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>Vous vous connectez sur la page de Zoho dans votre navigateur. zbdesk ne voit jamais votre mot de passe.</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>Votre navigateur l’ouvre, comme il ouvrirait la page de Zoho.</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>Votre propre connexion Zoho</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>Vos enregistrements et Zoho Books, gardés pareils</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>zbdesk met une seule fois dans Zoho Books ce que votre société émet, et apporte sur cet ordinateur ce qui y change. La connexion prend environ cinq minutes.</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>%1 &amp;modules de plus, tous désactivés</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>%1 appels de plus, les plus récents d’abord</translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n heure</numerusform>
        <numerusform>%n heures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n minute</numerusform>
        <numerusform>%n minutes</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation>&amp;Lignes de tout</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>Tous les modules sont comptés</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>Dans les deux &amp;sens</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>Choisissez au moins un module pour continuer.</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>Choisissez les modules et leur direction ; tout peut être changé plus tard dans Paramètres.</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>Direction</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>Moins de &amp;modules</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>Fréquence, et &amp;lignes</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>C&amp;hercher les modifications toutes les</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>Chercher les modifications toutes les</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>Tout n’a pas pu être compté.</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>Un appel par enregistrement ; sans cela, les lignes sont lues quand un enregistrement est ouvert ou change.</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>Lecture seule &amp;pour l’instant</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>Enregistrements est ce que compte Zoho Books. Un appel apporte jusqu’à 200 enregistrements ; Zoho autorise un nombre d’appels par jour selon le forfait, et zbdesk en garde pour vos propres clics.

Espace choisit le module de la ligne courante. Rien n’est conservé avant que vous ne choisissiez Démarrer la première synchronisation.</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>&amp;Démarrer la première synchronisation</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>Quelques secondes après, quand les webhooks sont en place.</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>Enregistrement de la connexion.</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>L’estimation est trop basse ; la synchronisation elle-même n’a pas besoin des décomptes.</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>Cette connexion a été demandée en lecture seule.</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>Ce qui change dans Zoho Books vient ici ; ce que vous saisissez ou importez ici va là-bas.</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>Quoi synchroniser</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>Sans cela, les lignes sont lues quand un enregistrement est ouvert ou change.</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>sur environ %n jour</numerusform>
        <numerusform>sur environ %n jours</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>zbdesk n’écrit jamais dans Zoho Books avant que cela ne soit changé dans Paramètres.</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>Demander</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>Commencer sans fenêtre s’il y a une barre d’état</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>Fermer et démarrer</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>Fermeture de la fenêtre</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>Garder en marche près de l’horloge</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Touches</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Quitter</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>Lettres seules comme touches, sous Conflits par exemple</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>Démarrage</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>Démarrer quand j’ouvre la session de cet ordinateur</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>Le démarrage avec la session est tenu par le système lui-même ; ce qui y est changé se voit ici. Il démarre dans la barre d’état et ne prend pas le focus.</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>Sans barre d’état, fermer la fenêtre quitte toujours : zbdesk ne tourne jamais sans être vu.</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>Enregistrement…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>Pas encore de réponse. Ce que vous avez saisi reste ici jusque-là.</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>Colonnes dans leur ordre</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>Les changements comptent aussitôt ; il n’y a rien à enregistrer.</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>pour %1 seulement</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>Les détails sont en cours de lecture ; le formulaire s’ouvre avec eux.</translation>
    </message>
  </context>
</TS>
