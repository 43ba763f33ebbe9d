<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;1 hour</source>
      <translation>1 घंटा (&amp;1)</translation>
    </message>
    <message>
      <source>&amp;30 minutes</source>
      <translation>30 मिनट (&amp;3)</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>गतिविधि (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>विंडो बंद करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>टकराव (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>पंक्तियाँ कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>डैशबोर्ड (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>विवरण (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Edit record…</source>
      <translation>रिकॉर्ड संपादित करें (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>निर्यात (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <translation>फ़िल्टर (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>फ़ाइल आयात करें (&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>कुंजियाँ और सहायता (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Last records</source>
      <translation>पिछले रिकॉर्ड (&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Minimise</source>
      <translation>छोटा करें (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Month end</source>
      <translation>माह-अंत (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>सूचनाएँ म्यूट करें (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>नया रिकॉर्ड (&amp;N)…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>विंडो का अगला भाग (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>zbdesk खोलें (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>जाने वाले (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>तालिका प्रिंट करें (&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>समस्याएँ (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>zbdesk से बाहर निकलें (&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>सेटिंग (&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>फिर से दिखाएँ (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>वेबहुक (&amp;W)</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>संगठन बदलें (&amp;G)…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>विंडो ढकें (&amp;V)</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>माह-अंत मोड (&amp;D)</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>सूचनाएँ %1 तक म्यूट (&amp;M)</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>डेटा फ़ोल्डर खोलें (&amp;D)</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>लॉग फ़ोल्डर खोलें (&amp;L)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Books में खोलें (&amp;Z)</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>रोकें (&amp;U)</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>सब कुछ फिर से पढ़ें (&amp;E)</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>फिर शुरू करें (&amp;U)</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>खोजें (&amp;H)…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>बंद करें (&amp;P)</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>रोका जा रहा है…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>अभी सिंक करें (&amp;N)</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>कल तक (&amp;T)</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>मेरे फिर से शुरू करने तक (&amp;R)</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>%1 तक</translation>
    </message>
  </context>
  <context>
    <name>ActivityModel</name>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>किसने शुरू किया</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>क्या हुआ</translation>
    </message>
    <message>
      <source>When</source>
      <translation>कब</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>कोई व्यक्ति</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>कोई वेबहुक</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>पहला सिंक</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>समय-सारणी</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>गतिविधि</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>अभी तक कुछ नहीं हुआ है</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>रन</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>गतिविधि पढ़ी नहीं जा सकती</translation>
    </message>
    <message>
      <source>View</source>
      <translation>दृश्य</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>क्या हुआ</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>zbdesk जो पढ़ता और करता है, वह यहाँ सूचीबद्ध होता है।</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>गतिविधि</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>बदलाव रद्द करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>हटाएँ (&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>संपादित करें (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>शून्य करें (&amp;V)…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>यह Zoho Books में हटाया जा चुका है।</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>यह अभी जा रहा है।</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>यह पहले ही भेजा जा चुका है।</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>यह पहले से शून्य है।</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>भेजा गया चिह्नित करें (&amp;S)</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>कुछ भी बकाया नहीं है।</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>भुगतान दर्ज करें (&amp;M)…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>यह कनेक्शन केवल पढ़ता है।</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>पता (&amp;D)</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>पता और गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>Zoho Books के लिए पता</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>इसे बदलें…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>चुनें कि Zoho Books इस कंप्यूटर तक कैसे पहुँचे</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>कॉपी करें</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>पता कॉपी करें</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>यह %1 से आता है।</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>%1 को बनाई गई। तब दिखाई गई थी और फिर नहीं दिखाई जाती।</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>zbdesk ने Zoho Books में बनाए: %1। डिस्कनेक्ट करने पर ये हट जाते हैं।</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>बनाएँ और दिखाएँ…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>अभी तक किसी ने कोई नहीं देखी।</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>गुप्त कुंजी (&amp;C)</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>मेरे लिए Zoho Books में सेट अप करें (&amp;O)…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>इससे पहले वाली %1 तक मान्य है; उसके बाद केवल यही।</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>अभी कोई सार्वजनिक पता नहीं है। चुनें कि Zoho Books यहाँ कैसे पहुँचे।</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>टनल (&amp;L)…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Zoho Books में क्या कहाँ चिपकाएँ</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>Zoho Books में वेबहुक Settings, Automation, Workflow Actions के अंतर्गत होते हैं। हर मॉड्यूल को अपना नियम चाहिए।</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n दिन</numerusform>
        <numerusform>%n दिन</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n घं</numerusform>
        <numerusform>%n घं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n मि</numerusform>
        <numerusform>%n मि</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AgeingPanel</name>
    <message>
      <source>%1 in %2</source>
      <translation>%2 में %1</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1: %3 में %2</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1–%2 दिन</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>अवधि</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>प्राप्य राशियों की मुद्रा</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>किसी पर कुछ बकाया नहीं: कोई खुला इनवॉइस नहीं।</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>अभी देय नहीं</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>%1 दिन से अधिक</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>अवधि के अनुसार प्राप्य</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>इनवॉइस दिखाएँ</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>कोई मुद्रा नहीं</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>ये %1 लिखें (&amp;W)</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>राशियाँ %1 में</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>रन अपने पहले लेखन से पहले रुक गया, क्योंकि वह आपकी सेटिंग द्वारा अपने-आप अनुमत सीमा से बड़ा है। देख लें कि क्या आप यही चाहते थे। इससे अधिक जो आएगा, उसके लिए फिर पूछा जाएगा।</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>%1 को %2 में लिखें?</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n कॉल</numerusform>
        <numerusform>%n कॉल</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n टकराव</numerusform>
        <numerusform>%n टकराव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n समस्या</numerusform>
        <numerusform>%n समस्याएँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) here</source>
      <translation>
        <numerusform>यहाँ %n रिकॉर्ड</numerusform>
        <numerusform>यहाँ %n रिकॉर्ड</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>सारी गतिविधि</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>%n मॉड्यूल को छोड़कर सभी</numerusform>
        <numerusform>%n मॉड्यूल को छोड़कर सभी</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>%1 के अनुसार</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>बदलाव अभी पढ़े जा रहे हैं</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>क्या कुछ आपकी प्रतीक्षा में है?</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>हर एक सूची में अपने उपाय के साथ है</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>इंटरनेट</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>क्या Zoho Books का सब कुछ यहाँ है?</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>पिछली बार %1 को ठीक था</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>बाद के बदलाव अभी यहाँ नहीं हैं</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>%1 के लाइन आइटम खोलने पर पढ़े जाते हैं</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>अभी देखा जा रहा है</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>अगली बार %1 पर</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>कोई समस्या नहीं</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>नहीं, कुछ नहीं</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>अभी नहीं</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>कुछ भी रास्ते में नहीं है</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>दोनों पक्षों पर कुछ नहीं बदला गया</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>इस कंप्यूटर के रिकॉर्ड</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>समस्याएँ दिखाएँ</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>साइन-इन</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>पहली जाँच अब होगी</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>पहला सिंक पूरा नहीं हुआ है</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>वेबहुक</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>जो पढ़ा नहीं जा सकता, वह नीचे सूची में है</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>पिछली बार कब देखा गया?</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>हाँ, %n बात</numerusform>
        <numerusform>हाँ, %n बातें</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>हाँ, सब कुछ</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>समाप्त हो गया है</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>पिछला %1</translation>
    </message>
    <message>
      <source>never</source>
      <translation>कभी नहीं</translation>
    </message>
    <message>
      <source>reached %1</source>
      <translation>%1 तक पहुँचा</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>जिस क्रम में आए</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>कोई रिकॉर्ड नहीं है या पुराना लगता है?</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>सेटिंग में कनेक्शन के अंतर्गत फिर से साइन इन करें चुनें। रिकॉर्ड और उनका इतिहास बने रहते हैं।</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>सिंक, सब कुछ फिर से पढ़ें चुनें। यह हर सूची को अंत तक पढ़ता है और हटाए गए रिकॉर्ड पहचानता है।</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>कमांड लाइन</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>चुनी हुई पंक्तियाँ कॉपी करें</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>डेटा फ़ोल्डर</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>वर्तमान रिकॉर्ड का विवरण</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>यहाँ जो कुछ है, सब पढ़ा जा सकता है। Zoho के फिर उत्तर देने पर सिंक अपने-आप जारी रहता है।</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>इस कंप्यूटर के कीचेन में या सीलबंद फ़ाइल में; डेटाबेस या लॉग में कभी नहीं।</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>यह पिछली बार के बाद Zoho Books में जो बदला, उसे पढ़ता है। इसके बिना यह अपने-आप होता है।</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>कुंजियाँ</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>कुंजियाँ और आकृतियाँ</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>वर्तमान सेल के कॉलम से क्रमबद्ध करें</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>रिकॉर्ड की अवस्थाएँ</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>यह प्रोग्राम</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>संस्करण</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>अभी सिंक करें क्या करता है?</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>इंटरनेट न हो तो?</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>लोग क्या पूछते हैं</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>मेरी गुप्त कुंजियाँ कहाँ हैं?</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>zbdesk प्रतीक्षा क्यों करता है?</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>Zoho प्रति मिनट और प्रति दिन सीमित कॉल की अनुमति देता है। कुछ नहीं खोता; यह अपने-आप जारी रहता है।</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>Zoho ने साइन-इन समाप्त कर दिया?</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>वापस (&amp;B)</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>सुधार सूची, CSV के रूप में (&amp;L)</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>प्रतिदिन %2 में से %1 कॉल। अपने-आप चलने वाले काम इनसे पहले रुक जाते हैं; आपके अपने क्लिक चलते रहते हैं।</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>अधिकतम, प्रति मिनट</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>प्रति मिनट कॉल</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>Zoho Books को कॉल</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>आपके क्लिक के लिए आरक्षित</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>कोई सीमा नहीं</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>दिन की कॉल में से। अपने-आप चलने वाले काम इससे पहले रुक जाते हैं; आपके अपने क्लिक चलते रहते हैं।</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>आज</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>Zoho Books एक संगठन से, उसके सभी प्रोग्रामों को मिलाकर, प्रति मिनट 100 कॉल लेता है।</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>%1 आपके क्लिक के लिए आरक्षित</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>%2 में से %1 उपयोग हुईं</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>%1 उपयोग हुईं, आपके प्लान की संख्या ज्ञात नहीं</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>अभी कुछ गिना नहीं गया</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>आज की Zoho Books कॉल</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>%1 पर फिर शुरू</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>%1 तक प्रतीक्षा</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>हस्तांतरण</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>हस्तांतरण कार्ड (&amp;D)…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>जब कोई और काम सँभाले</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>किसने साइन इन किया, उसे क्या अनुमति है, उस व्यक्ति के जाने पर क्या रुक जाएगा; कॉपी या प्रिंट करने के लिए।</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>तालिका के रूप में दिखाएँ</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>%n इनवॉइस</numerusform>
        <numerusform>%n इनवॉइस</numerusform>
      </translation>
    </message>
    <message>
      <source>Cr</source>
      <translation>क</translation>
    </message>
    <message>
      <source>L</source>
      <translation>ला</translation>
    </message>
    <message>
      <source>M</source>
      <translation>M</translation>
    </message>
    <message>
      <source>bn</source>
      <translation>bn</translation>
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
      <translation>%1: %2 पंक्तियाँ %3 दस्तावेज़ हैं। अभी तक कुछ नहीं लिखा गया है।</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>समीक्षा के लिए रोकें (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Import</source>
      <translation>आयात करें (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Import %1 %2</source>
      <translation>%1 %2 आयात करें (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Save mapping</source>
      <translation>मैपिंग सहेजें (&amp;S)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(वैकल्पिक)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>ऐसी अगली फ़ाइल के लिए</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>मैपिंग को नाम दें।</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>वापस जाकर उनके सेल सुधारें, या उन्हें छोड़ दें; वे अंत में सूचीबद्ध हैं।</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>आयात कैसे होगा</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>मैपिंग का नाम (&amp;P)</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>मैपिंग का नाम</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>कोई भी दस्तावेज़ इस रूप में आयात नहीं हो सकता।</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>अभी तक कुछ नहीं लिखा गया है।</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>जब तक आप जाने वाले में जारी नहीं करते, Zoho Books को कुछ नहीं जाता।</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>%1 के रूप में सहेजा गया।</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>कुछ पंक्तियाँ गलत हैं, इसलिए कुछ नहीं लिया जाता। उन्हें सुधारें, या सही पंक्तियाँ लें।</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>जब तक एक भी पंक्ति गलत है, कुछ न लें (&amp;N)</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>सही दस्तावेज़ लें, बाकी की सूची बनाएँ (&amp;G)</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>आयात एक बैच है: जब तक उसका कुछ भी Zoho Books को नहीं गया है, उसे पूरा वापस लिया जा सकता है, इस आयात के अंत में या बाद में स्रोत में।</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>पंक्तियाँ जाँची जा रही हैं, %1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>निगरानी वाले फ़ोल्डर और कमांड लाइन सहेजी गई मैपिंग का उपयोग उनके नाम से करते हैं।</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>आयात किया गया डेटा अगले सिंक के साथ Zoho Books को जाता है।</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>क्या आयात होगा</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>%2 में से %1 छूटे</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%2 में से %1 मॉड्यूल</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>आज %1</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>Zoho Books में सेट अप</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>पिछला %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>zbdesk ने बनाया, पहली घटना की प्रतीक्षा में</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>पहली घटना की प्रतीक्षा में</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%2 में से %1 बिंदु शेष हैं।</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>जाँच सूची</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>हर बिंदु पूरा है।</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>दिखाएँ</translation>
    </message>
    <message>
      <source>Show: %1</source>
      <translation>दिखाएँ: %1</translation>
    </message>
    <message>
      <source>The period can be signed off.</source>
      <translation>अवधि का अनुमोदन किया जा सकता है।</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>फ़िल्टर %1 हटाएँ</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>बैंक रेमिटेंस</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>बैंक ट्रांसफ़र</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>नकद</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>जाँच</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>क्रेडिट</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>क्रेडिट कार्ड</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>ग्राहक</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>डेबिट</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>माल</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>अन्य</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>सेवा</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>विक्रेता</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>%1 ऐसे समय में बने जब कहीं और दूसरा महीना है</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n रिकॉर्ड</numerusform>
        <numerusform>%n रिकॉर्ड</numerusform>
      </translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>दोनों पक्ष समान हैं।</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>बदलाव बिना घटना के आए, या घटनाएँ प्रतीक्षा में हैं।</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>जाँच सूची</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>किससे तुलना</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>घड़ी पर निर्भर तिथियाँ</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>अंतर</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>अंतर, रिकॉर्ड के अनुसार</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>हर बिंदु पूरा है।</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>मिलान का हैश</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>इन आँकड़ों का हैश (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>बनाने का समय</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>बनाने वाला</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>माह-अंत अनुमोदन</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>कोई टकराव नहीं</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>कोई तिथि महीने के अंत से आगे नहीं खिसकती</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>अवधि के अंत तक कोई ड्राफ़्ट नहीं</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>कोई परिणाम अज्ञात नहीं</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>कोई समस्या नहीं</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>कोई नहीं।</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>अवधि समाप्त होने के बाद अंत तक नहीं पढ़े गए: %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>अभी अंत तक नहीं पढ़े गए: {names}। उनके आँकड़े पूरे नहीं हैं।</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>टिप्पणी</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>कुछ भी जाने की प्रतीक्षा में नहीं</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>नंबर</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>{count} रिकॉर्ड की राशि अभी कोई नहीं बता सकता।</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>एक बिंदु शेष है। फिर भी अवधि का अनुमोदन किया गया।</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>पक्षकार</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>अवधि</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>%1 की तिमाही %2</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>यहाँ के रिकॉर्ड</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Zoho Books के रिकॉर्ड</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>सिंक ठीक है</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>तब इतिहास पंक्ति {seq} पर हैश {hash} के साथ समाप्त हुआ</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>पिछला सिंक पूरा नहीं हुआ, या एक दिन से पुराना है।</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>दोनों पक्ष अलग हैं।</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>यह कंप्यूटर</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>मिलान</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>मिलान बराबर है</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>वेबहुक बिना अंतराल के आ रहे हैं</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>क्या अलग है</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>वर्ष %1</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>Zoho Books, जैसा पिछली बार पढ़ा गया; सबसे पुरानी सूची {moment} की है</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books, {moment} पर पूछा गया</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>सूची जो कभी अंत तक नहीं पढ़ी गई</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>अलग राशि</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>अलग मुद्रा</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>अलग अवधि</translation>
    </message>
    <message>
      <source>done</source>
      <translation>पूरा</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>समस्या है</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>अभी नहीं गया है</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>टकराव में</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>संगठन के लिए {organization}, UTC में {utc}, इस कंप्यूटर पर {computer} को बना</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>कोई उत्तर नहीं आया</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>केवल यहाँ</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>केवल Zoho Books में</translation>
    </message>
    <message>
      <source>open</source>
      <translation>बकाया</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>यहाँ शून्य</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>Zoho Books में शून्य</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>देखने योग्य</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>zbdesk tieout verify फ़ाइल बताता है कि फ़ाइल में अब भी वही है जो पहले था।</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>{count} और इस फ़ाइल के साथ जाने वाले आँकड़ों में और CSV में हैं।</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count} बिंदु शेष हैं। फिर भी अवधि का अनुमोदन किया गया।</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>%1 लिखा गया।</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>Zoho Books से पूछा जा रहा है: %1, %2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>Zoho Books से पूछा जा रहा है…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>माह-अंत मोड शुरू करें (&amp;M)</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>दोनों पक्ष समान हैं।</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSV फ़ाइल (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>कोई और चुनें।</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>%1 पर पूछे गए Zoho Books से तुलना।</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>पिछली बार पढ़े गए Zoho Books से तुलना; सबसे पुरानी सूची %1 की है।</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>तुलना हो रही है…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>माह-अंत मोड समाप्त करें (&amp;M)</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>महीने के अंत के पास का हर दस्तावेज़ सभी घड़ियों के अनुसार एक ही दिन बना।</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>कोई तिथि घड़ी पर निर्भर नहीं</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>इस अवधि में कोई रिकॉर्ड नहीं</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>अभी अंत तक नहीं पढ़े गए: %1।</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>PDF फ़ाइल (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>सहेजें</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>अनुमोदन (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>दोनों पक्षों में %1 में अंतर है।</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>never</source>
      <translation>कभी नहीं</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>%1 तक</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>मेरे समाप्त करने तक</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>&amp;As they came</source>
      <translation>जिस क्रम में आए (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>पूर्ण (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>संकरा (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>चौड़ा (&amp;W)</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>कॉलम</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>नीचे ले जाएँ (&amp;D)</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>ऊपर ले जाएँ (&amp;U)</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>Space दिखाता या छिपाता है, Alt के साथ तीर कुंजियाँ स्थान और चौड़ाई बदलती हैं।</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>चौड़ाई %1</translation>
    </message>
  </context>
  <context>
    <name>ColumnFilter</name>
    <message>
      <source>&amp;Apply</source>
      <translation>लागू करें (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Contains</source>
      <translation>शामिल है (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>से (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>अवधि (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>फ़िल्टर हटाएँ (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>तक (&amp;T)</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>सभी शब्द होने चाहिए, किसी भी क्रम में; बड़े-छोटे अक्षर और मात्रा-चिह्नों का अंतर नहीं माना जाता।</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>चुने हुए दिन</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>खाली: इस ओर कोई सीमा नहीं।</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>%1 से फ़िल्टर करें</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>हर रिकॉर्ड की अपनी मुद्रा में। खाली: इस ओर कोई सीमा नहीं।</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>किसी रिकॉर्ड में ऐसी राशि नहीं हो सकती।</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>अवधि</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>यह अंत आरंभ से पहले है।</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>पिछले 30 दिन</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>पिछले 7 दिन</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>पिछला वित्तीय वर्ष</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>पिछला महीना</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>पिछली तिमाही</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>यह वित्तीय वर्ष</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>यह महीना</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>यह तिमाही</translation>
    </message>
    <message>
      <source>today</source>
      <translation>आज</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>शेष</translation>
    </message>
    <message>
      <source>Bank</source>
      <translation>बैंक</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>बदला गया</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>कोड</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>कंपनी</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>ग्राहक</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>देय</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>नंबर</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>भुगतान पाने वाला</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>संदर्भ</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>स्थिति</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>प्रकार</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>विक्रेता</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>%1 सेल सुधारने हैं</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>%1 पंक्तियाँ</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>अनुमान के अनुसार</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>हर फ़ील्ड एक कॉलम से भरा जा सकता है। दस्तावेज़ का नंबर ही उसे दूसरों से अलग करता है: वही नंबर दोबारा आए तो वह बदलाव है, दूसरा दस्तावेज़ नहीं।

F8 सुधारने योग्य अगले सेल पर जाता है, Shift+F8 पिछले पर; Enter उसे वहीं सुधारता है। फ़ाइल स्वयं कभी नहीं बदली जाती।</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>कम से कम एक कॉलम को उसका फ़ील्ड दें।</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>फ़ाइल के हर कॉलम को उसका फ़ील्ड दें; zbdesk ने नामों और सामग्री से जो अनुमान लगाया, वह भरा हुआ है।</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>मैपिंग (&amp;G)</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>मैपिंग</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>सुधारने का अगला सेल</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>पिछला</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>पंक्तियाँ, जैसे वे पढ़ी जाएँगी</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>आगे बढ़ने के लिए बताएँ कि पहले दिन आता है या महीना।</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>आगे बढ़ने के लिए बताएँ कि दशमलव चिह्न बिंदु है या अल्पविराम।</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>पहले कॉलमों के ऊपर दी गई बात निपटाएँ।</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>मैपिंग में ऐसे कॉलम भी हैं जो इस फ़ाइल में नहीं हैं: %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>अगला दिखाई गई पंक्तियों में नहीं है; वह सुधार सूची में है।</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>पंक्तियाँ जाँची जा रही हैं…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>कौन-सा कॉलम क्या है?</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>जाँच हो रही है, %1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>पढ़ा जा रहा है…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>पहली %1 पंक्तियाँ</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>सुधारने को कुछ नहीं</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>%1 अब छोड़ दिया गया है: उसका फ़ील्ड %2 को मिला।</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>फ़ाइल का कॉलम</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>कॉलम और फ़ील्ड</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>फ़ील्ड</translation>
    </message>
    <message>
      <source>Field of %1</source>
      <translation>%1 का फ़ील्ड</translation>
    </message>
    <message>
      <source>First value</source>
      <translation>पहला मान</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>छोड़ दें</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>क्या दिखाता है</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1: पहले %2, अब %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>%1 हटाएँ (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>%1 शून्य करें (&amp;V)</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>%n बदलाव लिखें (&amp;W)</numerusform>
        <numerusform>%n बदलाव लिखें (&amp;W)</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>हर बार संगठन बदलने के बाद एक बार पूछा जाता है।</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>आधार मुद्रा</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>देश</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>%1 हटाएँ?</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>संगठन बदलने के बाद पहला लेखन</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>क्या यह अब भी %1 है?</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>यह अभी नहीं गया है, इसलिए Zoho Books में कुछ नहीं बदलता। यह यहाँ से हटाया जाता है।</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>यह Zoho Books में और यहाँ हटाया जाता है; Zoho Books कोई प्रति नहीं रखता। यदि वहाँ बदला गया हो, तो आपसे पूछा जाएगा।</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>यह अगले रन के साथ जाता है; तब तक बदलाव रद्द करें से इसे वापस लिया जा सकता है।</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>यह Zoho Books में शून्य स्थिति के साथ रहता है और गिना नहीं जाता।</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>संगठन का छोटा नाम</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>कर ID</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>इसके साथ %1 का बकाया शेष भी चला जाता है।</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>इस विंडो में पहले %1 था। आप दूसरे संगठन में लिखने जा रहे हैं।</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>संगठन की पुष्टि के लिए %1 लिखें</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>%1 शून्य करें?</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>Zoho Books अब इसका विवरण अलग देता है। आपकी सहमति तक कुछ नहीं लिखा जाएगा।</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>निपटाया जा रहा है…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> और </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1 दिन या अधिक</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1 या अधिक</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>फ़िल्टर जोड़ें (&amp;A)</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>दाँव पर राशि</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>कोई भी राशि</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>दाँव पर: %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>फ़ील्ड</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>नंबर या नाम से फ़िल्टर करें</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>सबसे बड़ी राशि पहले</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>नवीनतम पहले</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>सबसे पुराने पहले</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1 खोलें</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>कब से खुला</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>क्रम</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>एक दिन या अधिक</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>टकराव</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n दिन</numerusform>
        <numerusform>%n दिन</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>%n समान फ़ील्ड</numerusform>
        <numerusform>%n समान फ़ील्ड</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>%n पंक्ति</numerusform>
        <numerusform>%n पंक्तियाँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>%n पंक्ति अलग है</numerusform>
        <numerusform>%n पंक्तियाँ अलग हैं</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(कोई नहीं)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>फिर से बनाया गया</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>हटाया गया</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>यहाँ हटाया गया</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>Zoho Books में हटाया गया</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>संपादित</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>बिना पूछे जोड़ा गया: केवल एक पक्ष पर बदला</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>वहाँ जैसा है वैसा रखा गया</translation>
    </message>
    <message>
      <source>No</source>
      <translation>नहीं</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>मूल्य</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>मात्रा</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>हाँ</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n टकराव</numerusform>
        <numerusform>%n टकराव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>%n फ़ील्ड तय करना है</numerusform>
        <numerusform>%n फ़ील्ड तय करने हैं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>%n रिकॉर्ड Zoho Books में लिखा गया</numerusform>
        <numerusform>%n रिकॉर्ड Zoho Books में लिखे गए</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>सब Zoho Books से (&amp;O)</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>सब इस कंप्यूटर से (&amp;C)</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>यह परिणाम लागू करें (&amp;T)</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>सूची पर वापस</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>सब साफ़ करें</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>टकराव</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>टकराव</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>इतिहास (&amp;Y)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Books में खोलें (&amp;Z)</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>छोड़ें (&amp;K)</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>नियम से निपटाएँ (&amp;B)…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>पिछला वापस लें (&amp;D)</translation>
    </message>
  </context>
  <context>
    <name>ConflictsPage</name>
    <message>
      <source>%1 checked</source>
      <translation>%1 चिह्नित</translation>
    </message>
    <message>
      <source>%1 from Zoh&amp;o Books…</source>
      <translation>%1 Zoho Books से (&amp;O)…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1 इस कंप्यूटर से (&amp;C)…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 निपटाए गए</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>%1 निपटाए गए। जाने से पहले Z से वापस लिया जा सकता है।</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2।</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>सभी टकराव</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>सब Zoho Books से (&amp;O)</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>सब इस कंप्यूटर से (&amp;C)</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>फ़िल्टर से मेल खाते सभी</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>परिणाम देखने के लिए हर फ़ील्ड का पक्ष चुनें।</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>सब साफ़ करें</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>J और K सूची में आगे-पीछे ले जाते हैं</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>वहाँ कोई राशि नहीं बदलती।</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>कोई टकराव नहीं</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>%1 में से कोई मेल नहीं खाता</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>वहाँ कुछ नहीं लिखा जाता।</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>दोनों पक्षों पर कुछ नहीं बदला।</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>टकराव पढ़े जा रहे हैं…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>वापस लिया गया</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>वापस लिया गया; इसका कुछ भी नहीं गया है।</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>चिह्नित टकराव</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>टकराव पढ़े नहीं जा सकते</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>रिकॉर्ड की मौजूदा अवस्था में यह नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>इस सर्वर पर रिकॉर्ड के वेब पेज नहीं हैं।</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>गणना हो रही है…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>दाँव पर %1</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>दोनों पक्षों पर बदला। आपके निर्णय तक कुछ नहीं भेजा जाता।</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>Client ID और गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Zoho Books कनेक्ट करें</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>डेटा सेंटर</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>कनेक्ट करना जारी रखें (&amp;C)</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>साइन इन करें</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>क्या सिंक करें</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>कनेक्शन</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>पिछला संपर्क</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>पिछली बार ठीक</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>अगली जाँच</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>इस कंप्यूटर के रिकॉर्ड</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>साइन-इन</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>समाप्त हो गया है</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>नियोजित नहीं</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>अभी नहीं</translation>
    </message>
    <message>
      <source>now</source>
      <translation>अभी</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>अपने-आप नवीनीकृत होता है</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>नवीनीकृत करें</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>फिर से साइन इन करें (&amp;I)…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>साइन-इन</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>उपयोग में आ रहे संगठन का साइन-इन</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>फिर से साइन इन करने पर सभी रिकॉर्ड और उनसे जुड़ी जानकारी बनी रहती है।</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>पढ़ना और लिखना</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>केवल पढ़ना</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>%1 से</translation>
    </message>
  </context>
  <context>
    <name>CopyButton</name>
    <message>
      <source>&amp;Copy</source>
      <translation>कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>कॉपी हो गया</translation>
    </message>
  </context>
  <context>
    <name>Counts</name>
    <message>
      <source>Documents</source>
      <translation>दस्तावेज़</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>The window is covered. Press a key to show it again.</source>
      <translation>विंडो ढकी हुई है। फिर दिखाने के लिए कोई कुंजी दबाएँ।</translation>
    </message>
  </context>
  <context>
    <name>CredentialsPage</name>
    <message>
      <source>&amp;Client ID</source>
      <translation>Client ID (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Grant code</source>
      <translation>अनुदान कोड (grant code) (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>कंसोल में क्लाइंट का प्रकार (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>मेरा ब्राउज़र यहाँ वापस नहीं आ सकता: कोड का उपयोग करें (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>%1 खोलें (&amp;O)</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>आगे बढ़ने के लिए एक खाली पोर्ट चाहिए।</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>1024 से 65535 तक कोई भी खाली पोर्ट। नया पता कंसोल में भी दर्ज होना चाहिए।</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>Zoho से केवल पढ़ने की अनुमति माँगें (&amp;Z)</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>%1 चुनें, फिर %2।</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>Client ID और Client Secret</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>Client Secret (&amp;T)</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>कॉपी करें (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>सब कॉपी करें (&amp;L)</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>आगे बढ़ने के लिए Client ID ठीक करें।</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>1024 से 65535 तक की संख्या दर्ज करें।</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>डेमो कंपनी के लिए भरा हुआ है।</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>प्रतिबंधित कंप्यूटरों के लिए: कंसोल में Add Client, फिर Self Client चुनें। Generate Code में नीचे दिया गया scope चिपकाएँ, दस मिनट चुनें और कोड यहाँ चिपकाएँ। ऊपर Self Client की अपनी ID और गुप्त कुंजी का उपयोग करें।</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>Zoho API कंसोल में Add Client, फिर Server-based Applications चुनें। कोई भी नाम दर्ज करें, होमपेज के रूप में http://localhost, और Authorized Redirect URIs में यहाँ दिखाया गया पता। Create चुनें। इसके बाद Client Secret टैब में ID और गुप्त कुंजी दिखाई देती हैं।

यदि आपकी कंपनी कई डेटा सेंटर उपयोग करती है, तो क्लाइंट का Settings टैब खोलें और बाकी भी चालू करें।</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>यह अक्षरशः वही होना चाहिए। पोर्ट %1 इस कंप्यूटर पर खाली है।</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>यह एक ही बार काम करता है, और केवल कंसोल में चुने गए मिनटों तक।</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>इसका क्लाइंट सबको ज्ञात है और केवल डेमो खोलता है। आगे बढ़ने के लिए साइन इन करें चुनें।</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>केवल %1 में रखा जाता है। चिपकाने पर सिरों के रिक्त स्थान हटा दिए जाते हैं।</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>केवल इस कंप्यूटर के कीचेन में रखा जाता है। चिपकाने पर सिरों के रिक्त स्थान हटा दिए जाते हैं।</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>कंसोल में क्लाइंट का प्रकार</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>Zoho API कंसोल में zbdesk के लिए क्लाइंट बनाएँ, फिर उसकी ID और गुप्त कुंजी यहाँ चिपकाएँ।</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>प्रशासकों के लिए और विकल्प (&amp;D)</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>कोई ब्राउज़र नहीं खुल सका। %1 को अपने किसी ब्राउज़र में खोलें।</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>%1 डेटा सेंटर का कंसोल खोलें</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>इस सर्वर का कंसोल खोलें</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>चिपकाएँ</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>आगे बढ़ने के लिए Client ID चिपकाएँ।</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>Client Secret चिपकाएँ</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>आगे बढ़ने के लिए Client Secret चिपकाएँ।</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>आगे बढ़ने के लिए अनुदान कोड चिपकाएँ, या वह भाग बंद करें।</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>इसे वहाँ “Authorized Redirect URIs” में चिपकाएँ</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>कंसोल “Client Secret” में जो दिखाता है, उसे चिपकाएँ</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>पोर्ट</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>Redirect URI</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>साइन इन करें (&amp;I)</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>Scope</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>कोड के लिए Scope</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>Server-based सही है, जब तक कि आपके प्रशासक ने क्लाइंट दूसरे प्रकार का न बनाया हो।</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>तब साइन-इन स्वयं लिख नहीं सकता। बाद में लिखने के लिए नया साइन-इन चाहिए।</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>भीतर एक रिक्त स्थान है। केवल ID कॉपी करें।</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>यह ई-मेल पते जैसा दिखता है। ID 1000. से शुरू होती है।</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>दूसरा पोर्ट उपयोग करें (&amp;A)</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>इसका उपयोग करें</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>Zoho की Client ID 1000. से शुरू होती है और आगे बड़े अक्षर और अंक होते हैं।</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>डैशबोर्ड</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>आपके Zoho Books का पता (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>अन्य सर्वर (परीक्षण और निजी व्यवस्था के लिए) (&amp;O)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(वैकल्पिक: ब्राउज़र से कॉपी करें)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>सिंगापुर की कंपनी की बहियाँ आमतौर पर books.zoho.com पर होती हैं। चुनाव गलत हो तो zbdesk साइन-इन पर पहचानकर ठीक कर देता है।</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>Accounts सर्वर (&amp;C)</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>API सर्वर (&amp;I)</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>आगे बढ़ने के लिए डेटा सेंटर चुनें।</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>वह डेटा सेंटर चुनें जिसका पता Zoho Books खोलने पर ब्राउज़र में दिखता है।</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>आगे बढ़ने के लिए चिह्नित पता ठीक करें।</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>डेटा सेंटर</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>आगे बढ़ने के लिए दोनों सर्वर दर्ज करें।</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>अपने ब्राउज़र में Zoho Books खोलें और पता देखें। “books.” के बाद का भाग डेटा सेंटर बताता है: books.zoho.eu यूरोप है, books.zohocloud.ca कनाडा है।

पूरा पता फ़ील्ड में चिपकाएँ, पंक्ति आपके लिए चुन ली जाएगी। तीर कुंजियाँ पंक्तियों में ले जाती हैं।</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>पता मायने रखता है, आपकी कंपनी का देश नहीं।</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>यह पता %1 डेटा सेंटर का है, पर नीचे दूसरा चुना हुआ है।</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>यह पता %1 डेटा सेंटर का है। वह नीचे चुना हुआ है।</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>यह पता Zoho का नहीं है। सूची में डेटा सेंटर चुनें।</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>ये सर्वर उपयोग करें (&amp;T)</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>आपकी बहियाँ कहाँ रखी हैं?</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>ऑस्ट्रेलिया</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>कनाडा</translation>
    </message>
    <message>
      <source>China</source>
      <translation>चीन</translation>
    </message>
    <message>
      <source>Europe</source>
      <translation>यूरोप</translation>
    </message>
    <message>
      <source>India</source>
      <translation>भारत</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>जापान</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>सऊदी अरब</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>संयुक्त अरब अमीरात</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>यूनाइटेड किंगडम</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>संयुक्त राज्य अमेरिका</translation>
    </message>
    <message>
      <source>own server</source>
      <translation>अपना सर्वर</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>{place} डेटा सेंटर</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Data</source>
      <translation>डेटा</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>इस कंप्यूटर पर</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>फ़ोल्डर को केवल आपका अपना उपयोगकर्ता पढ़ सकता है। उसमें या लॉग में कोई पासवर्ड या टोकन नहीं होता। उसे कहीं और रखने के लिए प्रोग्राम बंद करें, फ़ोल्डर ले जाएँ और --data-dir या ZBDESK_DATA_DIR के साथ शुरू करें।</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>डेटा फ़ोल्डर खोलें (&amp;O)</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>स्थान</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>%1 बदलें (&amp;C)</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>%1 की तिथि बदलें</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>हर एक को यह तिथि मिलती है और तुरंत फिर कोशिश की जाती है।</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>तिथि दर्ज करें।</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>पहला दिन जो लॉक नहीं है, या बाद का।</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>और %1 अन्य</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>%n रिकॉर्ड हटाएँ (&amp;D)</numerusform>
        <numerusform>%n रिकॉर्ड हटाएँ (&amp;D)</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>इस कंप्यूटर से %1 के रिकॉर्ड हटाएँ?</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>संगठन का छोटा नाम</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>कनेक्शन समाप्त किया जाता है, और इस संगठन के रिकॉर्ड, इतिहास, मैपिंग और नियम यहाँ से हटाए जाते हैं। Zoho Books में सब कुछ रहता है। इसे वापस नहीं लिया जा सकता।</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>वे खो जाएँगे।</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>संगठन की पुष्टि के लिए %1 लिखें</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>कुछ नहीं खोया है; आपके फिर से साइन इन करने पर सिंक जारी रहता है।</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>पढ़ना {time} पर अपने-आप जारी होगा।</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>रिकॉर्ड पढ़े जा सकते हैं। Zoho Books के फिर उत्तर देने पर सिंक अपने-आप जारी रहता है।</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>सिंक रुक गया।</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>यह कंप्यूटर {time} से ऑफ़लाइन है।</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>Zoho Books अभी और कॉल की अनुमति नहीं देता।</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>Zoho ने साइन-इन समाप्त कर दिया।</translation>
    </message>
  </context>
  <context>
    <name>DesktopNotices</name>
    <message>
      <source>Open zbdesk</source>
      <translation>zbdesk खोलें</translation>
    </message>
  </context>
  <context>
    <name>DetailPane</name>
    <message>
      <source>%1 lines</source>
      <translation>%1 पंक्तियाँ</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1, देय %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1, अतिदेय</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 पंक्ति</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>Zoho Books के सभी फ़ील्ड (&amp;Z)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>शेष</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>वहाँ बदला गया</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>विवरण देखने के लिए कोई रिकॉर्ड चुनें।</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>विवरण बंद करें</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>तिथियाँ</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>विवरण</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>पहले और बाद के फ़ील्ड (&amp;F)</translation>
    </message>
    <message>
      <source>History</source>
      <translation>इतिहास</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>लाइन आइटम केवल Zoho Books में हैं; उसके फिर उत्तर देने पर पढ़े जाएँगे।</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>पंक्तियाँ</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>Zoho Books में खोलें</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>Zoho Books से पंक्तियाँ पढ़ी जा रही हैं…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>संदर्भ</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>स्रोत</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>स्थिति</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>कुल</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>और %1 अन्य, Zoho Books में</translation>
    </message>
  </context>
  <context>
    <name>DetailParts</name>
    <message>
      <source>%1 entries</source>
      <translation>%1 प्रविष्टियाँ</translation>
    </message>
    <message>
      <source>Applied credits</source>
      <translation>लागू क्रेडिट</translation>
    </message>
    <message>
      <source>Nothing of it has left; the record is again as both sides last agreed.</source>
      <translation>इसका कुछ भी नहीं गया है; रिकॉर्ड फिर वैसा है जैसा दोनों पक्षों में पिछली बार सहमत था।</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>भुगतान</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>लागू किया</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>वापस लें (&amp;B)</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>Zoho Books में बदला जाएगा</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>Zoho Books में हटाया जाएगा</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>Zoho Books में किया जाएगा</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>Zoho Books में डाला जाएगा</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>और %1 अन्य फ़ील्ड</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>और %1 अन्य, Zoho Books में</translation>
    </message>
    <message>
      <source>no</source>
      <translation>नहीं</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>हाँ</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>यह फ़ाइल कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>आर्काइव सहेजें (&amp;S)…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>तैयार किया जा रहा है…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>सहायता के लिए डायग्नोस्टिक्स</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>आर्काइव की फ़ाइलें</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>आर्काइव सहेजें</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>%1 के रूप में सहेजा गया।</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>फ़ाइल का पाठ</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>आर्काइव में केवल ये फ़ाइलें जाती हैं। गुप्त कुंजियाँ, पते, खाता संख्याएँ और ग्राहकों के नाम छोड़ दिए जाते हैं। कुछ भी भेजा नहीं जाता: फ़ाइल का क्या करना है, यह आप तय करते हैं।</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>%1 छोटी राशियों के</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>%n और बदलाव</numerusform>
        <numerusform>%n और बदलाव</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>देखा हुआ चिह्नित करें</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>तब से Zoho Books में कुछ नहीं बदला है।</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>पिछली बार देखने के बाद से</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>पिछली बार देखने के बाद से, %1</translation>
    </message>
  </context>
  <context>
    <name>DisconnectDialog</name>
    <message>
      <source>&amp;Disconnect</source>
      <translation>डिस्कनेक्ट करें (&amp;D)</translation>
    </message>
    <message>
      <source>Disconnect %1?</source>
      <translation>%1 डिस्कनेक्ट करें?</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>साइन-इन Zoho पर समाप्त किया जाता है और यहाँ भुला दिया जाता है। रिकॉर्ड और लिंक इस कंप्यूटर पर रहते हैं; फिर कनेक्ट करने पर वहीं से जारी रहता है। Zoho Books में कुछ नहीं बदलता।</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>वे रहते हैं और फिर कनेक्ट करने के बाद जाते हैं।</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>खारिज करें (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>कारण (&amp;R)</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>%1 खारिज करें?</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>यह सूची से हट जाता है और फिर कोशिश नहीं की जाती। वापस लें का विकल्प खारिज किए गए में रहता है।</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>कारण बताएँ, ताकि बाद में दूसरे समझ सकें।</translation>
    </message>
  </context>
  <context>
    <name>DryRunDialog</name>
    <message>
      <source>&amp;Copy list</source>
      <translation>सूची कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>कॉपी हो गया</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>अभी Zoho Books में</translation>
    </message>
    <message>
      <source>No</source>
      <translation>नहीं</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>नियोजित लेखन</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>यह परीक्षण रन है। कुछ भी नहीं भेजा गया है।</translation>
    </message>
    <message>
      <source>What</source>
      <translation>क्या</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>क्या लिखा जाएगा: %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>भेजा जाएगा</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>हाँ</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>छोड़ दें (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>संपादन जारी रखें (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>बदलाव सहेजें (&amp;S)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(वैकल्पिक)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>वहाँ कोई राशि नहीं बदलती।</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All modules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of the events fits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signature checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What became of it</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhook events</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Excel workbook</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One list of objects.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SQLite database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Empty for no export. Takes effect with the next start of zbdesk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every %1 days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder for exports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records to export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scheduled export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is wrong</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Account</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adjustment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adjustment description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attachments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attention</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Avatax use code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bank charges</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bill item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bill number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Billable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Billing address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bills</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>City</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Company</source>
      <translation>कंपनी</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Country</source>
      <translation>देश</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Credit</source>
      <translation>क्रेडिट</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Credit note number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Crm owner</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Custom fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Custom subject</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customer</source>
      <translation>ग्राहक</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>डेबिट</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delivery customer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delivery date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delivery method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delivery org address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Department</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Designation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Destination of supply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Discount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Discount account</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Due date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E-mail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Employee</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>End reading</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Estimate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Estimate number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exchange rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Expense</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Facebook</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fuel type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GST treatment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GSTIN</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Header</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Header name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Include in vat return</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inventory account</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoice item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoice number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoices</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is primary contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is tds registered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is update customer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Item total</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Item type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of discount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Legal name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines</source>
      <translation>पंक्तियाँ</translation>
    </message>
    <message>
      <source>Location</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merchant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mileage rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mileage type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mileage unit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mobile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notes default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening balances</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Owner</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paid by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paid from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Payment form</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Payment terms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Permit number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Phone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place of contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place of supply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Price</source>
      <translation>मूल्य</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Prices include tax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Product type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase account</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase price</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quantity</source>
      <translation>मात्रा</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring bill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reference</source>
      <translation>संदर्भ</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reorder level</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SKU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Salesorder item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Salesperson</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Salutation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sat item key code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ship via</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shipment date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shipping address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shipping charge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skype</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source of supply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start reading</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>State code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status</source>
      <translation>स्थिति</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tag option</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax authority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax authority name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax exemption</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax id type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax id value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax percentage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax reg no</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax regime</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax specification</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax treatment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taxable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tds tax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terms default</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Total</source>
      <translation>कुल</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Twitter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unitkey code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>VAT number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>VAT treatment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Valid until</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Vehicle type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Vendor</source>
      <translation>विक्रेता</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Website</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zip</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>अंतर</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>फ़ील्ड</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer</source>
      <translation>यह कंप्यूटर</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>was %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the rows are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which file?</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> और </translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>%1…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>फ़िल्टर जोड़ें (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By column</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>स्थिति</translation>
    </message>
  </context>
  <context>
    <name>FilterField</name>
    <message>
      <source>Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currency: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Due</source>
      <translation>देय</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Still to be paid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>up to %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First sync</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>open</source>
      <translation>बकाया</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>मैपिंग (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being saved…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change what is watched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mapping</source>
      <translation>मैपिंग</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watch a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the rows are</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which files</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>bytes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>पंक्तियाँ, जैसे वे पढ़ी जाएँगी</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation>कॉपी करें</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>विवरण</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismiss…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide the records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try these again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>code %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>open</source>
      <translation>बकाया</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address for changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address for deletions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>कॉपी करें</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Steps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Zoho Books में क्या कहाँ चिपकाएँ</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Client ID</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Data centre</source>
      <translation>डेटा सेंटर</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>डेटा फ़ोल्डर</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>May</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Secrets are in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign-ins</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed in by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhook address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>never shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>read and write</source>
      <translation>पढ़ना और लिखना</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>केवल पढ़ना</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HandoverDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copied</source>
      <translation>कॉपी हो गया</translation>
    </message>
  </context>
  <context>
    <name>Head</name>
    <message>
      <source>&amp;Ask Zoho Books now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Actions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>माह-अंत मोड शुरू करें (&amp;M)</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>जाँच सूची</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns</source>
      <translation>कॉलम</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>तिथियाँ</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>निर्यात (&amp;E)…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Period</source>
      <translation>अवधि</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tie-out</source>
      <translation>मिलान</translation>
    </message>
    <message>
      <source>Until</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View</source>
      <translation>दृश्य</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>by month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>by quarter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>by year</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>History</source>
      <translation>इतिहास</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>every run failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not connected yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>today</source>
      <translation>आज</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>कुंजियाँ और आकृतियाँ</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search the manual</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The manual is missing</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, by name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, by number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Custom field %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number in the old program</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed</source>
      <translation>बदला गया</translation>
    </message>
    <message>
      <source>New</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Point or comma?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all are in the books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as it stands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>day first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>looked up in the books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>month first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not imported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>read in one way only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>year first</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>जाँच</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>कॉलम</translation>
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1 पंक्तियाँ</translation>
    </message>
    <message>
      <source>%1 stay: they have left or were edited since. Roll back the run that sent them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents</source>
      <translation>दस्तावेज़</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back as long as nothing of it has left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Past imports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Totals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What</source>
      <translation>क्या</translation>
    </message>
    <message>
      <source>When</source>
      <translation>कब</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Local interface</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One more program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Port</source>
      <translation>पोर्ट</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Revoke %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Revoke…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This takes effect with the next start of zbdesk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not used yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>used %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LatelyPanel</name>
    <message>
      <source>All activity</source>
      <translation>सारी गतिविधि</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Characters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No headings were found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One row is one document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Semicolon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tab</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values are separated by</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Ledger</name>
    <message>
      <source>Balance</source>
      <translation>शेष</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Payable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchases</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Receivable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tested at %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Testing…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Before a large run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deletions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No limit</source>
      <translation>कोई सीमा नहीं</translation>
    </message>
    <message>
      <source>Records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove line %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Difference</source>
      <translation>अंतर</translation>
    </message>
    <message>
      <source>Item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quantity</source>
      <translation>मात्रा</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer</source>
      <translation>यह कंप्यूटर</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LogDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find in the log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Level</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Warnings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happens</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Errors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For support</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much is written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept for days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Logs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>लॉग फ़ोल्डर खोलें (&amp;L)</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Warnings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happens</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counts from the next start. Numbers and dates stay as the organization has them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>High contrast, black</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>High contrast, white</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 seconds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line items</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line items of everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look for changes every</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>and</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>every day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only at certain hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>until</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 to leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 to settle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sync: %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved mappings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Used by</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is wrong</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Window</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cannot be read</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bank account</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bank accounts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bank transaction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bank transactions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bills</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact persons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contacts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Credit note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Credit note refund</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Credit notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currencies</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customer payments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Debit note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Debit notes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Estimate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Estimates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exchange rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exchange rates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Expense</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Expenses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fixed asset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fixed assets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoices</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Items</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journals</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Location</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening balance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening balances</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Projects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchase orders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring bill</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring bills</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring expense</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales orders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales receipt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales receipts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Task</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tasks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax groups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time entries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time entry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>User</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Users</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Vendor credit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Vendor credits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Vendor payment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Vendor payments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>being read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>just now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waits</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>being read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not counted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>with %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Modules</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month end is over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month end until %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Currency of the months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoiced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Received</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no currency</source>
      <translation>कोई मुद्रा नहीं</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings and help</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being tried…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Login (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Password</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Proxy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>connecting to the server</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the server’s answer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being made…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Token</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>NoticeRows</name>
    <message>
      <source>All of them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An hour at most</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kinds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show notifications</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tell me</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when it works again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when something could not be done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when the first sync is done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>All of it stands in the window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed in again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>%n टकराव</numerusform>
        <numerusform>%n टकराव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All deliveries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deliveries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Given up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Modules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Target</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Targets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Took one %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deletions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the event as it came</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the record</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>%1 (sign in again…)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change organization</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>F5</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>रोकें (&amp;U)</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>फिर शुरू करें (&amp;U)</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>बंद करें (&amp;P)</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>अभी सिंक करें (&amp;N)</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>केवल पढ़ना</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>Sign in again…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use this one</source>
      <translation>इसका उपयोग करें</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One moment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list is being read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which organization?</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The organization in use is synced; the records of the others stay here as they were and are never mixed with it. Ctrl+Shift+O changes it.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OrganizationsModel</name>
    <message>
      <source>Country</source>
      <translation>देश</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fiscal year</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Organization and ID</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plan</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n कॉल</numerusform>
        <numerusform>%n कॉल</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed period</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deleted %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Held for review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leaving</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No month is locked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No number is taken already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problem</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Void %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Voided %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>payment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this record</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OutgoingModel</name>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number</source>
      <translation>नंबर</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>स्रोत</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>What</source>
      <translation>क्या</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>समीक्षा के लिए रोकें (&amp;H)</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lanes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No locked months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outgoing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What will be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>Ne&amp;xt</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Activity</source>
      <translation>गतिविधि</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conflicts</source>
      <translation>टकराव</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dashboard</source>
      <translation>डैशबोर्ड</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
    <message>
      <source>History</source>
      <translation>इतिहास</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outgoing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Projects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchases</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To settle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhooks</source>
      <translation>वेबहुक</translation>
    </message>
  </context>
  <context>
    <name>Palette</name>
    <message>
      <source>%1 results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search records and commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Searching…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>today</source>
      <translation>आज</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(optional)</source>
      <translation>(वैकल्पिक)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Balance %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear all filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading %1…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switch on…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sync now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customers that are known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Direction of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>यह कनेक्शन केवल पढ़ता है।</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>create</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>link by e-mail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>link by exact name</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PreflightPane</name>
    <message>
      <source>%1, %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>वापस (&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What will be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>about %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>to %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Across</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>शेष</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>देय</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lines</source>
      <translation>पंक्तियाँ</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>PDF document (*.pdf)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paper</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Payments</source>
      <translation>भुगतान</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quantity</source>
      <translation>मात्रा</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>संदर्भ</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>स्थिति</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Upright</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk, %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>PrivacyRows</name>
    <message>
      <source>A locked screen may show notifications. Parties and amounts never stand in them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cover the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notifications</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What others may see</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When somebody comes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>%n समस्या</numerusform>
        <numerusform>%n समस्याएँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n रिकॉर्ड</numerusform>
        <numerusform>%n रिकॉर्ड</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tried %n time(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSV फ़ाइल (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No problems</source>
      <translation>कोई समस्या नहीं</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problems</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give up this import?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop the import?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>30 minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mute for a while</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show them again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As it came</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Body of the event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>कॉपी करें (&amp;Y)</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>कॉपी हो गया</translation>
    </message>
    <message>
      <source>Laid out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Request</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View</source>
      <translation>दृश्य</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>right</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the listener</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, else </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How it stands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No record twice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SKU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>e-mail address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its own number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reference number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Records</name>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>यह कनेक्शन केवल पढ़ता है।</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the number…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change their dates…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Link to it…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the run…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open data folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open log folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open users and roles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename here…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say what it means…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in again…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete local data…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disconnect</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disconnect…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ending something</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget the record map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being removed…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>Nothing is lost. This is the whole report; it goes nowhere unless you send it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not possible</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>under way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>with problems</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>सूची कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>कॉपी हो गया</translation>
    </message>
    <message>
      <source>Record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records of this run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why, what stays</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> और </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 निपटाए गए</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>वहाँ कोई राशि नहीं बदलती।</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which conflicts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Working it out…</source>
      <translation>गणना हो रही है…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>और %1 अन्य</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources with one line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When both sides changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>this computer</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 stay: they have left or were edited since. Roll back the run that sent them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Importing %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>बंद करें (&amp;P)</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping…</source>
      <translation>रोका जा रहा है…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The import could not be done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The import is done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The import is under way…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list is saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 are voided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 created</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is voided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n रिकॉर्ड</numerusform>
        <numerusform>%n रिकॉर्ड</numerusform>
      </translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>हटाया गया</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is voided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status goes back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status is back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Voided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>empty</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs</source>
      <translation>रन</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Under way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What came of it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What came of it…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When</source>
      <translation>कब</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>personal data, reports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being made…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the secret?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>कॉपी करें (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Secret</source>
      <translation>गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the secret</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Banking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lists and settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Projects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Purchases</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source>%1 answered HTTP %2: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It answered with HTTP %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead (HTTP %1): a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database is in use.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk is full.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>For</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What became of it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>deletions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not tried</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>removed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>was there already</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Data and logs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exports and programs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language and look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Modules and direction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notifications</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Privacy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Safety limits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Syncing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Window and tray</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Groups of settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is settled already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Link to it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say what it means</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type to find it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>and %1 more</source>
      <translation>और %1 अन्य</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dates: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Day first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much is %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show</source>
      <translation>दिखाएँ</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To settle here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it should be</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Year first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>being checked…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>comma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>point</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>घड़ी पर निर्भर तिथियाँ</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Day of the organization</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Day of this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made at</source>
      <translation>बनाने का समय</translation>
    </message>
    <message>
      <source>Record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>इस सर्वर पर रिकॉर्ड के वेब पेज नहीं हैं।</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Zoho Books कनेक्ट करें</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(optional)</source>
      <translation>(वैकल्पिक)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No&amp;te</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note</source>
      <translation>टिप्पणी</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your name</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>%1 min %2 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, opened at %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exchanging it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It ended here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next, by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The code is ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time left:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time left: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You chose Accept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
    <message>
      <source>In order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not run yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rolled back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Some refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Under way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watched folder</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only when you say so</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reads only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>writes back</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>संपादित करें (&amp;E)…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing new.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it said</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>फ़ाइल आयात करें (&amp;I)…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folders and databases</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mappings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Past imports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sources</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which part</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Battery below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Low is below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause by itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>on a metered connection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>when the battery is low</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;How often</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Query</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(optional)</source>
      <translation>(वैकल्पिक)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>पता (&amp;D)</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being saved…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Column for :since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First rows of the query</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First value of :since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only when I say so</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Query</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the query.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exports and programs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last written %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Local interface</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not yet written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off from the next start of zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On from the next start of zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On, at port %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scheduled export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The export is written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>Active</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conflict</source>
      <translation>टकराव</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In both</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leaving now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problem</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Syncing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Syncing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>starts again {time}</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Active</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Added by hand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Billable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Billed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Categorized</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confirmed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Declined</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Expired</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inactive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Invoiced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Matched</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not billable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not billed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overdue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Partly billed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Partly paid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Published</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reimbursed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Uncategorized</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unpaid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Viewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Void</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n दिन</numerusform>
        <numerusform>%n दिन</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Line items</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No document twice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Will be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Will be written</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>less than a minute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>never</source>
      <translation>कभी नहीं</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
  </context>
  <context>
    <name>TableMenus</name>
    <message>
      <source>&amp;Columns…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>निर्यात (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>संकरा (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>चौड़ा (&amp;W)</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>पंक्तियाँ कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>विवरण (&amp;D)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Books में खोलें (&amp;Z)</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it made is removed from this computer and what it changed is as before: %1 documents. Nothing is sent to Zoho Books. What has left already, or was edited here since, stays and is counted.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Taking</name>
    <message>
      <source>%1 (*.%2)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>%1 records written to %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writing %1…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>पता (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being kept…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>कॉपी करें (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deletions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Secret</source>
      <translation>गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is needed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it gets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>अंतर</translation>
    </message>
    <message>
      <source>Here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module and period</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Zoho Books के रिकॉर्ड</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>इस कंप्यूटर के रिकॉर्ड</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tie-out</source>
      <translation>मिलान</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What differs</source>
      <translation>क्या अलग है</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>equal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not known</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not named</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Totals by currency</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>sign in again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stopped by an error</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>syncing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Also trust</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Certificates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File with further certificates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Strong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename this view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save this view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved views</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Still to be paid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1 खोलें</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See the keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>While you wait</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits for you</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being kept…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind of relay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is needed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What it protects</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What this way needs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the secret…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes are missed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Given up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Module is not synced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Names no record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New here after %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not set up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Public name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read again after %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Secure line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Taken</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test the way</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This computer</source>
      <translation>यह कंप्यूटर</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits for the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Was here already</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in %1 ms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>in order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not tested</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pull relay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>replayed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>secret of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>your own address</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the secret…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose another way…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the way…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deliveries</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Events</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Passed on to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Testing…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhooks</source>
      <translation>वेबहुक</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to paste where…</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check all legs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Webhooks today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>arrived</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>fail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>last one %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>miss changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>usually here in %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>waits for the first event</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Any name at its sign-in page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>कनेक्ट करना जारी रखें (&amp;C)</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing at all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All modules are counted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Direction</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look for changes every</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to sync</source>
      <translation>क्या सिंक करें</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closing and starting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closing the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys</source>
      <translation>कुंजियाँ</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>for %1 only</source>
      <translation type="unfinished" />
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
