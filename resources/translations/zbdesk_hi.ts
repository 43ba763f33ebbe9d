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
      <source>&amp;About zbdesk</source>
      <translation>zbdesk के बारे में (&amp;A)</translation>
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
      <translation>कॉलम (&amp;C)…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>शीर्षकों के बिना कॉपी करें (&amp;I)</translation>
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
      <translation>रिकॉर्ड प्रिंट करें (&amp;P)…</translation>
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
      <translation>यह दृश्य सहेजें (&amp;T)…</translation>
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
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>एक वेबहुक ने %1 पर इसकी सूचना दी। जब तक zbdesk Zoho Books से रिकॉर्ड न पढ़ ले, यह कहीं नहीं गिना जाता।</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>यह भी बदला: %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>तालिका के स्तंभ वैसे ही रहते हैं।</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>अपुष्ट</translation>
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
      <source>No</source>
      <translation>नहीं</translation>
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
      <source>Quit zbdesk and start it again</source>
      <translation>zbdesk बंद करके फिर शुरू करें</translation>
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
      <source>The database is not where it was</source>
      <translation>डेटाबेस वहाँ नहीं है जहाँ था</translation>
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
      <translation>एक रिकॉर्ड की राशि अभी कोई नहीं बता सकता।</translation>
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
      <translation>%1 लिखा जा रहा है…</translation>
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
      <translation>नीचे ले जाएँ (&amp;B)</translation>
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
      <source>Before it is removed</source>
      <translation>हटाने से पहले</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>डेटा</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>आपके सत्र के साथ शुरू होना समाप्त करता है, डेटा के बारे में पूछता है, और बंद होता है।</translation>
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
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>zbdesk हटाने की तैयारी…</translation>
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
      <translation>जाँच हो रही है…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>कोई एक चुनें।</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>%1 बनाएँ (&amp;E)</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>%1 संपादित करें</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>कम से कम एक पंक्ति दर्ज करें।</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>यह अगले रन के साथ जाता है और तब तक रद्द किया जा सकता है।</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>नया %1</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>इसे अभी सहेजा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>आपने जो लिखा है वह सहेजा नहीं गया है।</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>Zoho Books को यह फ़ील्ड चाहिए।</translation>
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
      <translation>परिणाम से Zoho Books में क्या बदलता है</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>आगमन</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>संपर्क</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation>zbdesk ने क्या किया</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1: गलत हस्ताक्षर, पिछला %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>सभी मॉड्यूल</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>सभी परिणाम</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>उन्हें फिर देखने के लिए सभी चुनें।</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>अभी तक कोई घटना नहीं आई</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>कोई हस्ताक्षर नहीं</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>कोई घटना मेल नहीं खाती</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>Zoho Books के पास पता और गुप्त कुंजी होने पर हर बदलाव आते ही यहाँ सूचीबद्ध होता है।</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>मूल दृश्य (&amp;I)</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>फिर से पढ़ें (&amp;G)</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>हस्ताक्षर जाँचा गया</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>घटनाएँ पढ़ी नहीं जा सकतीं</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>यह घटना अब नहीं रखी गई है।</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>इस घटना में ऐसा कोई रिकॉर्ड नहीं जिसे पढ़ा जा सके।</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>इसका क्या हुआ</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>मूल दृश्य</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>फिर से पढ़ें</translation>
    </message>
    <message>
      <source>Webhook events</source>
      <translation>वेबहुक घटनाएँ</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation>फ़ाइल चुनें (&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>प्रारूप (&amp;F)</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>डेटाबेस में हमेशा पूरा मॉड्यूल होता है।</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>राशियाँ और तिथियाँ वास्तविक संख्याएँ और तिथियाँ हैं; योग मुद्रा के अनुसार।</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>UTF-8 चिह्न से शुरू करें (कुछ पुराने प्रोग्रामों को चाहिए) (&amp;M)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>अन्य प्रोग्रामों के लिए CSV</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>इस कंप्यूटर की स्प्रेडशीट के लिए CSV</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>सेलों के बीच अल्पविराम, राशियों में बिंदु, UTF-8।</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>इस मॉड्यूल का सब कुछ, फ़िल्टर हो या न हो (%1) (&amp;V)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Excel वर्कबुक</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>%1 निर्यात करें</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>प्रारूप</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON लाइनें</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>ऑब्जेक्ट की एक सूची।</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>हर पंक्ति में एक ऑब्जेक्ट, बड़ी फ़ाइलों के लिए।</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>केवल चुने हुए (%1) (&amp;L)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>SQLite डेटाबेस</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>विभाजक और दशमलव चिह्न इस कंप्यूटर की सेटिंग के अनुसार, ताकि डबल-क्लिक से फ़ाइल कॉलमों में खुले।</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>पूरा मॉड्यूल तालिका के रूप में, एक ही क्षण का।</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>तालिका जो दिखाती है, उसी क्रम में (%1) (&amp;T)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>ब्राउज़ करें (&amp;B)…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>रिकॉर्ड जोड़ें (&amp;D)</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>निर्यात के लिए फ़ोल्डर चुनें</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>निर्यात न करने के लिए खाली।</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>हर %1 दिन</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>हर %1 घंटे</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>हर दिन</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>हर घंटे</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>फ़ोल्डर</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>निर्यात का फ़ोल्डर</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>प्रारूप</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>कितनी बार</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON लाइनें</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>निर्यात किए जाने वाले रिकॉर्ड</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>SQLite स्नैपशॉट</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>निर्धारित निर्यात</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>स्प्रेडशीट (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>यह फ़ोल्डर अभी मौजूद नहीं है; निर्यात उसकी प्रतीक्षा करता है।</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>कॉलम</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>अस्वीकृत पंक्तियाँ</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>पंक्ति</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>मान</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>क्या गलत है</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>रिटेनर स्वीकार करें</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>खाता</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>अधिग्रहण VAT</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>पता</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>समायोजन</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>समायोजन का विवरण</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>आंशिक भुगतान की अनुमति</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>लागू राशि</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>अनुलग्नक</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>ध्यानार्थ</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>Avatax छूट संख्या</translation>
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation>Avatax कर कोड</translation>
    </message>
    <message>
      <source>Avatax use code</source>
      <translation>Avatax उपयोग कोड</translation>
    </message>
    <message>
      <source>Bank charges</source>
      <translation>बैंक शुल्क</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>बिल</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>बिल आइटम</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>बिल नंबर</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>बिल योग्य</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>बिलिंग पता</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>बिल</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>माइलेज पर VAT वापसी योग्य</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>CFDI संदर्भ प्रकार</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>CFDI उपयोग</translation>
    </message>
    <message>
      <source>City</source>
      <translation>शहर</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>कंपनी</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>संपर्क नंबर</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>संपर्क व्यक्ति</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>संबद्ध संपर्क व्यक्ति</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>देश</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>देश कोड</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>क्रेडिट</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>क्रेडिट सीमा</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>क्रेडिट नोट नंबर</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>CRM कस्टम संदर्भ</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>CRM स्वामी</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>कस्टम संदेश</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>कस्टम फ़ील्ड</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>कस्टम विषय</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>ग्राहक</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation>ग्राहक उप-प्रकार</translation>
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
      <translation>डेबिट या क्रेडिट</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>डिलीवरी ग्राहक</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>डिलीवरी तिथि</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>डिलीवरी विधि</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>डिलीवरी संगठन का पता</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>विभाग</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>विवरण</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>पदनाम</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>आपूर्ति का गंतव्य</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>छूट</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>छूट खाता</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>दूरी</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>दस्तावेज़</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>देय तिथि</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>ई-मेल</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>कर्मचारी</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>अंतिम रीडिंग</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>इंजन क्षमता सीमा</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>एस्टिमेट</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>एस्टिमेट नंबर</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>विनिमय दर</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>खर्च</translation>
    </message>
    <message>
      <source>Facebook</source>
      <translation>Facebook</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>फ़ैक्स</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>पहला नाम</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>ईंधन प्रकार</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>GST ट्रीटमेंट</translation>
    </message>
    <message>
      <source>GSTIN</source>
      <translation>GSTIN</translation>
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation>HSN या SAC</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>शीर्षक</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>शीर्षक का नाम</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>VAT रिटर्न में शामिल करें</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>इन्वेंटरी खाता</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>इनवॉइस आइटम</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>इनवॉइस नंबर</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>इनवॉइस किया गया एस्टिमेट</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>BAS समायोजन है</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>छूट कर से पहले है</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>ड्राफ़्ट है</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>कर गणना आइटम स्तर पर है</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>प्राथमिक संपर्क है</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>रिवर्स चार्ज लागू है</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>TDS पंजीकृत है</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>ग्राहक अपडेट करना है</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>आइटम</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>आइटम कर प्राथमिकताएँ</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>आइटम कुल</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>आइटम प्रकार</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>जर्नल तिथि</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>जर्नल प्रकार</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>प्रकार</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>छूट का प्रकार</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>भाषा</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>अंतिम नाम</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>कानूनी नाम</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>पंक्तियाँ</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>स्थान</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>व्यापारी</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>माइलेज दर</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>माइलेज प्रकार</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>माइलेज इकाई</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>मोबाइल</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>टिप्पणियाँ</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>डिफ़ॉल्ट टिप्पणियाँ</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>आरंभिक शेष राशि</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>आरंभिक शेष</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>ऑर्डर नंबर</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>स्वामी</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>भुगतानकर्ता</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>भुगतान का खाता</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>भुगतान का रूप</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>भुगतान शर्तें</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>परमिट नंबर</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>व्यक्ति</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>फ़ोन</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>संपर्क का स्थान</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>आपूर्ति का स्थान</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>मूल्य</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>मूल्य सूची</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>मूल्यों में कर शामिल</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>उत्पाद प्रकार</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>प्रोजेक्ट</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>खरीद खाता</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>खरीद विवरण</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>परचेज़ ऑर्डर</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>खरीद मूल्य</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>खरीद कर छूट</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>खरीद कर नियम</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>परचेज़ ऑर्डर आइटम</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>मात्रा</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>कारण</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>आवर्ती बिल</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>आवर्ती इनवॉइस</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>संदर्भ</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>संदर्भ इनवॉइस</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>पुनः ऑर्डर स्तर</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>रिटेनर प्रतिशत</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>रिटेनर इनवॉइस</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>रिवर्स चार्ज कर</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>रिवर्स चार्ज VAT</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>सेल्स ऑर्डर</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>बिक्री कर नियम</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>सेल्स ऑर्डर आइटम</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>विक्रयकर्ता</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>संबोधन</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>SAT आइटम कुंजी कोड</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>शिपिंग माध्यम</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>शिपमेंट तिथि</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>शिपिंग पता</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>शिपिंग शुल्क</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>स्रोत पंक्ति</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>आपूर्ति का स्रोत</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>आरंभिक रीडिंग</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>राज्य कोड</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>स्थिति</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>सड़क 2</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>टैग</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>टैग विकल्प</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>टैग</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>कर</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>कर राशि</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>रोकी गई कर राशि</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>कर प्राधिकरण</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>कर प्राधिकरण का नाम</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>कर छूट</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>कर छूट प्रमाणपत्र संख्या</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>कर छूट कोड</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>कर छूट प्रकार</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>कर ID प्रकार</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>कर ID मान</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>कर प्रतिशत</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>कर पंजीकरण संख्या</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>कर व्यवस्था</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>कर विनिर्देश</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>कर ट्रीटमेंट</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>कर ट्रीटमेंट कोड</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>कर योग्य</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>कर</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>TDS कर</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>टेम्पलेट</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>नियम और शर्तें</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>डिफ़ॉल्ट शर्तें</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>कुल</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>1099 ट्रैक करें</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>इकाई</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>इकाई कुंजी कोड</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>VAT नंबर</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>VAT ट्रीटमेंट</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>तक मान्य</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>वाहन प्रकार</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>विक्रेता</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>विक्रेता क्रेडिट नंबर</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>वेबसाइट</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>पूरा रिकॉर्ड</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>Zoho CRM संभावना</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>Zoho CRM संभावना का नाम</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>पिन कोड</translation>
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
      <translation>पिछली सहमति</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>परिणाम</translation>
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
      <translation>चुना हुआ</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>नहीं चुना</translation>
    </message>
    <message>
      <source>was %1</source>
      <translation>पहले %1</translation>
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation>दोनों पक्षों के फ़ील्ड</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>%1 कॉलम</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>सभी फ़ाइलें (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>शीर्षक पंक्ति वाली कोई भी तालिका चलेगी: किसी दुकान, बैंक या पुराने लेखा प्रोग्राम का निर्यात। पासवर्ड वाली फ़ाइल, वेब पेज या PDF नहीं पढ़ी जा सकती।

वही फ़ाइल दोबारा देने से कुछ नहीं बदलता: दस्तावेज़ अपने नंबर से पहचाने जाते हैं।</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>फ़ाइल चुनें (&amp;H)…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>दूसरी फ़ाइल चुनें (&amp;H)…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV, TSV, XLSX, XLSM, XLS या ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>आगे बढ़ने के लिए फ़ाइल चुनें।</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>आयात के लिए फ़ाइल चुनें</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>फ़ाइल यहाँ छोड़ें, या चुनें</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>फ़ाइल का हर दस्तावेज़ इनमें से एक बनता है। एक दस्तावेज़ की लाइनें कई पंक्तियों में हो सकती हैं।</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>स्प्रेडशीट (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>फ़ाइल खोली जा रही है…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>इससे आया डेटा पहले इस कंप्यूटर पर रहता है। यहाँ Zoho Books से न कुछ पढ़ा जाता है, न उसमें लिखा जाता है।</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>पंक्तियाँ क्या हैं (&amp;A)</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>पंक्तियाँ क्या हैं</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>कौन-सी फ़ाइल?</translation>
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
      <translation>%1…</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>फ़िल्टर जोड़ें (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>सब साफ़ करें (&amp;C)</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>Zoho Books में हटाए गए भी</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>कॉलम के अनुसार</translation>
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
      <translation>फ़िल्टर</translation>
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation>नंबर, नाम या संदर्भ से फ़िल्टर करें</translation>
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation>%1 से %2</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>Currency: %1</source>
      <translation>मुद्रा: %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>हटाए गए भी</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>देय</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>अवस्था: %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>स्थिति: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>अभी भुगतान शेष</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>%1 से</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>%1 तक</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>%n कॉल की गई</numerusform>
        <numerusform>%n कॉल की गईं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>%n और सूची</numerusform>
        <numerusform>%n और सूचियाँ</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1। %2 बिना गिनती।</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>आगे बढ़ें (&amp;G)</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>लगभग %1 शेष, %2 के आसपास तैयार।</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>पहला सिंक</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>पहला सिंक: %2 में से %1 रिकॉर्ड यहाँ हैं</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>पहला सिंक: %1 रिकॉर्ड यहाँ हैं</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>यह रुक गया है। जो यहाँ है वह सुरक्षित है; अगला सिंक वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>आप यह विंडो बंद करके काम कर सकते हैं; रोकने पर भी जो यहाँ है वह बना रहता है।</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>बंद</translation>
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
      <translation>ब्राउज़ करें (&amp;B)…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>इसे बदलें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>फ़ोल्डर (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>मैपिंग (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>निगरानी करें (&amp;W)</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>सहेजा जा रहा है…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>निगरानी बदलें</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>निगरानी के लिए फ़ोल्डर चुनें</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>फ़ोल्डर चुनें।</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>पूरी फ़ाइलें एक बार आयात होती हैं, फिर done या failed में रहती हैं, साथ में एक रिपोर्ट होती है।</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>फ़ोल्डर</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>मैपिंग</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>इनके लिए कोई मैपिंग सहेजी नहीं गई है। पहले ऐसी एक फ़ाइल आयात करें और वहाँ उसकी मैपिंग सहेजें।</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>पैटर्न, बीच में अर्धविराम।</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>गलत पंक्ति वाली कोई फ़ाइल न लें (&amp;N)</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>फ़ोल्डर की निगरानी करें</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>पंक्तियाँ क्या हैं (&amp;A)</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>पंक्तियाँ क्या हैं</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>कौन-सी फ़ाइलें (&amp;H)</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>कौन-सी फ़ाइलें</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>लिंक भुला दें (&amp;F)</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>दोनों पक्ष बने रहते हैं, पर उनके बीच के लिंक हटा दिए जाते हैं और सभी सूचियाँ शुरू से पढ़ी जाती हैं। केवल तब आवश्यक जब बहियाँ किसी प्रति से पुनर्स्थापित की गई हों। इसे वापस नहीं लिया जा सकता।</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>%1 में कौन-सा रिकॉर्ड किसका है, यह भुला दें?</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>zbdesk ने जो लिखा है वह फिर से नया गिना जाता है और जाने वाले में समीक्षा के लिए रोका जाता है, ताकि कुछ भी अपने-आप दो बार न बने। जिस रिकॉर्ड का उत्तर अभी बाकी है, उसका लिंक बना रहता है।</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>दिन</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>खाली: Zoho Books अगला नंबर देता है।</translation>
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n घंटा</numerusform>
        <numerusform>%n घंटे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation>
        <numerusform>%n घंटा पहले</numerusform>
        <numerusform>%n घंटे पहले</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n मिनट</numerusform>
        <numerusform>%n मिनट</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation>
        <numerusform>%n मिनट पहले</numerusform>
        <numerusform>%n मिनट पहले</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation>
        <numerusform>%n सेकंड</numerusform>
        <numerusform>%n सेकंड</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation>
        <numerusform>%n सेकंड पहले</numerusform>
        <numerusform>%n सेकंड पहले</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>अभी-अभी</translation>
    </message>
    <message>
      <source>bytes</source>
      <translation>बाइट</translation>
    </message>
    <message>
      <source>minus %1</source>
      <translation>ऋण %1</translation>
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation>कल {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>बीते कल {time}</translation>
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
      <translation>पंक्ति %1, %2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>पंक्ति</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>%1 Zoho Books में नहीं लिखा गया: %2, %3 से।</translation>
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
      <translation>सब खारिज करें…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>खारिज करें…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>रिकॉर्ड छिपाएँ</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>%1 पर अपने-आप फिर कोशिश होगी।</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>रिकॉर्ड दिखाएँ</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>इन्हें फिर आज़माएँ</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>बंद</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>कोड %1</translation>
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
      <translation>गुप्त कुंजी बनाएँ और दिखाएँ (&amp;M)…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>मॉड्यूल (&amp;M)</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>बदलावों का पता</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>हटाए जाने का पता</translation>
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
      <translation>बदलावों का पता कॉपी करें</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>हटाए जाने का पता कॉपी करें</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>हर मॉड्यूल को एक बार दो वेबहुक और दो नियम चाहिए। Workflow नियम Professional, Elite और Ultimate प्लान में मिलते हैं।</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>%1 के लिए एक बार फिर New Workflow Rule: Event Based, Deleted; Immediate Actions: चरण 3 का वेबहुक।</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Settings (गियर) → Automation → Workflow Actions → Webhooks → New Webhook। कोई भी नाम; Module: %1; Method: POST; URL to Notify: नीचे दिया गया पता। वेबहुक सुरक्षित करने वाला विकल्प चिह्नित करें और गुप्त कुंजी को Secret Token के रूप में चिपकाएँ। Body: Default Payload। Save।</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Settings → Automation → Workflow Logs: पुनः प्रयास की नीति चुनें, ताकि इस कंप्यूटर के सोते समय Zoho Books फिर कोशिश करे। फिर एक रिकॉर्ड बदलें: उसकी घटना यहाँ आते ही %1 सूची में अपने-आप चिह्नित हो जाता है।</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Settings → Automation → Workflow Rules → New Workflow Rule। Module: %1; Event Based; Created or Edited, किसी भी फ़ील्ड के बदलने पर; कोई शर्त नहीं; Immediate Actions: Webhooks, चरण 1 वाला। Save।</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>चरण</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>दूसरी जोड़ी, हटाए जाने के लिए: एक बार फिर %1 के लिए New Webhook, इस पते और उसी गुप्त कुंजी के साथ।</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>अभी कोई सार्वजनिक पता नहीं है: पहले टनल में कोई चुनें।</translation>
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
      <translation>इस कंप्यूटर से %1 बने; Zoho एक उपयोगकर्ता के लिए %2 रखता है और नहीं बताता कि कितने उपयोग में हैं।</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>उससे पहले: समान अधिकारों वाले किसी दूसरे उपयोगकर्ता से यहाँ फिर से साइन इन करें चुनवाएँ। रिकॉर्ड और लिंक बने रहते हैं।</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>Client ID</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>कंप्यूटर</translation>
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
      <translation>हस्तांतरण कार्ड</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>यदि यह उपयोगकर्ता Zoho में हटाया या निष्क्रिय किया जाए, तो साइन-इन समाप्त हो जाता है और कुछ भी सिंक नहीं होता।</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>Zoho Books में बनाया गया</translation>
    </message>
    <message>
      <source>May</source>
      <translation>अनुमति</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>एक उपयोगकर्ता के अनुमत साइन-इन से अधिक होने पर सबसे पुराना बिना सूचना के समाप्त हो जाता है, संभवतः यही।</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>Scope</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>गुप्त कुंजियाँ यहाँ हैं</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>साइन-इन</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>साइन इन करने वाला</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>कब से</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>स्रोत</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>Zoho के API कंसोल का क्लाइंट उसी का है जिसने उसे बनाया। लिख लें कि वह कंसोल कौन खोल सकता है।</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>गुप्त कुंजियाँ इस कंप्यूटर के उपयोगकर्ता के कीचेन में हैं और किसी दूसरे कंप्यूटर या उपयोगकर्ता पर नहीं जातीं।</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>वेबहुक पता</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>वेबहुक गुप्त कुंजी बदली गई</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>इस व्यक्ति के जाने पर क्या रुकेगा</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>गुप्त कुंजी के बिना: इसे कंपनी के कागज़ों के साथ रखा जा सकता है।</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>कभी नहीं दिखाया गया</translation>
    </message>
    <message>
      <source>none</source>
      <translation>कोई नहीं</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>ज्ञात नहीं</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>कुछ नहीं</translation>
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
      <translation>zbdesk हस्तांतरण कार्ड</translation>
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
      <translation>प्रिंट करें (&amp;P)…</translation>
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
      <translation>अभी Zoho Books से पूछें (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>CSV (&amp;C)…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>कार्रवाइयाँ (&amp;T)</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>कार्रवाइयाँ</translation>
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
      <translation>कॉलम (&amp;L)</translation>
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
      <translation>निर्यात (&amp;X)…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>निर्यात</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>माह-अंत</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>नया रिकॉर्ड</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>नया…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>PDF (&amp;D)…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>अवधि</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>तालिका प्रिंट करें</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>मिलान को CSV के रूप में सहेजें</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>मिलान को PDF के रूप में सहेजें</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>विवरण दिखाएँ</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>अनुमोदन करें (&amp;G)…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>विभाजन</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>मिलान</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>तक</translation>
    </message>
    <message>
      <source>View</source>
      <translation>दृश्य</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>समग्र</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>महीने के अनुसार</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>तिमाही के अनुसार</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>वर्ष के अनुसार</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%2 में से %1 दिन ठीक</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>दिन</translation>
    </message>
    <message>
      <source>History</source>
      <translation>इतिहास</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>कैसा रहा</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>सिंक, पिछले 30 दिन</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>हर रन विफल रहा</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>ठीक</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>अंत में ठीक, कुछ रन विफल रहे</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>कोई रन नहीं</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>अभी कनेक्ट नहीं है</translation>
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
      <translation>बंद करें (&amp;C)</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>सहायता: %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>कुंजियाँ: Enter आगे बढ़ाता है, Alt+B वापस ले जाता है, Esc रद्द करता है, F1 यह सहायता खोलता है।</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation>
        <numerusform>%n स्थान</numerusform>
        <numerusform>%n स्थान</numerusform>
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>विषय-सूची</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>कुंजियाँ और आकृतियाँ</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>कुछ मेल नहीं खाता। कम शब्द आज़माएँ।</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>मैनुअल में खोजें</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>मैनुअल नहीं मिला</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>%n दस्तावेज़ इस रूप में आयात नहीं हो सकता</numerusform>
        <numerusform>%n दस्तावेज़ इस रूप में आयात नहीं हो सकते</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1, ई-मेल से</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1, नाम से</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1, नंबर से</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1, पुराने प्रोग्राम के नंबर से</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>कस्टम फ़ील्ड %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>पंक्ति: %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>पुराने प्रोग्राम में नंबर</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>पहले से वैसे ही</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>बदला गया</translation>
    </message>
    <message>
      <source>New</source>
      <translation>नए</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>अस्वीकृत</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>अगला (&amp;X)</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n सेल सुधारना है</numerusform>
        <numerusform>%n सेल सुधारने हैं</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>पहले दिन या महीना?</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>बिंदु या अल्पविराम?</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>सभी बहियों में हैं</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>राशियाँ, जैसी लिखी हैं</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>जैसा लिखा है</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>अल्पविराम दशमलव चिह्न है</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>पहले दिन</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>बहियों में खोजा गया</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>पहले महीना</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>आयात नहीं हुआ</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>बिंदु दशमलव चिह्न है</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>केवल एक ही तरह पढ़ा जा सकता है</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>दस्तावेज़ों को अलग करता है</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>एक ही नंबर पंक्तियों को जोड़ता है</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>बहियों में न होने पर प्रतीक्षा करता है</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>पहले वर्ष</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>%n सेल सुधारना है</numerusform>
        <numerusform>%n सेल सुधारने हैं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>इस नाम की पिछली फ़ाइल का %n दस्तावेज़ नहीं है</numerusform>
        <numerusform>इस नाम की पिछली फ़ाइल के %n दस्तावेज़ नहीं हैं</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n सेल</numerusform>
        <numerusform>%n सेल</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>%n नाम बहियों में नहीं है</numerusform>
        <numerusform>%n नाम बहियों में नहीं हैं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>%n प्रश्न</numerusform>
        <numerusform>%n प्रश्न</numerusform>
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
      <translation>फ़ाइल</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>आयात</translation>
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation>आयात – zbdesk</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>लेआउट</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>सूची सहेजी गई: %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1 पंक्तियाँ</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>दस्तावेज़</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>हर आयात यहाँ सूचीबद्ध है और यहाँ तथा Zoho Books में वापस लिया जा सकता है।</translation>
    </message>
    <message>
      <source>From</source>
      <translation>स्रोत</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>फ़ाइल आयात करें…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>अभी तक कुछ आयात नहीं हुआ है।</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>पिछले आयात</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>परिणाम</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>वापस लें (&amp;B)…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>रिकॉर्ड दिखाएँ (&amp;C)</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>योग</translation>
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
      <translation>मैपिंग %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>बिना टोकन वाले प्रोग्राम को कुछ नहीं बताया जाता।</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>कोई दुकान, बिलिंग काउंटर या स्क्रिप्ट दस्तावेज़ सौंपती है और पूछती है कि उनका क्या हुआ।</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>दूसरे कंप्यूटरों को भी पूछने दें</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>इस कंप्यूटर के प्रोग्रामों को पूछने दें</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>स्थानीय इंटरफ़ेस</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>नेटवर्क</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>नया टोकन (&amp;K)…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>अभी कोई नहीं</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>एक और प्रोग्राम</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>पोर्ट</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>zbdesk से पूछने वाले प्रोग्राम</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>%1 निरस्त करें</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>निरस्त करें…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>एन्क्रिप्शन नहीं है: टोकन और दस्तावेज़ नेटवर्क से खुले रूप में गुज़रते हैं। इसके आगे TLS वाला प्रॉक्सी लगाएँ।</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>टोकन</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>अभी उपयोग नहीं हुआ</translation>
    </message>
    <message>
      <source>used %1</source>
      <translation>%1 को उपयोग हुआ</translation>
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation>कुंजी %1</translation>
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
      <translation>हाल में</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>अभी तक कुछ नहीं हुआ है।</translation>
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation>खड़ी रेखा (|)</translation>
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation>वर्ण-समूह (&amp;R)</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>वर्ण-समूह</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>अल्पविराम</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>पहली पंक्तियाँ, जैसी पढ़ी गईं</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>निश्चित रूप से पाया गया।</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>शीर्षक किस पंक्ति में हैं (&amp;W)</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>शीर्षक किस पंक्ति में हैं</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>क्या फ़ाइल का आशय यही है?</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>विशेष वर्णों वाले नाम और शीर्षक देखें। नीचे का सब कुछ फ़ाइल में ही पाया गया।</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>सबसे संभावित। विशेष वर्ण गलत दिखें तो दूसरा चुनें।</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>कोई शीर्षक नहीं मिला।</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>एक पंक्ति एक दस्तावेज़ है</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>पंक्तियाँ और दस्तावेज़ (&amp;D)</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>पंक्तियाँ और दस्तावेज़</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>एक ही नंबर वाली पंक्तियाँ एक दस्तावेज़ की लाइनें हैं</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>शीट (&amp;H)</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>अर्धविराम</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>शीट</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>टैब</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>टेक्स्ट फ़ाइलें नहीं बतातीं कि वे किस वर्ण-समूह में लिखी हैं। यहाँ नाम गलत दिखें तो सही दिखने तक दूसरी प्रविष्टि चुनें।

शीर्षकों के ऊपर की उपाधियाँ और खाली पंक्तियाँ छोड़ दी जाती हैं: बताएँ कि शीर्षक किस पंक्ति में हैं।</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>फ़ाइल फिर से पढ़ी जा रही है…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>मानों का विभाजक (&amp;S)</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>मानों का विभाजक</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>पहले स्थानीय डेटा हटाएँ (&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>डेटा रखें और बंद करें (&amp;K)</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>zbdesk हटाने की तैयारी करें?</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>रिकॉर्ड, इतिहास और सेटिंग %1 में तब तक रहते हैं जब तक आप उन्हें न हटाएँ।</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>Zoho पर साइन-इन समाप्त करने और यहाँ के रिकॉर्ड हटाने के लिए पहले वह करें।</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>डेटा का क्या होता है?</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>zbdesk आपके सत्र के साथ शुरू होना बंद करता है और बंद हो जाता है। फिर उसे वैसे ही हटाएँ जैसे इंस्टॉल किया था।</translation>
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
      <translation>खर्च</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>देय</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>खरीद</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>प्राप्य</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>बिक्री</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>कर</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, अगली बार %2 पर</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>%1 पर पूरे रास्ते का परीक्षण हुआ</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>%1 पर परीक्षण हुआ</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>परीक्षण हो रहा है…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>रास्ते का परीक्षण अभी नहीं हुआ है</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>राशियाँ</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>इससे अधिक लिखने से पहले पूछें</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>बड़े रन से पहले</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>मुद्रा और राशि, कई हों तो अल्पविराम के साथ; कोई सीमा न हो तो खाली।</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>हटाए गए</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>कोई सीमा नहीं</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>एक रन में रिकॉर्ड। इससे अधिक होने पर आपके देखने तक कुछ नहीं लिखा जाता।</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>मुद्रा और राशि लिखें, जैसे EUR 50000।</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>या इससे अधिक की राशियाँ</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>या इससे अधिक हटाए या शून्य करे</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>पंक्ति जोड़ें (&amp;L)</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>व्यक्ति जोड़ें (&amp;P)</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>बिल जोड़ें (&amp;L)</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>इनवॉइस जोड़ें (&amp;V)</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>पंक्ति %1: %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>कर और छूट से पहले पंक्तियाँ: %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>पंक्ति %1 हटाएँ</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>पंक्ति %1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(कोई नाम नहीं)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>अंतर</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>आइटम</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>पंक्तियाँ, साथ-साथ</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>मात्रा</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>कर, Zoho Books के अनुसार</translation>
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
      <translation>
        <numerusform>और %n अन्य पंक्ति</numerusform>
        <numerusform>और %n अन्य पंक्तियाँ</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>वहाँ नहीं</translation>
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
      <translation>त्रुटियाँ</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>सब कुछ</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>लॉग में खोजें</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>स्तर</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>लॉग</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>लॉग में ऐसा कुछ नहीं है।</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>फिर से पढ़ें (&amp;G)</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>समय UTC में है। गुप्त कुंजियाँ निकाल दी जाती हैं।</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>चेतावनियाँ</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>क्या होता है</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>हर दिन एक नई फ़ाइल, और %1 MB होने पर भी। दिनों की संख्या अगली शुरुआत से लागू होती है।</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>तुरंत लागू होता है। कुछ भी लिखने से पहले गुप्त कुंजियाँ निकाल दी जाती हैं।</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>सहायता के लिए डायग्नोस्टिक्स…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>त्रुटियाँ</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>कुछ भी सहेजने से पहले हर फ़ाइल दिखाई जाती है। यहाँ से कुछ भी नहीं भेजा जाता।</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>सब कुछ</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>सहायता के लिए</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>कितना लिखा जाए</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>कितने दिन रखें</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>लॉग</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>इसे देखें</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>लॉग फ़ोल्डर खोलें (&amp;G)</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>लॉग पढ़ें (&amp;L)…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>चेतावनियाँ</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>क्या होता है</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>शून्य से कम राशियाँ</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>सिस्टम के अनुसार</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>तुरंत लागू होता है। संख्याएँ और तारीखें संगठन के अनुसार रहती हैं।</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>गहरा</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>उच्च कंट्रास्ट, काला</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>उच्च कंट्रास्ट, सफ़ेद</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>zbdesk कैसा दिखे</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>कोष्ठक में: (1,234.50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>विंडो में और काग़ज़ पर। निर्यात की गई फ़ाइलों में हमेशा ऋण चिह्न होता है।</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>भाषा</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>हल्का</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>रूप</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>पाठ का आकार सिस्टम की अपनी सेटिंग के अनुसार होता है।</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>ऋण चिह्न के साथ: −1,234.50</translation>
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation>%1 घंटे</translation>
    </message>
    <message>
      <source>%1 minutes</source>
      <translation>%1 मिनट</translation>
    </message>
    <message>
      <source>%1 seconds</source>
      <translation>%1 सेकंड</translation>
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation>%1, संगठन का समय क्षेत्र। इसके बाहर केवल वेबहुक और आपके क्लिक पर काम होता है।</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>कोई बदलाव न होने पर लगभग %1 कॉल प्रतिदिन</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>कोई बदलाव न होने पर प्रतिदिन %2 में से लगभग %1 कॉल</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>किसी भी दिन, किसी भी समय। अभी सिंक करें हमेशा चलता है।</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>दिन</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>घंटे</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>संगठन के समय क्षेत्र में। अभी सिंक करें हमेशा चलता है।</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>लाइन आइटम</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>सबके लाइन आइटम</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>बदलाव कितनी बार देखें</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>सोमवार से शुक्रवार</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>सोमवार से शनिवार</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>हर दस्तावेज़ पर एक कॉल, नवीनतम पहले, दिन की कॉल के भीतर। इसके बिना लाइन आइटम तब पढ़े जाते हैं जब रिकॉर्ड खोला जाए या बदले।</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>शनिवार और रविवार</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>रविवार से गुरुवार</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>रविवार से बुधवार</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>zbdesk कब देखे</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>इस शुरुआत के लिए ZBDESK_POLL_SECONDS लागू है</translation>
    </message>
    <message>
      <source>and</source>
      <translation>और</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>हर दिन</translation>
    </message>
    <message>
      <source>from</source>
      <translation>से</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>घंटा</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>केवल निश्चित घंटों में</translation>
    </message>
    <message>
      <source>until</source>
      <translation>तक</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>%1 बकाया</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>%1 जाने हैं</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>%1 निपटाने हैं</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>Zoho Books कनेक्ट करें – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>चल रहा काम पूरा किया जा रहा है…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>पहले रिकॉर्ड की कोई सूची खोलें।</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>सिंक: %1</translation>
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation>मैनुअल</translation>
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation>मैपिंग बताती है कि कौन-सा कॉलम कौन-सा फ़ील्ड है। कोई फ़ाइल आयात करें और वहाँ उसकी मैपिंग नाम देकर सहेजें।</translation>
    </message>
    <message>
      <source>For</source>
      <translation>किसके लिए</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>फ़ाइल आयात करें…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>कोई मैपिंग सहेजी नहीं गई है।</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>मैपिंग हटाएँ (&amp;M)…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>सहेजा गया</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>सहेजी गई मैपिंग</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>मैपिंग %1 हटा दी गई।</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>किसके उपयोग में</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>कॉलम</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>पंक्ति</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>सुधार सूची सहेजें</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>सूची सहेजी नहीं जा सकी।</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>मान</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>क्या गलत है</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>संपादन (&amp;E)</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>फ़ाइल (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>सहायता (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>रिकॉर्ड (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>सिंक (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>दृश्य (&amp;V)</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>विंडो (&amp;W)</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>क्या पढ़ा जाता है</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>पढ़ा नहीं जा सकता</translation>
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation>मॉड्यूल</translation>
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation>खाता</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>बैंक खाता</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>बैंक खाते</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>बैंक लेनदेन</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>बैंक लेनदेन</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>आधार मुद्रा समायोजन</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>आधार मुद्रा समायोजन</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>बिल</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>बिल</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>खातों का चार्ट</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>संपर्क</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>संपर्क व्यक्ति</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>संपर्क व्यक्ति</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>संपर्क</translation>
    </message>
    <message>
      <source>Credit note</source>
      <translation>क्रेडिट नोट</translation>
    </message>
    <message>
      <source>Credit note refund</source>
      <translation>क्रेडिट नोट रिफ़ंड</translation>
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation>क्रेडिट नोट रिफ़ंड</translation>
    </message>
    <message>
      <source>Credit notes</source>
      <translation>क्रेडिट नोट</translation>
    </message>
    <message>
      <source>Currencies</source>
      <translation>मुद्राएँ</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>मुद्रा</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>प्राप्त भुगतान</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>प्राप्त भुगतान</translation>
    </message>
    <message>
      <source>Debit note</source>
      <translation>डेबिट नोट</translation>
    </message>
    <message>
      <source>Debit notes</source>
      <translation>डेबिट नोट</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>एस्टिमेट</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>एस्टिमेट</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>विनिमय दर</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>विनिमय दरें</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>खर्च</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>खर्च</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>स्थायी संपत्ति</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>स्थायी संपत्तियाँ</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>इनवॉइस</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>आइटम</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>आइटम</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>जर्नल</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>जर्नल</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>स्थान</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>स्थान</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>आरंभिक शेष</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>आरंभिक शेष</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>संगठन</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>प्रोजेक्ट</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>प्रोजेक्ट</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>परचेज़ ऑर्डर</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>परचेज़ ऑर्डर</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>आवर्ती बिल</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>आवर्ती बिल</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>आवर्ती खर्च</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>आवर्ती खर्च</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>आवर्ती इनवॉइस</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>आवर्ती इनवॉइस</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>रिटेनर इनवॉइस</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>रिटेनर इनवॉइस</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>सेल्स ऑर्डर</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>सेल्स ऑर्डर</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>बिक्री रसीद</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>बिक्री रसीदें</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>सेटिंग</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>कार्य</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>कार्य</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>कर</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>कर समूह</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>कर समूह</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>कर</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>समय प्रविष्टियाँ</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>समय प्रविष्टि</translation>
    </message>
    <message>
      <source>User</source>
      <translation>उपयोगकर्ता</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>उपयोगकर्ता</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>विक्रेता क्रेडिट</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>विक्रेता क्रेडिट</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>किया गया भुगतान</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>किए गए भुगतान</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>पढ़ा जा रहा है</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>पढ़ा नहीं जा सकता</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>अभी-अभी</translation>
    </message>
    <message>
      <source>next</source>
      <translation>अगला</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>प्रतीक्षा में</translation>
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation>इस समय तक</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>कॉल</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>यहाँ</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>Zoho Books में</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>प्रगति</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>पढ़ा जा रहा है</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>पढ़ा नहीं जा सकता</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>चुना हुआ</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>ठीक</translation>
    </message>
    <message>
      <source>next</source>
      <translation>अगला</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>नहीं चुना</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>गिना नहीं गया</translation>
    </message>
    <message>
      <source>records</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>प्रतीक्षा में</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>%1 के साथ</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>मॉड्यूल चुनें</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>मॉड्यूल</translation>
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation>मॉड्यूल</translation>
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end mode</source>
      <translation>माह-अंत मोड समाप्त करें</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>माह-अंत</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>माह-अंत समाप्त हुआ।</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>%1 तक माह-अंत</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>पूरी सूचियाँ नहीं पढ़ी जातीं, सूचनाएँ केवल त्रुटियों की, आज की आधी कॉल आपके लिए आरक्षित हैं।</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>यह कंप्यूटर जागता रहता है।</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 %2: %3 इनवॉइस किया, %4 प्राप्त</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1; आज तक %2</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>महीनों की मुद्रा</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>इनवॉइस किया</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>इनवॉइस किया और प्राप्त, महीने के अनुसार</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>महीना</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>पिछले बारह महीनों में कोई इनवॉइस और कोई भुगतान नहीं।</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>प्राप्त</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>कोई मुद्रा नहीं</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>कनेक्शन, सेटिंग और सहायता</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>पृष्ठ</translation>
    </message>
  </context>
  <context>
    <name>Neighbours</name>
    <message>
      <source>Looked at %1</source>
      <translation>%1 पर देखा गया</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>आपकी पुष्टि तक केवल पढ़ता है</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>रखें (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>कनेक्शन जाँचें (&amp;T)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>पता</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>पता http://proxy.example.com:8080 जैसा होता है, बिना लॉगिन के।</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>सिस्टम के अनुसार</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>आज़माया जा रहा है…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>यहाँ विफल: %1 (%2)।</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>इससे पहले ठीक: %1।</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>लॉगिन (वैकल्पिक)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>प्रॉक्सी का नाम</translation>
    </message>
    <message>
      <source>None</source>
      <translation>कोई नहीं</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>पासवर्ड</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>प्रॉक्सी का पासवर्ड</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>प्रॉक्सी</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>पासवर्ड इस कंप्यूटर के कीचेन में जाता है, और कहीं नहीं।</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>पासवर्ड भुला दिया गया।</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>पासवर्ड कीचेन में है।</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>यह वाला</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>Zoho Books तक का रास्ता</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>Zoho Books %1 के रास्ते उत्तर देता है।</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>Zoho Books सीधे उत्तर देता है।</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>सर्वर से कनेक्शन</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>सर्वर का नाम खोजना</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>प्रॉक्सी तक पहुँचना</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>प्रॉक्सी का लॉगिन</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>सर्वर का उत्तर</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>सर्वर का प्रमाणपत्र</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>बंद करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>टोकन बनाएँ (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>प्रोग्राम का नाम (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>टोकन (&amp;T)</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>बनाया जा रहा है…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>इसे प्रोग्राम का नाम दें।</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>यह केवल इसी बार दिखाया जाता है। zbdesk केवल इसका फ़िंगरप्रिंट रखता है।</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>प्रोग्राम का नाम</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>नया टोकन</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>हर प्रोग्राम के लिए एक टोकन, ताकि दूसरों को छेड़े बिना एक को निरस्त किया जा सके।</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>टोकन केवल इसी बार दिखाया जाता है।</translation>
    </message>
    <message>
      <source>Token</source>
      <translation>टोकन</translation>
    </message>
  </context>
  <context>
    <name>NoticeRows</name>
    <message>
      <source>All of them</source>
      <translation>सभी</translation>
    </message>
    <message>
      <source>An hour at most</source>
      <translation>अधिकतम प्रति घंटा</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>प्रकार</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>बंद का अर्थ है कोई भी नहीं। कोई बात केवल सूचना में नहीं होती: विंडो भी बताती है।</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>एक कारण के लिए एक। इससे अधिक जो आएँ, वे एक ही में समेटी जाती हैं।</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>सूचनाएँ दिखाएँ</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>मुझे बताएँ</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>जब दोनों पक्षों ने एक ही रिकॉर्ड बदला हो</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>जब यह फिर काम करे</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>जब कुछ नहीं किया जा सका</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>जब पहला या कोई लंबा सिंक पूरा हो</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>जब साइन-इन समाप्त हो गया हो</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>एक लंबा सिंक पूरा हुआ</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>सब कुछ विंडो में लिखा है।</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>अब से केवल बदलाव पढ़े जाते हैं।</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>इसमें %1 लगे। परिणाम गतिविधि के अंतर्गत है।</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>किसी के निर्णय लेने तक कुछ भी ओवरराइट नहीं होता।</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>Zoho में फिर से साइन इन करें</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>फिर से साइन इन हो गया</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>सिंक जारी है।</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>क्या करना है, यह समस्याएँ में लिखा है।</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>Zoho ने साइन-इन समाप्त कर दिया। कुछ नहीं खोया है।</translation>
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
      <translation>
        <numerusform>पिछले घंटे में %n और सूचना</numerusform>
        <numerusform>पिछले घंटे में %n और सूचनाएँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>%n रिकॉर्ड पढ़ा नहीं जा सका</numerusform>
        <numerusform>%n रिकॉर्ड पढ़े नहीं जा सके</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>पहला सिंक पूरा: %n रिकॉर्ड</numerusform>
        <numerusform>पहला सिंक पूरा: %n रिकॉर्ड</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1, केवल %2</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>लक्ष्य जोड़ें (&amp;G)…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>पता</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>सभी डिलीवरी</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>बदलें…</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>डिलीवरी</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>घटना</translation>
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation>घटनाएँ फिर आगे भेजी जा रही हैं।</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>क्या मिलता है</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>छोड़ दिया</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>जारी रखें</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>बनाया गया</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>कुछ भी आगे नहीं भेजा जाता</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>अभी कुछ नहीं भेजा गया</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>यहाँ जो आता है, वह आपके अपने दूसरे सिस्टमों को मिल सकता है, हर एक को अपने फ़िल्टर और गुप्त कुंजी के साथ।</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>रोकें</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>रोका गया। जो आता है वह इस कंप्यूटर पर प्रतीक्षा करता है।</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>रोका गया; जो आता है वह प्रतीक्षा करता है</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>हटाएँ…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>फिर भेजें</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>डिलीवरी की अवस्था</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>लिया गया</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>लक्ष्य</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>लक्ष्य</translation>
    </message>
    <message>
      <source>Took one %1</source>
      <translation>%1 लिया</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>प्रतीक्षा में</translation>
    </message>
    <message>
      <source>all</source>
      <translation>सभी</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>बदला गया</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>बदलाव</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>हटाया गया</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>हटाना</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>घटना, जैसी आई</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>रिकॉर्ड</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>संगठन बदलें</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>संगठन बदलें (Ctrl+Shift+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
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
      <source>In use</source>
      <translation>उपयोग में</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>रोकें</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>फिर शुरू करें</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>फिर से साइन इन करें…</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>इसका उपयोग करें</translation>
    </message>
  </context>
  <context>
    <name>OrganizationMenu</name>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation>दूसरा संगठन कनेक्ट करें (&amp;O)…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>संगठन</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>फिर देखें (&amp;L)</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>वे सभी समाप्त हो गए हैं।</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>समाप्त संगठन कनेक्ट नहीं किया जा सकता। Zoho Books में उसका प्लान नवीनीकृत करें, फिर देखें।</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>आगे बढ़ने के लिए एक संगठन चाहिए।</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>Zoho Books के किसी प्रशासक से आमंत्रण माँगें, या किसी और नाम से साइन इन करें।</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>आगे बढ़ने के लिए संगठन चुनें।</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>वह एक संगठन चुनें जिसके लिए यह कनेक्शन है।</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>ID की तुलना अपने Zoho Books के पते में /app/ के बाद की संख्या से करें। दूसरे संगठन आप बाद में जोड़ सकते हैं, हर एक अपने रिकॉर्ड के साथ।</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>सूची फिर देखें (&amp;L)</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>एक क्षण।</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>आपके संगठन पढ़े जा रहे हैं</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>कई संगठनों की आधार मुद्रा %1 है।</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>किसी और के रूप में साइन इन करें (&amp;G)</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>सूची में वही है जो आपका साइन-इन Zoho Books में देख सकता है। ID ब्राउज़र के पते में /app/ के बाद की संख्या है।

तीर कुंजियाँ ले जाती हैं, Space चुनता है। जिस संगठन का प्लान समाप्त हो गया है, वह अंत में रहता है और चुना नहीं जा सकता।</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>सूची पढ़ी जा रही है।</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>यह साइन-इन किसी संगठन का नहीं है</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>कौन-सा संगठन?</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>साइन इन किए गए सभी संगठन साथ-साथ सिंक होते हैं, हर एक अपने साइन-इन और कॉल के साथ; विंडो एक बार में एक दिखाती है, और उनके रिकॉर्ड कभी नहीं मिलते। Ctrl+Shift+O से बदलता है।</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>दूसरा संगठन कनेक्ट करें (&amp;Z)…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>यहाँ ज्ञात</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>एक और</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>इस कंप्यूटर के संगठन</translation>
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation>संगठन %1</translation>
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation>संगठन</translation>
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
      <translation>समाप्त</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>वित्तीय वर्ष</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>संगठन और ID</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>प्लान</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>चुना हुआ</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>%1 से</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>%1 भेजा गया चिह्नित</translation>
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
      <translation>
        <numerusform>%n बदलाव</numerusform>
        <numerusform>%n बदलाव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>%n और संदेह में</numerusform>
        <numerusform>%n और संदेह में</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>%n नया रिकॉर्ड गया</numerusform>
        <numerusform>%n नए रिकॉर्ड गए</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>%n नंबर पहले से लिया हुआ है</numerusform>
        <numerusform>%n नंबर पहले से लिए हुए हैं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>%n रिकॉर्ड लॉक किए गए महीने में आता है</numerusform>
        <numerusform>%n रिकॉर्ड लॉक किए गए महीने में आते हैं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>%n रिकॉर्ड का कर वहाँ मौजूद नहीं है</numerusform>
        <numerusform>%n रिकॉर्ड का कर वहाँ मौजूद नहीं है</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>%n रिकॉर्ड कल जाएगा</numerusform>
        <numerusform>%n रिकॉर्ड कल जाएँगे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>%n रिकॉर्ड लिखने की अनुमति नहीं है</numerusform>
        <numerusform>%n रिकॉर्ड लिखने की अनुमति नहीं है</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>%n रिकॉर्ड संपर्क या आइटम की प्रतीक्षा में है</numerusform>
        <numerusform>%n रिकॉर्ड संपर्क या आइटम की प्रतीक्षा में हैं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>%n रिकॉर्ड विनिमय दर की प्रतीक्षा में है</numerusform>
        <numerusform>%n रिकॉर्ड विनिमय दर की प्रतीक्षा में हैं</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>सब लिखने की अनुमति है</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>जाँच में</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>जाँच में: %1।</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>%1 बदला गया</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>बंद अवधि</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>%1 हटाएँ</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>%1 हटाया गया</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>आज पूरे हुए</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>हर संपर्क और आइटम वहाँ है</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>हर मुद्रा की दर है</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>हर कर Zoho Books में है</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>रोके गए</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>समीक्षा के लिए रोके गए</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>Zoho Books में</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>यह %1 पर भेजा गया और कोई उत्तर नहीं आया। कुछ भी दोबारा भेजने से पहले zbdesk Zoho Books से %2 के बारे में पूछता है, इसलिए यह वहाँ दो बार नहीं हो सकता।</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>जा रहे हैं</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>भेजा गया चिह्नित करें</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>नया %1</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>कोई महीना लॉक नहीं है</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>कोई नंबर पहले से लिया हुआ नहीं है</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>समस्या</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>दिन की कॉल पर्याप्त हैं</translation>
    </message>
    <message>
      <source>Void %1</source>
      <translation>%1 शून्य करें</translation>
    </message>
    <message>
      <source>Voided %1</source>
      <translation>%1 शून्य किया गया</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>प्रतीक्षा में</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>भुगतान</translation>
    </message>
    <message>
      <source>this number</source>
      <translation>यह नंबर</translation>
    </message>
    <message>
      <source>this record</source>
      <translation>यह रिकॉर्ड</translation>
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
      <translation>चुना गया</translation>
    </message>
    <message>
      <source>For</source>
      <translation>किसके लिए</translation>
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
      <translation>%2 में से %1 चुने हुए</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>%1 जारी किए गए; वे अभी जा रहे हैं।</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · आपके चुनने तक कुछ नहीं जाता</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>%1 रद्द करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>उन्हें रखें (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>इसे देखें (&amp;L)…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>अनुमति दी गई; वे अभी जा रहे हैं।</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>%1 रद्द करें?</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>बदलाव फिर अपने-आप जाते हैं।</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>यहाँ किए गए बदलाव अगले रन के लेने तक यहाँ रहते हैं।</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>लिखने का प्रभाव देखने के लिए रिकॉर्ड चुनें।</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>वहाँ लॉक किए गए महीने के दस्तावेज़ यहाँ प्रतीक्षा करते हैं।</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>हर लेखन का उत्तर मिल चुका है।</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>समीक्षा के लिए रोकें (&amp;O)</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>श्रेणी</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>श्रेणियाँ</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>कोई लॉक किया गया महीना नहीं</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>आज कुछ नहीं गया</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>कुछ भी रोका नहीं गया</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>कुछ भी संदेह में नहीं</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>कुछ भी नहीं जा रहा</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>कुछ भी प्रतीक्षा में नहीं</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>जाने वाले</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>पढ़ा जा रहा है…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>रिकॉर्ड फिर वैसे हैं जैसे दोनों पक्षों में पिछली बार सहमत थे। Zoho Books को छुआ नहीं गया।</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>%1 लिखने से पहले रन रुक गया।</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>ये Zoho Books में हैं।</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>ये रास्ते में हैं। हर एक जाने से पहले दर्ज किया जाता है।</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>इसे पढ़ा नहीं जा सकता</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>जो जाना है, वह अब से रोका जाएगा।</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>समीक्षा के लिए रोकें चालू रहने पर जो जाना है वह यहाँ रुकता है।</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>आज जो लिखा गया, वह यहाँ है।</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>क्या लिखा जाएगा (&amp;B)…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>क्या लिखा जाएगा</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>ये %1 Zoho Books में लिखें (&amp;T)</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>इसे Zoho Books में लिखें (&amp;T)</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>जो लेखन रास्ते में हैं, वे यहाँ हैं।</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>इनमें से हर एक के बारे में पहले Zoho Books से पूछा जाता है; केवल जो वहाँ नहीं है, वही फिर भेजा जाता है।</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>जाने वाले रिकॉर्ड</translation>
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
      <translation>अगला (&amp;X)</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>लेखाकार</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>गतिविधि</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>बैंकिंग</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>टकराव</translation>
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
      <source>Lists</source>
      <translation>सूचियाँ</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>माह-अंत</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>जाने वाले</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>समस्याएँ</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>प्रोजेक्ट</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>खरीद</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>बिक्री</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>सेटिंग</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>स्रोत</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>निपटाने हैं</translation>
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
      <translation>%1 परिणाम</translation>
    </message>
    <message>
      <source>1 result</source>
      <translation>1 परिणाम</translation>
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation>तीर कुंजियाँ चुनती हैं, Enter खोलता है, Esc बंद करता है</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>कोई परिणाम नहीं</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>“%1” से कुछ मेल नहीं खाता।</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>नंबर, नाम, संदर्भ या कमांड</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>परिणाम</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>रिकॉर्ड और कमांड खोजें</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>खोजा जा रहा है…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ चुनें · Enter खोलें · Esc बंद करें</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>%1 में %2 दशमलव होते हैं।</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>अधिकतम %2 दशमलव।</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>तिथि दर्ज करें, जैसे %1।</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>राशि दर्ज करें, जैसे %1।</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>वर्ष चार अंकों में दर्ज करें।</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>यह %1 है या %2? महीना अक्षरों में दर्ज करें।</translation>
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
      <translation>भुगतान दर्ज करें (&amp;R)</translation>
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
      <translation>राशि, %1</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>शेष %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>चुनें कि भुगतान कैसे हुआ।</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>शून्य से अधिक राशि दर्ज करें।</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>वह दिन दर्ज करें जब भुगतान आया।</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>एक प्राप्त भुगतान Zoho Books में डाला जाता है और इस इनवॉइस पर लागू होता है।</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>%1 के लिए भुगतान दर्ज करें</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>शेष %1 है; भुगतान इससे अधिक नहीं हो सकता।</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1 रास्ते में हैं</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1 बंद हैं</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1 पढ़े नहीं जा सकते</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>%1 में से 0 यहाँ हैं।</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>सभी फ़िल्टर साफ़ करें</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>फिर देखें</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>नए यहाँ अपने-आप दिखते हैं।</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>कोई %1 नहीं</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>%1 %2 में से कोई मेल नहीं खाता</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>%1 पढ़े जा रहे हैं…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>चालू करें…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>अभी सिंक करें</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>रिकॉर्ड पढ़े नहीं जा सकते</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>वे यहाँ पृष्ठ-दर-पृष्ठ दिखते हैं।</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>वे Zoho Books से नहीं पढ़े जाते।</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>Zoho Books में कोई नहीं है, %1 पर देखा गया। नए यहाँ अपने-आप दिखते हैं।</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>दोनों दिशाओं में</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>ज्ञात ग्राहक</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>%1 की दिशा</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>केवल Zoho Books से</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>केवल Zoho Books को</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>यह कनेक्शन केवल पढ़ता है।</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>यह प्रकार ऊपर बंद किया गया है।</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>zbdesk क्या कर सकता है</translation>
    </message>
    <message>
      <source>change</source>
      <translation>बदलना</translation>
    </message>
    <message>
      <source>create</source>
      <translation>बनाना</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>हटाना</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>विक्रेताओं को न छेड़ें</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>ई-मेल से लिंक करें</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>बिल्कुल समान नाम से लिंक करें</translation>
    </message>
  </context>
  <context>
    <name>PreflightPane</name>
    <message>
      <source>%1, %2.</source>
      <translation>%1, %2।</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>वापस (&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>परीक्षण रन (&amp;D)…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>पहले से जाँचा गया</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>वापस लें (&amp;K)…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>नए दस्तावेज़ों के योग</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>क्या लिखा जाएगा</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>लगभग %1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>%1 तक</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>जब Zoho Books फिर कॉल की अनुमति दे</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>पंक्ति</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation>%1 रिकॉर्ड</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>प्रिंट करें (&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation>PDF के रूप में सहेजें (&amp;S)…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>आड़ा</translation>
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
      <translation>क्रेडिट</translation>
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
      <translation>वहाँ लिखा नहीं जा सका। दूसरा स्थान या प्रिंटर चुनें।</translation>
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
      <translation>PDF दस्तावेज़ (*.pdf)</translation>
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation>कागज़ (&amp;A)</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>पृष्ठ %1 / %2</translation>
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation>पृष्ठ, जैसे वे प्रिंट होंगे</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>कागज़</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>भुगतान</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>%1 प्रिंट करें</translation>
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
      <translation>PDF के रूप में सहेजें</translation>
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
      <translation>%2 में से पहले %1 रिकॉर्ड। निर्यात में सभी होते हैं।</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>प्रिंटर ने त्रुटि बताई। कुछ भी प्रिंट नहीं हुआ।</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>खड़ा</translation>
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
      <translation>लॉक स्क्रीन पर सूचनाएँ दिख सकती हैं। उनमें पक्षकार और राशियाँ कभी नहीं होतीं।</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>विंडो ढकें</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>Ctrl+Shift+H क्लिक या कुंजी दबाने तक सभी आँकड़े छिपाता है। सिंक जारी रहता है।</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>दिन में एक बार नया संस्करण देखें</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>सूचनाओं में संगठन का नाम दें</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>नए संस्करण</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>सूचनाएँ</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>हमारे सर्वर से एक प्रश्न, आपके बारे में कुछ भी बिना। कुछ डाउनलोड या इंस्टॉल नहीं होता।</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>रिपोर्ट</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>zbdesk में खराबी के बाद रिपोर्ट दिखाएँ</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>दूसरे क्या देख सकते हैं</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>जब कोई आए</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>पूरे पाठ के साथ, कॉपी या सहेजने के लिए। zbdesk अपने-आप कहीं कुछ नहीं भेजता।</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation>
        <numerusform>%n कारण</numerusform>
        <numerusform>%n कारण</numerusform>
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
      <translation>
        <numerusform>%n बार कोशिश की गई</numerusform>
        <numerusform>%n बार कोशिश की गई</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>%1 समस्याएँ %2 में लिखी गईं।</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>खारिज (%1) (&amp;D)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>सभी को अब फिर आज़माया जा रहा है।</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>अनुमति दी गई; वे अभी जा रहे हैं।</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>समस्याओं पर वापस (&amp;B)</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>समस्याओं पर वापस</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSV फ़ाइल (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>खारिज</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>खारिज किया गया। फिर कोशिश नहीं होती; वापस लें का विकल्प खारिज किए गए में रहता है।</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>खारिज: %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>CSV निर्यात करें (&amp;X)…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>जो भी आज़माया गया, सब हो सका।</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>समस्याएँ निर्यात करें</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>कोई समस्या नहीं</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>कुछ भी खारिज नहीं किया गया</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>समस्याएँ</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>समस्याएँ पढ़ी जा रही हैं…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>फिर दिखाएँ</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>समस्याएँ पढ़ी नहीं जा सकतीं</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>यह रन इस बीच निपट चुका है।</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>इस सर्वर पर वेब पेज नहीं हैं।</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>अब फिर आज़माए गए: %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>सभी फिर आज़माएँ (&amp;A)</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>वापस लें (&amp;O)</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>दूसरा संगठन कनेक्ट करें – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>डिस्कनेक्ट किया गया, टिप्पणी के साथ</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>फिर से साइन इन करें – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>छोड़ दें (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>जैसा है वैसा रखें (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>चालू रखें (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>बाहर निकलें (&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>दिखाएँ (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>आयात रोकें (&amp;S)</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>अभी बदलें (&amp;N)</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>इसे अभी बदलें?</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>यह आयात छोड़ दें?</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>जारी रखें (&amp;O)</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>यह सिंक करता रहता है और घड़ी के पास रहता है। सेटिंग, विंडो बंद करना में इसे बदलें।</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>विंडो बंद होने पर भी zbdesk चालू रखें?</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>Zoho Books (%1) में देखें कि वे सचमुच नहीं हैं। यदि नहीं हैं, तो उन्हें यहाँ भी हटाया गया चिह्नित किया जाता है; Zoho Books में कुछ नहीं हटाया जाता।</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>अभी तक कुछ आयात नहीं हुआ है। आपने यहाँ जो सुधारा और चुना, वह खो जाएगा; फ़ाइल वैसी ही रहती है।</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>%1 अभी दिखाएँ?</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>यहीं रहें (&amp;H)</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>आयात रोकें?</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>इसके लिए विंडो नए सिरे से बनती है। कुछ खुला है जो सहेजा नहीं गया; जो लिखा गया वह खो जाएगा।</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>विंडो एक बार में एक संगठन दिखाती है; सभी सिंक होते रहते हैं। %1 में पहला बदलाव लिखने से पहले आपसे पुष्टि माँगी जाती है।</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>वे नहीं हैं: हटाया गया चिह्नित करें (&amp;G)</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>संस्करण %1। इस कंपनी के रिकॉर्ड और उसके Zoho Books को साथ रखता है। MIT लाइसेंस।</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>अब तक जो आयात हुआ, वह रहता है और वापस लिया जा सकता है। फ़ाइल फिर आयात करने पर वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho और Zoho Books, Zoho Corporation के नाम हैं, जिसका इस प्रोग्राम से कोई संबंध नहीं है।</translation>
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation>1 घंटा</translation>
    </message>
    <message>
      <source>30 minutes</source>
      <translation>30 मिनट</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>म्यूट</translation>
    </message>
    <message>
      <source>Mute for a while</source>
      <translation>कुछ समय के लिए म्यूट करें</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>%1 तक म्यूट, %2 शेष।</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>सूचनाएँ दिखाई जाती हैं।</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>अभी</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>फिर से दिखाएँ</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>कल तक</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>आगमन</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>जैसा आया</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>घटना का मुख्य भाग</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>सामग्री प्रकार</translation>
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
      <translation>व्यवस्थित</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>फिर से पढ़ें (&amp;G)</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>अनुरोध</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>हस्ताक्षर</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>आकार</translation>
    </message>
    <message>
      <source>View</source>
      <translation>दृश्य</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>कोई रिले</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>ऐसा कोई नहीं जिसे जाँचा जा सके; केवल संकेत</translation>
    </message>
    <message>
      <source>right</source>
      <translation>सही</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>लिसनर</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>फिर देखें (&amp;L)</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>, अन्यथा </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>Zoho Books का एक टेक्स्ट फ़ील्ड जो दोहरे मान अस्वीकार करता है। इसके साथ देर से पहुँचा अनुरोध कभी दूसरा रिकॉर्ड नहीं बना सकता।</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>फ़ील्ड “zbdesk ID”</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>वर्तमान स्थिति</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>यह दोहरे मान अस्वीकार करता है (&amp;P)</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>कोई रिकॉर्ड दो बार नहीं</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>पहचान का आधार</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>फ़ील्ड सेट अप करें (&amp;T)</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>Zoho Books से पूछा जा रहा है…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>Zoho Books स्वयं %2 में से %1 प्रकारों में दूसरा रिकॉर्ड अस्वीकार करता है।</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>ई-मेल पता</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>उसका अपना नंबर</translation>
    </message>
    <message>
      <source>name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>कुछ नहीं</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>संदर्भ संख्या</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>फ़ील्ड “zbdesk ID”</translation>
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
      <translation>और %1 अन्य; सभी को एक साथ फिर आज़माया जाता है और वे CSV फ़ाइल में हैं</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>कॉलम शीर्षक</translation>
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation>%1 रिकॉर्ड</translation>
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation>फ़ोल्डर में दिखाएँ (&amp;O)</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>ये Zoho Books में दर्ज किए जाते हैं।</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>यह कनेक्शन केवल पढ़ता है।</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>यह रिकॉर्ड अब यहाँ नहीं है।</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>“%1” यहाँ ज्ञात नहीं है। सूची से चुनें।</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>तिथि बदलें…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>नंबर बदलें…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>तिथियाँ बदलें…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>दूसरा चुनें…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>संपादित करें…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>इससे लिंक करें…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>रन देखें…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>Zoho Books खोलें</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>Zoho Books में संपर्क खोलें</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>Zoho Books में मुद्राएँ खोलें</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>डेटा फ़ोल्डर खोलें</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>Zoho Books में आइटम खोलें</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>लॉग फ़ोल्डर खोलें</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>सेटिंग खोलें</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>लेनदेन लॉकिंग खोलें</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>उपयोगकर्ता और भूमिकाएँ खोलें</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>यहाँ नाम बदलें…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>अर्थ बताएँ…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>बताएँ कि क्या वे नहीं हैं…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>फिर से साइन इन करें</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>फिर से साइन इन करें…</translation>
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
      <translation>
        <numerusform>%n बदलाव अभी नहीं गया है।</numerusform>
        <numerusform>%n बदलाव अभी नहीं गए हैं।</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>स्थानीय डेटा हटाएँ</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>स्थानीय डेटा हटाएँ…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>डिस्कनेक्ट करें</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>डिस्कनेक्ट करता है और इस कंप्यूटर के रिकॉर्ड हटाता है। Zoho Books में सब कुछ रहता है।</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>डिस्कनेक्ट करें…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>कुछ समाप्त करना</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>Zoho पर साइन-इन समाप्त करता है। रिकॉर्ड और लिंक रहते हैं; फिर कनेक्ट करने पर वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>रिकॉर्ड मिलान-तालिका भुला दें</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>रिकॉर्ड मिलान-तालिका भुला दें…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>दोनों पक्ष रखता है और यह भुला देता है कि कौन-सा रिकॉर्ड किसका है। केवल तब आवश्यक जब बहियाँ किसी प्रति से पुनर्स्थापित की गई हों।</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>इसे हटाएँ (&amp;R)</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>हटाया जा रहा है…</translation>
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
      <translation>कुछ नहीं खोया है। यह पूरी रिपोर्ट है; जब तक आप इसे नहीं भेजते, यह कहीं नहीं जाती।</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>रिपोर्ट</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>zbdesk को अपनी ही एक खराबी मिली</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>ठीक</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>संभव नहीं</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>संभव नहीं, साइन-इन समाप्त हो गया है</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>रुका हुआ</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>चल रहा है</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>समस्याओं के साथ</translation>
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation>%2 में से %1 वापस लिए गए।</translation>
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation>%1 वैसे ही रहते हैं; कारण हर एक के साथ है।</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>सूची कॉपी करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>%1 वापस लें (&amp;R)</translation>
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
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>Records of this run</source>
      <translation>इस रन के रिकॉर्ड</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>%1 का रन वापस लिया जा रहा है</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>%1 का रन वापस लिया गया</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>क्या होता है</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>कारण, क्या रहता है</translation>
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
      <translation>केवल %1</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1 निपटाए गए</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>इन फ़ील्ड के लिए हमेशा यही पक्ष लें, बिना पूछे (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation>निपटाएँ (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation>%1 निपटाएँ (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation>कौन-से टकराव (&amp;W)</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>प्रभाव देखने के लिए पक्ष चुनें।</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>Zoho Books में जो है, रखें (&amp;Z)</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>इस कंप्यूटर पर जो है, रखें (&amp;T)</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>वैसे ही छोड़े गए: %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>वहाँ कोई राशि नहीं बदलती।</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>कोई पक्ष नहीं चुना गया।</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>इनमें से कोई इस तरह नहीं निपट सकता।</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>इनके सभी फ़ील्ड के लिए एक ही पक्ष लिया जाता है। कुछ भी भेजने से पहले आप संख्याएँ देखते हैं।</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>टकराव नियम से निपटाएँ</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>परीक्षण रन चल रहा है।</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>परीक्षण रन संभव नहीं हुआ।</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>कौन-से टकराव</translation>
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
      <translation>Zoho Books में कुछ नहीं लिखा गया</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1, %2: हमेशा %3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>अलग-अलग फ़ील्ड का नियम किसी भी टकराव से बनता है; यहाँ वह समाप्त होता है।</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>फिर पूछें</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>इन स्रोतों के दस्तावेज़ अपने कुल के साथ एक पंक्ति बनते हैं। कई हों तो अल्पविराम के साथ।</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>दस्तावेज़ का प्रकार</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>कोई नहीं। दोनों पक्ष बदले: मुझसे पूछें, टकराव में।</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>एक पंक्ति, मात्रा 1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>नियम</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>एक पंक्ति वाले स्रोत</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>जब दोनों पक्ष बदले हों</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>स्रोतों के नाम</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>यह कंप्यूटर</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · %2 दस्तावेज़, उनमें से %3 अस्वीकृत</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>%1 दस्तावेज़ यहाँ हैं और रहते हैं; बाकी नहीं देखे गए। फ़ाइल फिर आयात करने पर जारी रहता है।</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>बंद करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>सुधार सूची सहेजें (&amp;S)…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>सभी %1 दस्तावेज़ पहले से यहाँ हैं, जैसे फ़ाइल में हैं।</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>आयात</translation>
    </message>
    <message>
      <source>Importing %1</source>
      <translation>%1 आयात हो रहा है</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>कुछ नया नहीं</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>कुछ आयात नहीं हुआ</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>वापस लें (&amp;B)…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>रोकें (&amp;T)</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>रिकॉर्ड दिखाएँ (&amp;R)</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>कुछ पंक्तियाँ गलत हैं, और सब या कुछ नहीं चुना गया था।</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>रोकें, लिए जा रहे दस्तावेज़ों के बाद आयात समाप्त करता है; वे बने रहते हैं। वही फ़ाइल दोबारा देने पर वहीं से जारी रहता है: जो यहाँ है, वह दो बार नहीं लिया जाता।</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>रुका हुआ</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>रोका जा रहा है…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>दस्तावेज़ अगले सिंक के साथ Zoho Books को जाते हैं।</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>दस्तावेज़ आपके जारी करने तक जाने वाले में प्रतीक्षा करते हैं।</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>आयात नहीं हो सका</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>आयात पूरा हुआ</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>आयात चल रहा है…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>सूची सहेजी गई।</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>इस बीच विंडो का उपयोग किया जा सकता है।</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>वे वैसे ही रहते हैं: %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>%1 हटाए जाते हैं</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>%1 शून्य किए जाते हैं</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 बदले गए</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>%1 बनाए गए</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>%1 हटाए गए</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>%1 हटाए या शून्य; %2 बिना देखे जा सकते हैं</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>%1 को अपने मान वापस मिलते हैं</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>%1 को अपने मान वापस मिलते हैं</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>%1 वापस जाते हैं या निष्क्रिय होते हैं</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>%1 वापस जाता है या निष्क्रिय होता है</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>कुल %1; %2 बिना देखे जा सकते हैं</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>%1 हटाया जाता है</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>%1 शून्य किया जाता है</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>%1 अलग चिह्नित</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>%1 रिकॉर्ड; %2 बिना देखे जा सकते हैं</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>%1 रहते हैं और सूचीबद्ध हैं</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>%1 रहता है और सूचीबद्ध है</translation>
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
      <translation>अपने मान वापस पाता है</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>हटाया जाता है</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>शून्य किया जाता है</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>कुछ नहीं लिखा गया</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>पुनर्स्थापित</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>%1 का रन वापस लें?</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>स्थिति वापस जाती है</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>स्थिति वापस आ गई</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>रहता है</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>शून्य किया गया</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>खाली</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>वापस लें (&amp;B)…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>रन</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>%1 को वापस लिया गया।</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>रन वापस लिया जा रहा है; इसकी रिपोर्ट यहाँ है।</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>चल रहा है</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>क्या परिणाम हुआ</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>क्या परिणाम हुआ…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>कब</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>Zoho Books में लिखा गया</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>रिकॉर्ड और कमांड खोजें</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>रोक, हटाना, राशियाँ, पहले पूछें, सीमा</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>बंद करना, बाहर निकलना, चालू रखना, कंप्यूटर के साथ शुरू</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>डेटाबेस, बैकअप, कहाँ, फ़ाइलें, फ़ोल्डर</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>अंतराल, मिनट, समय-सारणी, टाइमर, घंटे, बैटरी</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>सीमा, प्रति मिनट कॉल, प्रति दिन कॉल</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>सूचियाँ, चुनना, चालू करना, बंद करना, केवल पढ़ना, नीति</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>स्थानीय इंटरफ़ेस, निर्धारित निर्यात, टोकन</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>म्यूट, स्नूज़, शांत</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>निजी डेटा, रिपोर्ट</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>प्रॉक्सी, प्रमाणपत्र, इंटरनेट</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>फिर से साइन इन, डिस्कनेक्ट, संगठन, डेटा सेंटर, हस्तांतरण</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>थीम, गहरा, हल्का, कंट्रास्ट, रंग, भाषा</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>गुप्त कुंजी बदलें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>गुप्त कुंजी बनाएँ (&amp;M)</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>नई कुंजी बनाई और एक बार दिखाई जाती है। मौजूदा कुंजी सात दिन और मान्य रहती है, ताकि आप Zoho Books में वेबहुक एक-एक करके बदल सकें।</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>बनाया जा रहा है…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>गुप्त कुंजी बदलें?</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>कॉपी करें (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>गुप्त कुंजी अभी कॉपी करें</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>पूर्ण</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>पिछली गुप्त कुंजी से हस्ताक्षरित घटनाएँ सात दिन और ली जाती हैं।</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>Zoho Books में हर वेबहुक खोलें, उसे सुरक्षित करने वाला विकल्प चिह्नित करें और इसे Secret Token के रूप में चिपकाएँ। यह इस कंप्यूटर के कीचेन में है और फिर नहीं दिखाई जाती।</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>यह हर घटना पर हस्ताक्षर करती है, ताकि कोई और न भेज सके। Zoho Books में चिपकाने के लिए यह केवल एक बार, अभी दिखाई जाती है।</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>Zoho Books के लिए गुप्त कुंजी बनाएँ?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>गुप्त कुंजी दिखाई गई है। अभी कॉपी करें।</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>गुप्त कुंजी छिपाएँ</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>गुप्त कुंजी दिखाएँ</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>लेखाकार</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>बैंकिंग</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>सूचियाँ और सेटिंग</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>प्रोजेक्ट</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>खरीद</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>बिक्री</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>%1 चुने हुए</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> और </translation>
    </message>
    <message>
      <source> or </source>
      <translation> या </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>%1 %2 बदले गए</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>%1 %2 बनाए गए</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>%1 %2 हटाए गए</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 पहले से बही में है (%3)। इसे दूसरा नंबर दें, या यह पंक्ति छोड़ दें।</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>%1 %2 शून्य किए गए</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 zbdesk अगले रन में फिर कोशिश करता है।</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>%1 ने कुछ और उत्तर दिया: वहाँ त्रुटि, या बीच में प्रॉक्सी या नेटवर्क का साइन-इन पेज। यहाँ जो है वह वैसा ही रहता है; कुछ मिनट में फिर कोशिश करें (सिंक यह अपने आप करता है)।</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>%1 उत्तर देता है, पर यहाँ अपने सिरे पर कुछ नहीं पाता।</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1 अब से छोड़ दिए जाते हैं।</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1 इस संगठन के प्लान या संस्करण में शामिल नहीं हैं।</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>%1 यहाँ नहीं हटाया जा सकता। इसे Zoho Books में देखें।</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>%1 पढ़ा नहीं जा सकता (%2)। इसका स्वामी वही होना चाहिए जो zbdesk चलाता है।</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>%1 पढ़ा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>%1 शुरू नहीं हो सकता: %2।</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>%1 लिखा नहीं जा सकता (%2)। जगह खाली करें या वहाँ लिखने की अनुमति दें, और फिर कोशिश करें चुनें। पहले से सहेजा हुआ अछूता है।</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>%1 दूसरे प्रोग्राम नहीं लिख सकते।</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>%1 में Zoho Books में अद्वितीय फ़ील्ड नहीं हो सकता।</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>%1 Zoho Books में बदला और यहाँ लिया गया: %2।</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>%1 Zoho Books में बदला: %2।</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>पढ़ा नहीं जा सका: %1।</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>%1 पढ़ा नहीं जा सका: %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>%1 डेटाबेस में वापस नहीं लिखा जा सका।</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>%1 लिखा नहीं जा सका।</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>%1 Zoho Books में बनाया गया।</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>%1 Zoho Books में हटाया गया।</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>%1 ने zbdesk को प्रवेश नहीं दिया।</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>%1 दस्तावेज़ अस्वीकार किए गए।</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>%1 समय पर उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>%1 उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>%1 में मैपिंग के स्तंभ नहीं हैं।</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>%1 कोड %2 के साथ समाप्त हुआ।</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>%1 समाप्त हुआ: %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>%1 Zoho Books में नया मिला और लिया गया।</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%2 से %3 तक %1</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>%1 में %2 दशमलव होते हैं; इस राशि में अधिक हैं। इसे पूर्णांकित करें।</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>%1 की पंक्ति %2 में एक उद्धरण चिह्न है जो कभी बंद नहीं होता।</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>%1 में शीर्षक हैं पर कोई पंक्ति नहीं।</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>%1 का कनेक्शन टूट गया है और वह दूसरा खोज रहा है।</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>%1 का कनेक्शन टूट गया है और वह दूसरा खोज रहा है: %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>%1 का ऐसा एक्सटेंशन नहीं है जिसे zbdesk लिख सके।</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>%1 में “%2” शीट नहीं है।</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>%1 की कुंजी %2 है।</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>%1 की सामग्री वही है जो %2 की है, जो %3 UTC पर आयात हुई थी। इससे कुछ नहीं लिया गया।</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>%1 में ये शीर्षक एक से अधिक शीट पर हैं।</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>%1 के लिए “%2” कार्रवाई नहीं है।</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1 में तारीख या राशि नहीं है।</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1 का लिखने योग्य अपना नंबर नहीं है।</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>%1 में “%2” सेटिंग नहीं है।</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 %2 है, पढ़ी जा सकने वाली स्प्रेडशीट नहीं।</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 एक फ़ोल्डर है।</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 पहले से लक्ष्य है।</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>%1 लगाया गया है, जो %2 के भुगतान से अधिक है।</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 कनेक्ट है।</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 खाली है।</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>%2 पर %1 बचा है, और यह %3 बनता है।</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 किसी दूसरे प्रोग्राम द्वारा लॉक है या पढ़ने की अनुमति नहीं है।</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 लॉक है।</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 तारीख नहीं है।</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 zbdesk का इतिहास नहीं है।</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 घटना या सामग्री का प्रकार नहीं है।</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 न zbdesk का मिलान है, न अनुमोदन।</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 सही %2 फ़ाइल नहीं है।</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 Zoho Books में सक्रिय नहीं है।</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 SQLite डेटाबेस नहीं है, या वह एन्क्रिप्टेड या क्षतिग्रस्त है।</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 टकराव में नहीं है।</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 नाम सेवा को ज्ञात नहीं है</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 इस एन्कोडिंग का टेक्स्ट नहीं है।</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>%2 पर %1 खुला है; इससे अधिक क्रेडिट इसके लिए नहीं हो सकता।</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>%2 पर %1 खुला है; इससे अधिक भुगतान इसके लिए नहीं हो सकता।</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 पासवर्ड से सुरक्षित है।</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>%1 शुरू हो रहा है।</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>%1 अभी लिखा जा रहा है।</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 रुका हुआ है।</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 शून्य है।</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 पर पहले से नज़र रखी जा रही है।</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>%1 फ़िलहाल और संदेश नहीं जाने देता।</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>%1 हाथ से Zoho Books के “%2” से लिंक किया गया।</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>%1 उससे लिंक किया गया जो Zoho Books में पहले से था।</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>%1 सुरक्षित कनेक्शन नहीं बनाता।</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>%1 सूची होनी चाहिए।</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>%1 %2 तक नहीं पहुँचाए गए।</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>Zoho Books की भेजी सूची में %2 %3 में से %1 नहीं हैं। कुछ नहीं हटाया गया।</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2: Zoho Books में %1 एक बार के बजाय %4 बार हुआ (%3)।</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>आज की %2 Zoho Books कॉल में से %1 उपयोग हो चुकी हैं।</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>%1 संदेश को यहाँ पहुँचने से पहले अस्वीकार करता है।</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>%1 पंक्तियाँ, %2 ली गईं।</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>%1 हमें %2 पर भेजता है, जिसका Zoho Books अनुसरण नहीं करता।</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>%1 इस आकार का संदेश नहीं लेता।</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>%1 ने %2 सेकंड में कोई सार्वजनिक पता नहीं बताया।</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>%1 आपकी प्रतीक्षा में हैं।</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>%1 आपकी प्रतीक्षा में है।</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>%1 यहाँ और Zoho Books में बदला गया: %2।</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>%1 Zoho Books में हटाया गया और यहाँ भी हटाया गया है।</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>%1 वापस लिया गया: %3 में से %2 रिकॉर्ड।</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>%1 वापस लिया गया: %3 में से %2 रिकॉर्ड; %4 वैसे ही रहे, कारण रिपोर्ट में है।</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>%1 में स्प्रेडशीट की सीमा (%2) से अधिक पंक्तियाँ होंगी।</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 zbdesk अपने आप फिर देखता है।</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 कुछ भी दोबारा भेजने से पहले zbdesk रिकॉर्ड को खोजता है।</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 उससे पहले zbdesk कोई कॉल नहीं करता और जहाँ रुका था वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 zbdesk अपने-आप फिर कोशिश करता है; कुछ नहीं खोता।</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1, अनुमति %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1, या --data-dir से दूसरा चुनें। वहाँ सहेजा गया वैसा ही रहता है।</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1, यहाँ शुरू किया गया</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1: %2 %3 बनाए गए, %4 बदले गए, %5 अस्वीकार।</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1: %2 %3 होना चाहिए।</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1: %2 पंक्तियाँ, %3 बनीं, %4 बदलीं, %5 अपरिवर्तित, %6 अस्वीकार।</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1: Zoho Books ने खाली सूची भेजी। उसके कारण यहाँ कुछ नहीं हटाया गया।</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1: एक टकराव निपटाया गया (%2)।</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1: Zoho Books में हटाया गया। अंतिम ज्ञात अवस्था यहाँ रखी गई है।</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1: आयात वापस लेना शुरू हुआ: भेजे जा चुके %2 रिकॉर्ड।</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1: आयात वापस लिया गया: %2 हटाए, %3 पहले जैसे, %4 रखे गए।</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1: “%2” Zoho Books को भेजा गया।</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1; ट्रैफ़िक देखने वाले प्रॉक्सी को यहाँ अपना प्रमाणपत्र चाहिए</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>%n बदला</numerusform>
        <numerusform>%n बदले</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>%n बदलाव</numerusform>
        <numerusform>%n बदलाव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>%n बदलाव</numerusform>
        <numerusform>%n बदलाव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>%n टकराव</numerusform>
        <numerusform>%n टकराव</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>%n बना</numerusform>
        <numerusform>%n बने</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>%n दिन</numerusform>
        <numerusform>%n दिन</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>%n हटाया</numerusform>
        <numerusform>%n हटाए</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>%n विलोपन</numerusform>
        <numerusform>%n विलोपन</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n documents</source>
      <translation>
        <numerusform>%n दस्तावेज़</numerusform>
        <numerusform>%n दस्तावेज़</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n events were</source>
      <translation>
        <numerusform>%n घटना</numerusform>
        <numerusform>%n घटनाएँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours</source>
      <translation>
        <numerusform>%n घंटा</numerusform>
        <numerusform>%n घंटे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n linked</source>
      <translation>
        <numerusform>%n जोड़ा</numerusform>
        <numerusform>%n जोड़े</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lists</source>
      <translation>
        <numerusform>%n सूची</numerusform>
        <numerusform>%n सूचियाँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n marked otherwise</source>
      <translation>
        <numerusform>%n अन्यथा चिह्नित</numerusform>
        <numerusform>%n अन्यथा चिह्नित</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes</source>
      <translation>
        <numerusform>%n मिनट</numerusform>
        <numerusform>%n मिनट</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more lists</source>
      <translation>
        <numerusform>%n और सूची</numerusform>
        <numerusform>%n और सूचियाँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>%n नया</numerusform>
        <numerusform>%n नए</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems</source>
      <translation>
        <numerusform>%n समस्या</numerusform>
        <numerusform>%n समस्याएँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>%n रिकॉर्ड</numerusform>
        <numerusform>%n रिकॉर्ड</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n पंक्ति</numerusform>
        <numerusform>%n पंक्तियाँ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n सेकंड</numerusform>
        <numerusform>%n सेकंड</numerusform>
      </translation>
    </message>
    <message>
      <source>, </source>
      <translation>, </translation>
    </message>
    <message>
      <source>3 to 10 minutes</source>
      <translation>3 से 10 मिनट</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>%1 बंद नहीं है।</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>इस राशि का एक कोष्ठक नहीं है; (100.00) या -100.00 लिखें।</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>कोड एक बार और %1 तक काम करता है, और केवल उसी डेटा सेंटर में जिसने उसे बनाया (%2 से पूछा गया)। नया बनाएँ; वह भी विफल हो तो डेटा सेंटर जाँचें।</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>संपर्क ग्राहक या विक्रेता होता है।</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>इससे क्रेडिट लगाया गया या धन लौटाया गया। उसे Zoho Books में वापस लें।</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>कस्टम फ़ील्ड को उसका api_name (या label) और मान चाहिए।</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>मेमोरी वाले डेटाबेस में पढ़ने को कुछ नहीं होता।</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>दस्तावेज़ नामित फ़ील्ड वाला ऑब्जेक्ट होता है।</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>यहाँ फ़ील्ड का नाम टेक्स्ट के रूप में चाहिए।</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>नई जाँच के लिए लगभग %1 कॉल चाहिए, और आज %2 बची हैं।</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>जर्नल पंक्ति डेबिट या क्रेडिट होती है, दोनों नहीं।</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>जर्नल पंक्ति डेबिट या क्रेडिट होती है।</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>जर्नल पंक्ति को खाता चाहिए।</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>जर्नल पंक्ति को राशि चाहिए।</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>कोई पंक्ति गायब है, जोड़ी गई है या अपनी जगह पर नहीं है।</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>बिना आइटम की पंक्ति को दर चाहिए।</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>यहाँ सूची चाहिए।</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>मैपिंग में ऐसी कुंजी नहीं है; उसमें %1 हैं।</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>मैपिंग JSON ऑब्जेक्ट होती है।</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>नंबर में अधिकतम %1 वर्ण होते हैं।</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>इतने लंबे नंबर के अंतिम अंक स्प्रेडशीट में खो गए हैं। स्तंभ को टेक्स्ट बनाएँ, इसे फिर दर्ज करें और फ़ाइल सहेजें।</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>भुगतान शून्य से अधिक होता है।</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>एक उद्धरण चिह्न बंद नहीं है।</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>सीमा से परे एक रन की अनुमति दी गई: %1 रिकॉर्ड।</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>सीमा से परे एक रन की अनुमति दी गई: %1 रिकॉर्ड।</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>%1 प्रकार का स्रोत यहाँ नहीं चलाया जाता।</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>स्रोत केवल पढ़ता है, अपने उपयोगकर्ता के अधिकारों से। डेटाबेस कहता है: %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>स्रोत केवल पढ़ता है। इसे हटा दें; यदि यह स्तंभ का नाम है तो उद्धरण चिह्नों में रखें।</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>स्रोत केवल पढ़ता है: एक SELECT, या WITH ... SELECT लिखें। डेटाबेस से कुछ नहीं पूछा गया।</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>इस तरह का कथन %1 माँग सकता है।</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>टोकन का नाम %1 नहीं हो सकता।</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>इसके एक लेखन का उत्तर अभी नहीं आया है; पहले उसकी जाँच होती है।</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>Zoho के पृष्ठ पर अनुमति अस्वीकार की गई।</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>API कंसोल में %1 को क्लाइंट के Authorized Redirect URIs में ठीक ऐसे ही जोड़ें, फिर साइन इन करें।</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>इसे Zoho Books में Settings, Currencies में जोड़ें; फिर यह दस्तावेज़ अपने-आप जाता है।</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>%1 को यहाँ या Zoho Books में जोड़ें; फिर यह रिकॉर्ड अपने-आप जाता है।</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>स्रोत को उसके पते के साथ फिर जोड़ें; वह जो लाया वह रहता है।</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>प्रॉक्सी में 1 MB की सामग्री की अनुमति दें।</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>सेटिंग, %1 में इसकी अनुमति दें, या यहाँ का बदलाव वापस लें।</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>वहाँ लिखने की अनुमति दें</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>वहाँ लिखने की अनुमति दें, या --data-dir से दूसरी जगह चुनें।</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>कीचेन की सेटिंग में zbdesk को अनुमति दें और फिर कोशिश करें चुनें।</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>एक राशि बाइनरी भिन्न के रूप में आई और अंक खो गए; उसे टेक्स्ट के रूप में दें।</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>एक घटना रखी नहीं जा सकी और उसकी पुष्टि नहीं की गई। डेटा फ़ोल्डर की डिस्क जाँचें।</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>एक घटना रखी नहीं जा सकी और उसकी पुष्टि नहीं की गई; जहाँ पुनः प्रयास सेट है वहाँ Zoho Books उसे फिर भेजता है, और पूछताछ से बदलाव मिल जाता है। जगह खाली करें।</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>इस दस्तावेज़ का एक आइटम Zoho Books में निष्क्रिय है।</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>यहाँ नामित फ़ील्ड वाला ऑब्जेक्ट चाहिए।</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>इस कंप्यूटर के पोर्ट %1 पर दूसरा प्रोग्राम उत्तर देता है।</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>किसी दूसरे प्रोग्राम ने इसे लॉक कर रखा है। उसे (बैकअप टूल, दूसरा zbdesk) बंद करें और फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>हो सकता है दूसरे प्रोग्राम के पास इसका पोर्ट हो: समस्याएँ देखें। अपने आप फिर कोशिश होती है; तब एक बार और कोशिश करें।</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>कोई दूसरा प्रोग्राम पोर्ट %1 का उपयोग कर रहा है।</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>दूसरी पंक्ति ग़लत है, और सब या कुछ नहीं माँगा गया था।</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>दूसरा रन वापस लिया जा रहा है। उसके पूरा होने तक प्रतीक्षा करें।</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>अधिकतम उतना लगाएँ जितना खुला है।</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>अधिकतम उतना लगाएँ जितना खुला है; उससे अधिक जो आया वह भुगतान पर बिना उपयोग रहता है।</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>छोटी अवधि माँगें।</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>एक बार और पूछें, या विंडो में Webhooks के अंतर्गत देखें।</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>चलाने वाले से सार्वजनिक पते की अनुमति माँगें, या दूसरे नेटवर्क से जाँचें।</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>अपने Zoho Books प्रशासक से पहुँच माँगें, या इस अनुमति के साथ फिर साइन इन करें। पूरा सिंक इसे फिर आज़माता है।</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>अपने Zoho Books व्यवस्थापक से अनुमति माँगें, या इस भाग के साथ फिर कनेक्ट करें।</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>%1 पर दूसरा पेज उत्तर देता है।</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>इस कंप्यूटर के पोर्ट %1 पर दूसरा zbdesk सुनता है, दूसरी गुप्त कुंजी के साथ।</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>अपडेट से पहले बने बैकअप यहाँ हैं, नवीनतम पहले: %1।</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>CSV, TSV, XLSX, XLSM, XLS और ODS फ़ाइलें आयात की जा सकती हैं।</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>%1 बदलें, या डिफ़ॉल्ट के लिए इसे हटा दें।</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>इसे सिस्टम की सेटिंग में स्टार्टअप प्रोग्राम के अंतर्गत बदलें।</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>रिकॉर्ड को यहाँ वैसे बदलें जैसे Zoho Books चाहता है, तब वह फिर भेजा जाता है।</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>तब से बदला: %1।</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>Zoho Books के बदलाव बिना वेबहुक आए और देखने पर मिले: %1।</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>%1 जाँचें: बड़े-छोटे अक्षर और रिक्त स्थान मायने रखते हैं। सही पासफ़्रेज़ न हो तो %2 हटाएँ और फिर कनेक्ट करें; इस कंप्यूटर के रिकॉर्ड बने रहते हैं।</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>वर्तनी जाँचें, और यह कि प्रविष्टि आपके डोमेन प्रदाता के पास है; नई को एक घंटा तक लगता है।</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>आपूर्ति का स्थान जाँचें: IGST दूसरे राज्यों के लिए है, CGST और SGST उसी राज्य के लिए।</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>जाँचें कि निर्यात पूरा था।</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>फ़ाइल को उसे लिखने वाले प्रोग्राम में जाँचें।</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>इंटरनेट कनेक्शन या प्रॉक्सी जाँचें। zbdesk अपने-आप फिर कोशिश करता है; कुछ नहीं खोता।</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>नाम और फ़ोल्डर जाँचें।</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>नेटवर्क और डेटाबेस का पता जाँचें; कुछ नहीं खोता, उसके लौटने पर सिंक जारी रहता है।</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>रिवर्स चार्ज सेटिंग जाँचें।</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>विंडो में Zoho Books कनेक्ट करें चुनें, या `zbdesk connect` चलाएँ।</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>सेटिंग, नेटवर्क में PEM फ़ाइल चुनें, या कोई भी नहीं।</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>1 से %1 वर्णों का ऐसा नाम चुनें जो किसी दूसरे टोकन का न हो, जैसे प्रोग्राम का।</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>पहले टनल चुनें या अपना पता दें: `zbdesk webhooks tunnel`।</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>Webhooks के अंतर्गत टनल चुनें, या अपना पता चिपकाएँ।</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>बिल की हर पंक्ति के लिए खाता चुनें।</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>दूसरा मॉड्यूल चुनें।</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>दूसरा नाम चुनें।</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>--data-dir या %1 से दूसरा चुनें, या वहाँ लिखने की अनुमति दें।</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>दूसरी जगह चुनें।</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>यदि घटनाओं को हस्ताक्षर से जाँचना है तो दूसरा टनल चुनें।</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>कम मॉड्यूल या छोटी अवधि चुनें, या पिछली बार पढ़े गए से तुलना करें।</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>उसमें से एक फ़ाइल चुनें, या फ़ोल्डर पर नज़र रखें।</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>जो मौजूद है, उसमें से चुनें; यदि वह नया है तो सूची फिर पढ़ें।</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>कुंजी फ़ाइल फिर चुनें: वह सेटिंग में बताई जगह पर नहीं है।</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>दूसरी डेमो विंडो, या उनका उपयोग करने वाला प्रोग्राम बंद करें, फिर शुरू करें।</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>इसे स्प्रेडशीट प्रोग्राम में बंद करें, या पढ़ने की अनुमति दें, और फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>इसे बंद करें, या निकालें, और फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>इसे बंद करें, या पूरा होने तक प्रतीक्षा करें, और फिर शुरू करें।</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>इसे बंद करें; बाकी कथन इसी का भाग माना जाता है।</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>इसे बंद करें; बाकी कथन टेक्स्ट माना जाता है।</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>वह प्रोग्राम बंद करें, या सेटिंग और अपने टनल में दूसरा पोर्ट चुनें। zbdesk अपने आप फिर कोशिश करता है; तब तक बदलाव पूछताछ से आते हैं।</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>दूसरा zbdesk बंद करें और फिर कोशिश करें चुनें।</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>Cloudflare फ़िलहाल और त्वरित टनल नहीं देता। एक घंटा प्रतीक्षा करें, या नामित टनल बनाएँ, जो मुफ़्त है।</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>दोनों के कर, छूट और पूर्णांकन की तुलना करें, फिर दस्तावेज़ को यहाँ या Zoho Books में ठीक करें।</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>फिर कनेक्ट करके इसकी अनुमति दें, या यहाँ का बदलाव वापस लें।</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>“केवल पढ़ना” के बिना फिर कनेक्ट करें, या यहाँ का बदलाव वापस लें।</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>इसे फिर कनेक्ट करें।</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>%1 से कनेक्ट हुआ, केवल पढ़ने के लिए।</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>%1 से कनेक्ट हुआ।</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>दस्तावेज़ के संपर्क व्यक्ति Zoho Books में चुने जाते हैं।</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>Cloudflare के डैशबोर्ड से टनल का टोकन फिर कॉपी करें, सेटिंग, Webhooks के अंतर्गत।</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>Accept चुनने के बाद ब्राउज़र जो पूरा पता दिखाता है उसे कॉपी करें; वह http://localhost से शुरू होता है।</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>सेल सुधारें।</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>डेबिट और क्रेडिट में %1 का अंतर है।</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>इसे यहाँ भी हटाएँ, या नए रूप में फिर भेजें।</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>अतिरिक्त वाले को Zoho Books में हटाएँ। वह इसलिए बना क्योंकि Zoho का एक उत्तर रास्ते में खो गया।</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>डिलीवरी %1 फिर नहीं भेजी जा सकती।</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>क्या यह “%1” हो गया?</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>क्या आपका मतलब %1 था?</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>क्या आपका मतलब “%1” था?</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>Zoho Books से डिस्कनेक्ट हुआ।</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>डिस्कनेक्ट करना शुरू हुआ।</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>इसे Zoho Books में करें, फिर यहाँ का बदलाव वापस लें।</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>Zoho Books में रहने वाले दस्तावेज़ इसका संदर्भ देते हैं।</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>Zoho Books में रहने वाले दस्तावेज़ इसका संदर्भ देते हैं; इसे निष्क्रिय किया जाता है।</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>वह प्रोग्राम बंद करें, या सेटिंग, Webhooks के अंतर्गत zbdesk के लिए दूसरा पोर्ट चुनें।</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>दूसरे को बंद करें, या सेटिंग, Webhooks के अंतर्गत हर एक को अपना पोर्ट दें।</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>इसे नए सिरे से दर्ज करें।</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Zoho Books में Settings, Currencies में दर्ज करें; फिर यह दस्तावेज़ अपने-आप जाता है।</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>पहले %1 को यहाँ या Zoho Books में दर्ज करें, या नाम सुधारें।</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Zoho Books में सेटिंग, मुद्राएँ के अंतर्गत दर दर्ज करें; फिर यह दस्तावेज़ अपने आप जाता है।</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>तब तक घटनाएँ रिले पर प्रतीक्षा करती हैं।</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>हर दस्तावेज़ को वह आईडी चाहिए जो उसके स्रोत में है।</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>सब कुछ अद्यतन है।</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>इसे फिर निर्यात करें; एक शीर्षक पंक्ति और एक पंक्ति चाहिए।</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>zbdesk की फ़ाइलें गायब हैं।</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>जो पेज अंत में खुला था उसे पूरा करें, और पता वहीं से कॉपी करें।</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>पहला सिंक पूरा: %2 में से %1 यहाँ हैं।</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>देखने पर मिला: %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>जगह खाली करें या दूसरी जगह चुनें। वहाँ जो था वह अपरिवर्तित है।</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>वहाँ जगह खाली करें</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>ऐसा लें जिसमें यह पता हो, या नाम का उपयोग करें।</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>ऐसा लें जिसमें यह नाम हो।</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>हर कंप्यूटर को अपना पता दें।</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>“%1” या “%2” में से एक दें, दोनों नहीं।</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>इसे नाम दें।</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>इसे दूसरा नाम दें, या Zoho Books में दूसरे का नाम बदलें या मिलाएँ।</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>पहले उसका पहला दिन दें।</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>कम दें, या जो पहले से दर्ज है उसे वापस लें।</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>पता बिना पथ के दें: केवल https://, होस्ट और पोर्ट।</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>दस्तावेज़ को दूसरा नंबर दें, या Zoho Books में दूसरे को हटाएँ।</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>स्रोत को उसका पता मौजूदा पासवर्ड के साथ फिर दें।</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>यदि अधिक आया, तो amount_applied से बताएँ कि इस दस्तावेज़ के लिए कितना है।</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>%1 आयात करें</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>%1 में इस ID का कोई क्लाइंट नहीं है। उस डेटा सेंटर के API कंसोल से मिलाएँ, और जाँचें कि डेटा सेंटर वही है जो आपके Zoho Books के पते में है।</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>टकराव में: %1।</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>इसे फिर इंस्टॉल करें, या दूसरा टनल चुनें।</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>इसे इंस्टॉल करें, या सेटिंग, Webhooks में बताएँ कि यह कहाँ है, या दूसरा टनल चुनें।</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>zbdesk के साथ Python पैकेज %1 इंस्टॉल करें, फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>zbdesk फिर इंस्टॉल करें: उसके चित्र और अनुवाद प्रोग्राम के साथ नहीं हैं।</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>zbdesk फिर इंस्टॉल करें; वह मैनुअल साथ लाता है।</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>इसने स्थिति %1 के साथ उत्तर दिया।</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>यह उत्तर देता है, पर वह नहीं जो पूछा गया।</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>यह अपने आप या रोकने वाली बात निपटने के बाद शुरू होता है: डैशबोर्ड देखें। कुछ नहीं बदला गया।</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>यह इस कंप्यूटर पर दूसरे संगठन का है। पहले उस पर जाएँ; कुछ नहीं बदला गया।</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>इसे हटाया नहीं जा सकता; इसे निष्क्रिय किया जाता है।</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>यह भुगतान से अधिक नहीं हो सकता।</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>इस तक पहुँचा नहीं जा सकता (%1)।</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>इसे पढ़ा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>यह जो आगे भेजता है उसे बदल देता है, इसलिए इसकी घटनाएँ केवल संकेत हैं।</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>जो भेजा जाता है, उसका वह उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>यह नहीं बताया गया कि कौन सा (%1)।</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>यह %1 देती है। इससे कुछ नहीं लिया गया। क्वेरी सुधारें, या पूर्वावलोकन देखकर फिर मैप करें।</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>यह हो चुका है। इसके बजाय रिकॉर्ड बदलें।</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>तब से इसका भुगतान हो चुका है। पहले Zoho Books में भुगतान हटाएँ।</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>इसका भुगतान हो चुका है; राशियाँ रहती हैं।</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>इस कंप्यूटर पर अब इसका कोई दस्तावेज़ नहीं है।</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>इसमें शीर्षक या हमारी अंतिम पंक्ति नहीं है। स्प्रेडशीट में सहेजने से वे हट जाते हैं।</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>इसका स्कीमा संस्करण %1 है; यह प्रोग्राम %2 तक के संस्करण जानता है। कुछ नहीं बदला गया। zbdesk अपडेट करें, या उसी संस्करण का उपयोग करें जिसने इसे बनाया।</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>इसमें हैं: %1। मैपिंग में इनमें से एक चुनें।</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>इसमें %1 है।</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>इसमें उपयोगकर्ता नाम या पासवर्ड है, जो रास्ते में सबको दिखेगा।</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>इसमें ऐसे रिक्त स्थान या चिह्न हैं जो किसी वेब पते में नहीं होते, या यह बहुत लंबा है।</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>इसमें ऐसी तालिकाएँ हैं जो zbdesk ने नहीं बनाईं, इसलिए कुछ नहीं लिखा गया। दूसरा डेटा फ़ोल्डर चुनें।</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>इसमें {port} है, जिसके लिए रिमोट पोर्ट 0 चाहिए।</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>यह फ़ाइल है, फ़ोल्डर नहीं।</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>यह मैप की गई राशियों की सूची है: %1।</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>यह जितना हो सकता है उससे कहीं बड़ा है।</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>यह बहुत लंबा है।</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>यह %1 के लिए है, %2 के लिए नहीं।</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>यह पहले ही Zoho Books से जा चुका है।</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>यह Zoho Books की लॉक अवधि में है।</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>यह टकराव में है; पहले उसे निपटाएँ।</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>इसे अपने आप फिर खोजा जाता है; इससे जो आया वह रहता है।</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>यह Zoho Books के पहली बार कनेक्ट होने पर बनता है।</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>यह वेब पता नहीं है।</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>यह प्रॉक्सी का पता नहीं है।</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>अभी ज्ञात नहीं कि Zoho Books ने इसे लिया या नहीं।</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>यह खोज पथ पर नहीं है।</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>यह पढ़ने योग्य JSON नहीं है।</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>यह वहाँ नहीं है।</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>यह वहाँ नहीं है: हटाया गया, नाम बदला गया, या इसकी ड्राइव जुड़ी नहीं है।</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>यह Zoho Books के रास्ते में है।</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>यह Zoho Books की ओर जा रहा है; उत्तर की प्रतीक्षा करें।</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>यह एक वर्ण है, जैसे “;”, या comma, semicolon, tab, pipe में से एक।</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>यह %1 में से एक है।</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>यह स्रोत %1 है। पहले उसे हटाएँ, या दूसरा फ़ोल्डर चुनें।</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>यह अभी चल रहा है, या अभी-अभी बीच में रुका।</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>यह बंद है, या नेटवर्क नहीं है। पहले पढ़ा गया रहता है; zbdesk अगले रन में फिर कोशिश करता है।</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>यह शीर्षकों वाली पंक्ति की संख्या है, 1 से।</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>इसे अपने-आप फिर आज़माया जाता है। समस्या बनी रहे तो Zoho Books में हाथ से दर्ज करके देखें कि Zoho को किस पर आपत्ति है।</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>अपने आप फिर कोशिश होती है। नेटवर्क और dashboard.ngrok.com देखें।</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>अपने आप फिर कोशिश होती है। नेटवर्क देखें और यह कि सर्वर चालू है।</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>अपने आप फिर कोशिश होती है। नेटवर्क देखें, और यह कि फ़ायरवॉल cloudflared को जाने देता है (पोर्ट 7844)।</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>यह स्पष्ट नहीं कि %1 का परिणाम वापस लिखा गया या नहीं।</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>यह Zoho Books में पहले ही शून्य है।</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>इसमें अनुमति %1 नहीं है। उसके साथ फिर कनेक्ट करें, या वेबहुक हाथ से सेट करें: मैनुअल की मार्गदर्शिका हर चरण दिखाती है।</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>हो सकता है यह अब न हो।</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>हो सकता है यह दूसरे कनेक्शन का हो।</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>हो सकता है कि इस बीच इसे हटा दिया गया हो।</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>हो सकता है इस बीच यह निपट गया हो।</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>यह केवल वही लिख सकता है जो Zoho Books कहता है।</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>यह शून्य से अधिक होना चाहिए।</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>यह https:// से शुरू होना चाहिए।</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>यह https:// से शुरू होना चाहिए: http पर रास्ते में कोई भी आपके रिकॉर्ड पढ़ सकता है।</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>यह http://proxy.example.com:8080 जैसा होना चाहिए। इसे सेटिंग, नेटवर्क में, या सिस्टम की सेटिंग में बदलें।</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>यह https://accounts.example.com जैसा होना चाहिए।</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>इसे ठीक एक को छूना चाहिए। इसे वापस लिया गया; कथन का WHERE जाँचें।</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>उसने %1 बताया। वहाँ कुछ नहीं भेजा गया। zbdesk से साइन-इन फिर शुरू करें; फिर ऐसा हो तो डेटा सेंटर जाँचें और इस कंप्यूटर में अवांछित सॉफ़्टवेयर जाँचें।</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>इसमें खोजे जा सकने वाले कंप्यूटर का नाम नहीं है।</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>इसमें कंप्यूटर का नाम नहीं है।</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>यह रन से पहले जैसा हो जाता है।</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>zbdesk के चलने तक यह अपने आप चलता है।</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>संदेश: %1।</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>उत्तर है कि यह हमेशा के लिए जा चुका है (410)।</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>यह हमें दूसरे पते (%1) पर भेजता है, जिसका अनुसरण नहीं किया जाता।</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>यह %1 जैसा होना चाहिए।</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>यह Zoho Books में शून्य के रूप में रहता है और अपना नंबर रखता है।</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>तब से इसे यहाँ बदला गया, और वह अभी नहीं गया है।</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>तब से इसे Zoho Books में बदला गया।</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>इसे Zoho Books में हटाया गया। फिर दर्ज करने पर यह दूसरे इतिहास वाला दूसरा रिकॉर्ड होगा।</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>वहाँ इसे हटाया या मर्ज किया गया।</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>इसे पहुँचा दिया गया।</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>इसे डिस्कनेक्ट किया गया।</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>इसे वैसे ही छोड़ा गया। zbdesk कल फिर देखता है।</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>इसे बिल्कुल वैसा ही छोड़ा गया।</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>इसे %1 पर खोजा गया।</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>इसे %1 में खोजा गया। फिर साइन इन करें; जो यहाँ है वह रहता है, और सिंक वहीं से आगे चलता है।</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>इसे हटाकर कहीं और रखा गया या नाम बदला गया। स्रोत को उसका पता फिर दें।</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>इस बीच इसे हटा दिया गया।</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>इसे पहले ही वापस लिया जा चुका है।</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>इसे Zoho में वापस लिया गया, या उसी उपयोगकर्ता के 20 नए साइन-इन के बाद बदल दिया गया (%1)। फिर साइन इन करें; जो यहाँ है वह रहता है, और सिंक वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>यह %1 में बैठेगा: सेल सुधारें, या मैपिंग का क्रम।</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>इसका पता उपयोग नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>इसका उत्तर खो गया था; यह वहाँ मिला।</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>इसकी सामग्री नहीं रखी गई।</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>इसका विवरण अभी पढ़ा नहीं गया है। उसे खोलें, फिर संपादित करें।</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>इसकी फ़ाइल, फ़ोल्डर या डिस्क इस उपयोगकर्ता के लिए केवल पढ़ने योग्य है। उसे लिखने योग्य बनाएँ या दूसरा डेटा फ़ोल्डर चुनें।</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>इसकी ID या गुप्त कुंजी API कंसोल में बदली या हटाई गई (%1)। नई के साथ फिर कनेक्ट करें; जो यहाँ है वह रहता है, और सिंक वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>अंतिम शब्द: %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>इसका लिंक https पता नहीं है।</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>इसका नाम वेब पते के रूप में नहीं लिखा जा सकता।</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>इसके पथ में ऐसे चिह्न हैं जिन्हें वहाँ दूसरे ढंग से लिखना होता है।</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>इसका उपाय बताता है कि क्या करना है; `zbdesk problems` उसे दिखाता है।</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>इसका हस्ताक्षर दूसरा है।</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>इसका परीक्षण या प्लान समाप्त हो गया है। Zoho Books में उसका नवीनीकरण करें, फिर कनेक्ट करें।</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>local या remote रखें।</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>ज्ञात हैं %1 और custom। यह उस पते का अंतिम भाग है जिस पर आप Zoho Books खोलते हैं।</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>ज्ञात हैं: %1।</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>/*! ... */ हटा दें।</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>FOR UPDATE या FOR SHARE हटा दें: कुछ नहीं बदला जाता।</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>प्रश्न चिह्न या संख्या चिह्न से आगे का सब हटा दें।</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>प्रश्न चिह्न के बाद का भाग हटा दें।</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>उसके पोर्ट से http नहीं, TLS के वर्तमान संस्करण के साथ https में उत्तर दिलाएँ।</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>पथ /webhooks को पूरे पथ के साथ http://127.0.0.1:%1 तक ले जाएँ।</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>प्रॉक्सी से हेडर X-Zoho-Webhook-Signature आगे भिजवाएँ, और सुनिश्चित करें कि पता इस कंप्यूटर तक ले जाता है।</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>क्वेरी से एक ही प्रकार दिलाएँ, जैसे CAST(... AS INTEGER) से।</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>सर्वर से उसके मध्यवर्ती प्रमाणपत्र भी भिजवाएँ।</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>टनल को http://127.0.0.1:%1 तक ले जाएँ, और सुनिश्चित करें कि वह चल रहा है।</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>पंक्ति %1 ऑब्जेक्ट नहीं है।</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>पंक्ति %1 JSON नहीं है।</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>पंक्ति %1, स्तंभ %2: %3।</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>अंत की पंक्तियाँ गायब हैं।</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>इसे ब्राउज़र में देखें, वह कारण बताता है।</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>Zoho Books में इसका संपर्क, आइटम, खाते और कर देखें, और यहाँ दूसरे बताएँ।</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>इसके आँकड़े फिर देखें, तब निर्णय लें।</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>इसके भुगतान देखें, वे भी जो अभी नहीं गए हैं।</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>Zoho Books में रिकॉर्ड देखें, फिर ये फ़ील्ड यहाँ या वहाँ ठीक करें।</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>सर्वर का नाम और नेटवर्क देखें।</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>Webhooks के अंतर्गत टनल देखें।</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>इन्हें जाने वाले के अंतर्गत देखें और ठीक इन्हीं को जाने दें, या `zbdesk sync --allow-large` चलाएँ। सीमाएँ सेटिंग में बड़े रन से पहले के अंतर्गत हैं।</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>Zoho Books में सेटिंग, स्वचालन, वर्कफ़्लो लॉग के अंतर्गत देखें: नियम चालू हैं या नहीं, और दिन के 1,000 वेबहुक समाप्त तो नहीं हुए।</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>Zoho Books में देखें कि वे सचमुच हटाए गए या नहीं। यदि हाँ, तो हटाने की पुष्टि करें; यदि नहीं, तो साइन इन करने वाले उपयोगकर्ता के अधिकार जाँचें, फिर सिंक करें।</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>देखें कि %1 चल रहा है और इस कंप्यूटर तक ले जाता है।</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>देखें कि %1 चल रहा है, और फ़ायरवॉल कनेक्शन आने देता है।</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>देखें कि वह इन्हें क्यों नहीं लेता, फिर दोबारा भेजें: `zbdesk webhooks deliveries`।</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>नया चैनल बनाएँ और उसका पता चिपकाएँ।</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>नया चैनल बनाएँ: हो सकता है कोई और इसे सुन रहा हो, या रिले में समस्या हो।</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>इसे डेटाबेस में व्यू बनाएँ।</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>इसे बनाएँ, इसकी ड्राइव जोड़ें, या सेटिंग में दूसरा चुनें।</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>Zoho Books में संपर्क को सक्रिय करें, या दूसरा चुनें।</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>संपर्क को यहाँ या Zoho Books में सक्रिय करें; फिर दस्तावेज़ अपने आप जाता है।</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>Zoho Books में आइटम को सक्रिय करें, या दूसरा चुनें।</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>आइटम को यहाँ या Zoho Books में सक्रिय करें; फिर दस्तावेज़ अपने आप जाता है।</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>इसे सुधारें और पूर्वावलोकन देखें। डेटाबेस कहता है: %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>इसे सुधारें, या डिफ़ॉल्ट से शुरू करने के लिए इसे हटाकर रखें।</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>इसके बजाय दोनों को Zoho Books में मर्ज करें।</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>उन्हें Zoho Books में मर्ज करें, या यहाँ के रिकॉर्ड को सही वाले का ई-मेल पता दें।</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>इस नाम की पिछली फ़ाइल के बाद से गायब (वे रहते हैं): %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>Zoho Books में उससे अधिक भुगतान हो चुका है जितना यह बनेगा (%1)। Zoho का पक्ष लें।</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>एक से अधिक</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>एक से अधिक %1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>एक से अधिक %1 में %2 “%3” है।</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>“%2” एक से अधिक बार है (%1)।</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>संभवतः Zoho Books की गुप्त कुंजी यहाँ से भिन्न है। Webhooks के अंतर्गत नई गुप्त कुंजी बनाएँ और उसे Zoho Books के वेबहुक में चिपकाएँ। पहली सही घटना के साथ यह हट जाता है।</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>फ़ाइल बताएँ: sqlite:///path/to/file.db।</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>इसे स्थानीय आईडी, Zoho आईडी, नंबर या SOURCE:ID से बताएँ।</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>एक को उसकी Zoho आईडी से बताएँ, या इनमें से चुनें: %1।</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>उनमें से एक को दूसरा नाम दें, जैसे SELECT ... AS other_%1 में।</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>उनमें से एक, या मैपिंग वाली JSON फ़ाइल बताएँ।</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>%1 को उसकी स्रोत ID या Zoho की ID से बताएँ, या दोनों को Zoho Books में मर्ज करें।</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>वह स्तंभ बताएँ जो बताता है कि पंक्ति कब बदली (या उसका बढ़ता नंबर)।</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>रिकॉर्ड को ऐसे ऑब्जेक्ट से बताएँ जिसमें %1 में से ठीक एक हो।</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>इसके बजाय मान का नाम दें, जैसे :since।</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>इसे सीमित करें, या इसके WHERE के स्तंभों को इंडेक्स दें। पहले पढ़ा गया रहता है।</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>“%2” नहीं है (%1)।</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>%1 सेकंड में उत्तर नहीं।</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>कोई कॉल नहीं की गई; उसके बाद सिंक जारी रहता है।</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>कोई स्तंभ दस्तावेज़ों को अलग नहीं करता; एक को %1 या source_id पर मैप करें।</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>इसके साथ आँकड़े नहीं हैं।</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>कोई टनल सेट नहीं है।</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>नए संस्करणों के बारे में कोई उत्तर नहीं आया।</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>अभी कोई सहेजी नहीं गई है।</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>%1 पर कुछ उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>अब इसके साथ कुछ नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>इस पर अब कुछ भुगतान नहीं हो सकता।</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>इस पर कुछ भुगतान नहीं हो सकता।</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>इसमें कुछ नहीं बताता कि यह क्या है।</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>यहाँ “%1” नाम का कुछ नहीं है।</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>कुछ नहीं खोया। अपने आप फिर कोशिश होती है; विवरण लॉग में है।</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>कुछ नहीं खोया। zbdesk फिर शुरू करें; विवरण लॉग में है।</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>%1 पर कुछ खुला नहीं है।</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>कोई भुगतान नहीं हुआ, और इसकी अवधि का कोई लॉक ज्ञात नहीं (%1)।</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>Zoho Books में कुछ नहीं लिखा जाता; यह कंप्यूटर वहाँ का लेता है।</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>किसी के संगठन की पुष्टि करने तक कुछ नहीं लिखा जाता: यह पहले से अलग है, या बदल गया है।</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>आपकी अनुमति तक और कुछ नहीं लिखा जाता: रन सेटिंग की सीमाओं से बड़ा है।</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>इसमें से कुछ नहीं रखा गया। फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>नेटवर्क न हो तो कुछ नहीं करना; नहीं तो पता जाँचें।</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>कुछ नहीं करना: इससे अपने आप फिर पूछा जाता है।</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>कुछ नहीं करना: अपने आप फिर कोशिश होती है।</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>कुछ नहीं माँगा गया। जो यहाँ है वह रहता है।</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>कुछ नहीं बदला गया।</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>कुछ नहीं पढ़ा गया। zbdesk अगले रन में फिर कोशिश करता है।</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>इससे कुछ नहीं लिया गया।</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>इसमें से कुछ नहीं लिया गया।</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>इसमें से कुछ नहीं लिया गया। इसे :since से सीमित करें, या स्रोत की पंक्ति सीमा बढ़ाएँ।</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>Zoho Books के चुने हुए भागों में से एक इस क्लाइंट को %1 में नहीं दिया जा सकता। कम भाग चुनें, या सही डेटा सेंटर के API कंसोल में क्लाइंट बनाएँ।</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>Zoho का एक रिकॉर्ड केवल एक दस्तावेज़ हो सकता है।</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>यहाँ सभी दस्तावेज़ों के लिए एक मान चाहिए।</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>यहाँ एक मान चाहिए, सूची या ऑब्जेक्ट नहीं।</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>इसे स्प्रेडशीट प्रोग्राम में खोलकर फिर सहेजें, या दोबारा निर्यात करें।</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>इसे स्प्रेडशीट प्रोग्राम में खोलें, बिना पासवर्ड की प्रति सहेजें और वही चुनें।</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>इसे Zoho Books में खोलें (%1) और अतिरिक्त प्रविष्टि हटाएँ। Zoho का एक उत्तर रास्ते में खो गया; एक ही बचने पर यह अपने आप हट जाता है।</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>Zoho Books में सेटिंग, लेन-देन लॉकिंग के अंतर्गत अवधि खोलें, या तारीख बदलें।</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>Zoho Books में रिकॉर्ड खोलें। वहाँ बदलते ही उसे फिर पूछा जाता है।</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>संगठन %1 किसी दूसरे उपयोगकर्ता या दूसरे डेटा सेंटर का है। फिर कनेक्ट करें और सूची से संगठन चुनें।</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>दूसरे प्रोग्राम पोर्ट %1 का उपयोग कर रहे हैं।</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>सेटिंग में चुने गए घंटों के बाहर। अभी सिंक करें फिर भी चलता है।</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>साइट का नहीं, चैनल का पता चिपकाएँ।</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>चैनल का अंतिम पता चिपकाएँ।</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>अंतिम पता चिपकाएँ, और प्रॉक्सी से /webhooks को बिना रीडायरेक्ट के आगे भिजवाएँ।</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>%1 तक रुका हुआ।</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>रुका हुआ।</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>इस पर लगे भुगतान और क्रेडिट ग्राहक के पास क्रेडिट के रूप में रहते हैं।</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>समस्या %1 नाम या लिए जा चुके रिकॉर्ड के बारे में नहीं है।</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>इसमें :source_id रखें, जैसे UPDATE ... WHERE id = :source_id।</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>उसका नाम होस्ट के बाद लगाएँ: .../name।</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>इस कंप्यूटर की सार्वजनिक कुंजी सर्वर पर रखें, और पासफ़्रेज़ हो तो कुंजी का एजेंट शुरू करें।</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>प्रॉक्सी या टनल की सीमा बढ़ाएँ।</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>Zoho Books से पढ़े गए: %1।</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>पढ़ना रोक दिया गया।</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>यह जो पाता है उसे बदलने के लिए पहले इसे हटाएँ: `zbdesk webhooks targets remove`।</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>Zoho Accounts, Sessions, Connected Apps में zbdesk हटाएँ और फिर साइन इन करें। client-based (JavaScript) प्रकार का क्लाइंट उपयोग नहीं हो सकता; server-based हो सकता है।</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>इसे सर्वर या प्रॉक्सी पर नवीनीकृत करें; Zoho Books भी इसे अस्वीकार करता है।</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>घटना को ही दोबारा चलाएँ: `zbdesk webhooks replay`।</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>%1 को बैकअप से पुनर्स्थापित करें, या फिर कनेक्ट करें; इस कंप्यूटर के रिकॉर्ड बने रहते हैं।</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>रिवर्स चार्ज के लिए पंक्तियों पर रिवर्स चार्ज कर चाहिए।</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>उसी दस्तावेज़ की पंक्ति %1 “%2” कहती है। एक नंबर एक दस्तावेज़ है: नंबर सुधारें, या दोनों को समान करें।</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>रन %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>SOCKS प्रॉक्सी समर्थित नहीं हैं।</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>इसे इस नाम से फिर सहेजें।</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>टेक्स्ट को सादे UTF-8 में फिर सहेजें।</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>सहेजी गई हैं: %1।</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>बताएँ कि भुगतान में से इसके लिए कितना है।</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>बताएँ कहाँ से शुरू करना है, जैसे 2026-01-01, या नंबर के लिए 0।</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>बताएँ कि भुगतान का यह भाग किसके लिए है (%1)।</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>बताएँ किस फ़ील्ड का कौन सा मान है: {“payment_mode”: “banktransfer”}।</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>बताएँ कौन सा शीर्षक कौन सा फ़ील्ड है: {“Invoice no”: “invoice_number”}।</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>बताएँ कि यह %1 का कौन सा भाग है, जैसे %2.%3।</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>Webhooks देखें।</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>`zbdesk problems meanings` देखें।</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>`zbdesk webhooks targets` देखें।</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>`zbdesk webhooks tunnel --help` देखें, या दूसरा चुनें।</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>%1 को नए रूप में फिर भेजें, या इस रिकॉर्ड में कोई दूसरा बताएँ; फिर यह अपने-आप जाता है।</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>Zoho Books को भेजे गए: %1।</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>%1 को उस पासफ़्रेज़ पर सेट करें जिससे यह बना था। इसके बजाय सिस्टम का कीचेन उपयोग करने के लिए %2 हटाएँ और फिर कनेक्ट करें; इस कंप्यूटर के रिकॉर्ड बने रहते हैं।</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>इस कंप्यूटर की, या इसे बनाने वाले सर्वर की घड़ी ठीक करें।</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>यह %1 Zoho Books में बनाएँ, या दस्तावेज़ में कोई दूसरा बताएँ।</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>%1 की सेटिंग बदली गईं: %2।</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>ऐसे व्यक्ति के रूप में साइन इन करें जो ब्राउज़र में कंपनी की बही खोल सके, और डेटा सेंटर (%1) जाँचें: यह आपके Zoho Books के पते का अंत है।</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>dashboard.ngrok.com पर साइन इन करें, authtoken कॉपी करें और ngrok को, या यहाँ Webhooks में दें।</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>पहले साइन इन करें।</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>इस कंप्यूटर से साइन आउट करके फिर साइन इन करें, जिससे वह नए सिरे से शुरू होता है, %1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>किसी ने Reject चुना, या उपयोगकर्ता को यह अनुमति देने का अधिकार नहीं। संगठन तक पहुँच वाले उपयोगकर्ता से फिर साइन इन करें और Accept चुनें।</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>इस कंप्यूटर और Zoho के बीच किसी और ने उत्तर दिया: प्रॉक्सी, नेटवर्क का साइन-इन पेज या Zoho का रखरखाव पेज। zbdesk अपने आप फिर कोशिश करता है।</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>इस रिकॉर्ड में बताई गई कोई चीज़ Zoho Books में अब नहीं है।</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>zbdesk के भीतर कुछ अप्रत्याशित हुआ।</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>zbdesk के भीतर कुछ अप्रत्याशित हुआ। जो यहाँ है वह सुरक्षित है; रिपोर्ट के लिए विवरण लॉग में है।</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>फिर शुरू करें; कुछ नहीं बदला गया।</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>zbdesk शुरू करें, या समस्याएँ में देखें कि उसका रिसीवर क्यों शुरू नहीं हो सका।</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>सत्र के साथ शुरू होना बदला नहीं जा सका।</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>रुक गया। अब तक जो पढ़ा गया वह सुरक्षित है; अगला सिंक वहीं से जारी रहता है।</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>जो अनुरोधों को फिर लिखता है उसे बंद करें: वेब एप्लिकेशन फ़ायरवॉल, JSON फ़िल्टर, या सामग्री पढ़ने वाला रिले।</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>Zoho Books, सेटिंग, कर में बिक्री कर चालू करें।</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>इसे लिखे जाने से पहले सिंक समाप्त हो गया।</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>सिंक नहीं चल रहा, इसलिए यह अभी नहीं हो सकता।</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>zbdesk की एक त्रुटि के कारण सिंक रुक गया।</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>यहाँ की कार्रवाई वापस लें।</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>/webhooks के लिए साइन-इन या फ़िल्टर हटाएँ: Zoho Books वहाँ साइन इन नहीं कर सकता।</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>इस जर्नल पंक्ति से कर हटाएँ।</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>%2 UTC के रन %1 को वापस लेना शुरू हुआ: %3 रिकॉर्ड।</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>यहाँ टेक्स्ट चाहिए।</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>वह पता दूसरे ngrok के उपयोग में है, शायद दूसरे कंप्यूटर पर। उसे वहाँ बंद करें।</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>वह संपर्क %1 है, यह %2 है।</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>वह रिकॉर्ड यहाँ किसी दूसरे दस्तावेज़ का है।</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>थोड़े समय में कई साइन-इन हुए।</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>ये नहीं हैं: %1।</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>Zoho Books में भुगतान हो चुका है, इसलिए हटाया नहीं जा सकता (%1)। पहले वहाँ भुगतान हटाएँ।</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>Zoho Books में भुगतान हो चुका है, इसलिए शून्य नहीं किया जा सकता (%1)। पहले वहाँ भुगतान हटाएँ।</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>यह Zoho Books की लॉक अवधि में है और वहाँ बदला नहीं जा सकता (%1)। Zoho का पक्ष लें।</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>यह नहीं है: %1।</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>Zoho Books में भुगतान हो चुका है, और यह कितना बनेगा यह निकाला नहीं जा सकता (%1)। वहाँ बदलें।</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>Zoho Books में भुगतान हो चुका है; राशि अब नहीं बदल सकती (%1)। Zoho का पक्ष लें।</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>आंशिक भुगतान हुआ है, और बदलाव से वह जस का तस रहता है (%1)।</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>यह Zoho Books में शून्य है और वहाँ बदला नहीं जा सकता (%1)। Zoho का पक्ष लें।</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>दस्तावेज़ों में %1 “%2” का अर्थ Zoho Books में “%3” है।</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>%1 “%2” Zoho Books में हटाया गया।</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>पता %1 उपयोग नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>पते में SQLite फ़ाइल का नाम नहीं है।</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>पते में डेटाबेस का नाम नहीं है।</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>पते में विकल्प %1 है, जो यहाँ ज्ञात नहीं है।</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>पता अभी उपयोग में नहीं है।</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>पता इस zbdesk पर नहीं, दूसरे पर ले जाता है।</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>SQLite फ़ाइल के पते में विकल्प नहीं होते।</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>इसके चैनल का पता नहीं है।</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>डेटाबेस %1 का पता अब कीचेन में नहीं है।</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>डेटाबेस का पता पढ़ा नहीं जा सकता: होस्ट या पोर्ट सही नहीं लिखा है।</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>डेटाबेस का पता यह नहीं बताता कि सर्वर किस प्रकार का है।</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>डेटाबेस के पते में पंक्ति विराम या नियंत्रण वर्ण है।</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>उत्तर Zoho Books से नहीं आया।</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>उत्तर में %1 नहीं है। यहाँ कुछ नहीं बदला गया; कृपया इसकी सूचना दें।</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>संग्रह सहेजा नहीं जा सका।</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>बैंक पंक्ति पहले से दूसरे खाते से मिलाई गई है।</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>बैटरी %1 % से कम है। अभी सिंक करें फिर भी चलता है।</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>संदेश की सामग्री रास्ते में बदल जाती है, इसलिए कोई हस्ताक्षर सही नहीं हो सकता।</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>साइन-इन सौंपने के लिए ब्राउज़र को इनमें से एक चाहिए। दूसरा प्रोग्राम या दूसरा zbdesk बंद करें, या ऐसा दूसरा पोर्ट दर्ज करें जो Zoho के API कंसोल में redirect के रूप में पंजीकृत है।</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>प्रमाणपत्र फ़ाइल उपयोग नहीं की जा सकती।</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>%1 का प्रमाणपत्र %2।</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>यह चुनाव अब पूर्ववत नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>%1 के लिए यह चुनाव लागू नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>Client Secret गलत है।</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>स्तंभ %1 में अलग-अलग प्रकार के मान हैं, इसलिए स्पष्ट नहीं कि अगला रन कहाँ से शुरू होता है।</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>अंत में कनेक्शन टूट गया। INSERT अपने आप दोहराया नहीं जाता; तालिका देखें।</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>Zoho का उत्तर आने से पहले कनेक्शन समाप्त हो गया।</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>कनेक्शन या Zoho अभी धीमा है। zbdesk अपने-आप फिर कोशिश करता है।</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>इस दस्तावेज़ का संपर्क Zoho Books में निष्क्रिय है।</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>मुद्रा %1 Zoho Books में सेट अप नहीं है।</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>डेटा डायरेक्टरी उपयोग नहीं की जा सकती।</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>डेटाबेस %1 यह उपयोगकर्ता नाम और पासवर्ड स्वीकार नहीं करता।</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>डेटाबेस %1 इसकी अनुमति नहीं देता।</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>डेटाबेस %1 उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>डेटाबेस %1 दूसरे प्रोग्राम द्वारा लॉक है।</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>डेटाबेस में लिखा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>डेटाबेस क्वेरी नहीं चलाता।</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>डेटाबेस यहाँ बाइट देता है। क्वेरी में CAST से उन्हें टेक्स्ट बनाएँ।</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>डेटाबेस क्षतिग्रस्त है।</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>डेटाबेस उपयोग में है।</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>डेटाबेस यह राशि बाइनरी भिन्न के रूप में रखता है। क्वेरी में इसे पूर्णांकित करें, जैसे ROUND(x, 2)।</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>डेटाबेस किसी नए zbdesk ने बनाया था।</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>डेमो कंपनी को %1 से %2 तक कोई खाली पोर्ट नहीं मिला।</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>%1 का विवरण पढ़ा नहीं जा सका: %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>डिस्क पढ़ी या लिखी नहीं जा सकी।</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>डिस्क पर लिखा नहीं जा सका।</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>डिस्क भर गई है।</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>दस्तावेज़ नंबर नहीं है: हर दस्तावेज़ को चाहिए।</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>दस्तावेज़ %1%2 कहता है, उसकी पंक्तियाँ %3 बनती हैं: %4 %5। पूर्णांकन से यह स्पष्ट नहीं होता (%6)। पंक्तियाँ, कर या कुल सुधारें।</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>हो सकता है कि ड्राइव निकाली गई हो, खराब हो रही हो, या नेटवर्क फ़ोल्डर हट गया हो। जाँचें, फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>फ़ाइल पढ़ी नहीं जा सकती: %1।</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>पहला वर्ण जो नहीं बैठता वह %1 है। दूसरी एन्कोडिंग चुनें, या फ़ाइल UTF-8 में सहेजें।</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>पहले रन को :since का मान चाहिए।</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>फ़ोल्डर %1 पर नज़र नहीं रखी जा सकती।</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>शीर्षक “%1” पंक्ति %2 में नहीं है। %3 फ़ाइल या मैपिंग सुधारें।</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>शीर्षक “%1” स्तंभ %2 पर है। उनमें से एक का नाम बदलें, या मैपिंग में सही वाले को उसकी स्थिति से बताएँ, जैसे “#%3”।</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>रखा हुआ साइन-इन क्षतिग्रस्त है।</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>कुंजी फ़ाइल उपयोग नहीं की जा सकती। दूसरी चुनें, या इसे केवल अपने लिए पढ़ने योग्य बनाएँ।</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>कीरिंग</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>अंतिम चरण वापस लिया गया और पहले सहेजा हुआ कुछ नहीं खोया। कुछ जगह खाली करें, फिर सिंक करें।</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>पंक्ति यह नहीं बताती कि वह किसके लिए है: आइटम या नाम दें।</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>लिखे जाने के बाद पंक्ति बदली गई।</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>%1 रिकॉर्ड के लिंक भुला दिए गए।</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>%1 की सूची समाप्त नहीं होती।</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>इस कंप्यूटर का रिसीवर पोर्ट %1 पर उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>इस कंप्यूटर का रिसीवर उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>लॉग लिखा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>macOS कीचेन</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>मैनुअल नहीं है।</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>मैपिंग %1 उपयोग नहीं की जा सकती।</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>स्रोत %2 की मैपिंग %1 नहीं रही।</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>“%1” का अर्थ वापस लिया गया।</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>मॉड्यूल हैं: %1।</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>नाम %1 ज्ञात नहीं है।</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>अगला सिंक इसे फिर आज़माता है। समस्या बनी रहे तो Zoho का स्थिति पृष्ठ देखें या इसकी सूचना दें।</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>हो सकता है नंबर पहले से लिया जा चुका हो, या बताया गया रिकॉर्ड यहाँ उपयोग न हो सके।</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>संगठन ने एक मिनट में Zoho की अनुमति से अधिक कॉल कीं; दूसरे प्रोग्राम भी गिने जाते हैं।</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>संगठन की आज की कॉल समाप्त हो गई हैं।</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>%1 का परिणाम</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>%1 दस्तावेज़ों के परिणाम</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>पासफ़्रेज़ से सीलबंद फ़ाइल नहीं खुलती।</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>भुगतान %2 पर %1 लगाता है, जहाँ %3 खुला है।</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>अवधि शुरू होने से पहले समाप्त होती है।</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>अवधि दस वर्ष से लंबी है।</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>सर्वर पर पोर्ट लिया जा चुका है, या उसका sshd फ़ॉरवर्डिंग की अनुमति नहीं देता। दूसरा पोर्ट चुनें।</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>मुख्य संपर्क व्यक्ति का मान दूसरा है (%1)।</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>प्रोग्राम %1 इंस्टॉल नहीं है।</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>इस पास से पहले प्रोग्राम समाप्त हो गया।</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>इस नेटवर्क का प्रॉक्सी परीक्षण को बाहर नहीं जाने देता।</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>प्रॉक्सी का पता उपयोग नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>नामित टनल का सार्वजनिक पता नहीं है।</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>क्वेरी :since माँगती है, और कोई स्तंभ नहीं बताता कि अगला रन कहाँ से शुरू होता है।</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>क्वेरी SELECT से शुरू नहीं होती।</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>क्वेरी %1 से अधिक पंक्तियाँ देती है।</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>क्वेरी %1 नाम के दो स्तंभ देती है।</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>क्वेरी में शब्द %1 है, जो कुछ बदलता है।</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>क्वेरी जो पढ़ती है उसे लॉक करती है।</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>क्वेरी अब स्तंभ %1 नहीं देती।</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>क्वेरी अब स्तंभ %1 नहीं देती।</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>क्वेरी में %1 सेकंड से अधिक लगे और उसे रोक दिया गया।</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>क्वेरी रोक दी गई।</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>इस लक्ष्य की कतार भरी थी।</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>redirect पता इस क्लाइंट के लिए पंजीकृत नहीं है।</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>रिले तक पहुँचा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>रिले संदेश नहीं लेता (%1)।</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>रिले ने स्ट्रीम समाप्त कर दी।</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>रिले चुप हो गया है।</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>रिले से पूछा जा रहा है।</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>रिले कनेक्ट है।</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>रिले में समस्या है (%1)।</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>रिले से अभी नहीं पूछा जाता।</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>रिले घटनाएँ आगे भेजता है, पर उन्हें फिर से लिखता है, इसलिए वे केवल संकेत मानी जाती हैं।</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>रिले चैनल अस्वीकार करता है (%1)।</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>रिले हमें दूसरे पते पर भेजता है।</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>रिले ने प्रश्न लिया, पर वह चैनल से बाहर नहीं आया।</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>रिले का पता साधारण पेज पर ले जाता है।</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>शेष आपके अपने काम के लिए आरक्षित हैं; पृष्ठभूमि का सिंक संगठन की मध्यरात्रि के बाद जारी रहता है।</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>रन वापस नहीं लिया जा सकता।</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>%3 में %1 %2 लिखने से पहले रन रुक गया: %4। बिना देखे जाने की सीमा से यह अधिक है: %5। कुछ नहीं लिखा गया।</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>चल रहे zbdesk ने नहीं बताया कि परीक्षण कैसा रहा।</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>सीलबंद फ़ाइल नहीं खोली जा सकती।</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>सीलबंद फ़ाइल किसी दूसरे प्रोग्राम के उपयोग में है।</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>इस लक्ष्य की गुप्त कुंजी कीचेन में नहीं है: लक्ष्य हटाएँ और फिर जोड़ें।</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>इस कंप्यूटर ने Zoho से सुरक्षित कनेक्शन अस्वीकार किया।</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>सर्वर ने सूचना के बजाय दूसरा उत्तर दिया।</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>यह सर्वर यहाँ अभी ज्ञात नहीं है। एक बार ssh से हाथ से साइन इन करें और उसकी कुंजी मिलाएँ।</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>यह पहले वाला सर्वर नहीं है। चलाने वाले से पूछें; तभी known_hosts से पुरानी कुंजी हटाएँ।</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>सर्वर या उसके पोर्ट तक ले जाने वाला सार्वजनिक पता नहीं है।</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>सेटिंग %1 %2 होनी चाहिए।</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>सेटिंग सहेजी नहीं जा सकीं।</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>सेटिंग फ़ाइल पढ़ी नहीं जा सकती।</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>इस कनेक्शन की सेटिंग Zoho Books में %1 पर यह करने की अनुमति नहीं देती: %2।</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>साइन-इन रखा नहीं जा सका।</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>साइन-इन नहीं हो सका।</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>साइन-इन zbdesk को वेबहुक सेट करने की अनुमति नहीं देता।</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>साइन-इन में अनुमति %1 शामिल नहीं है।</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>साइन-इन में इसे हटाने की अनुमति नहीं है (%1)।</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>साइन-इन पूरा नहीं हुआ है।</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>ब्राउज़र में साइन-इन समय पर पूरा नहीं हुआ।</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>साइन-इन सीलबंद फ़ाइल में है, और कोई पासफ़्रेज़ नहीं दिया गया।</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>साइन-इन अब कीचेन में नहीं है।</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>साइन-इन रद्द किया गया।</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>साइन-इन ऐसे पते पर भेजा गया जो Zoho का नहीं है।</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>हस्ताक्षर नहीं पहुँचता, या जिस रिसीवर तक पहुँचा उसकी गुप्त कुंजी दूसरी है।</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>साइन इन किए हुए उपयोगकर्ता की इस संगठन तक पहुँच नहीं है।</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>साइन इन किए हुए उपयोगकर्ता, या साइन-इन पर दी गई अनुमतियों में %1 शामिल नहीं है।</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>स्प्रेडशीट यहाँ %1 दिखाती है: उसका सूत्र विफल है। सूत्र सुधारें, या मान दर्ज करें।</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>वापस लिखने का कथन यह नहीं बताता कि वह किस दस्तावेज़ के बारे में है।</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>वापस लिखने के कथन में WHERE नहीं है।</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>वापस लिखने के कथन में शब्द %1 है।</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>वापस लिखने का कथन न UPDATE है, न INSERT।</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>कथन में %1 से अधिक वर्ण हैं।</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>कथन में NUL वर्ण है।</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>कथन में ऐसी टिप्पणी है जिसे MySQL चलाता है।</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>कथन में प्रश्न चिह्न है।</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>कथन खाली है।</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>सिस्टम कहता है: %1।</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>सिस्टम कहता है: %1। फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>तालिका</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>टीम डेटाबेस उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>टनल %1 पूरी तरह सेट नहीं है।</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>उपयोगकर्ता की भूमिका, संगठन के प्लान या साइन-इन पर दी गई अनुमतियों में यह शामिल नहीं है। अपने Zoho Books प्रशासक से पूछें, या इस भाग के साथ फिर कनेक्ट करें।</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>इंटरनेट से इस कंप्यूटर तक का रास्ता खुला है।</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>वहाँ का रास्ता बंद है, या बहुत धीमा।</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>इस कंप्यूटर तक का रास्ता अभी जाँचा नहीं गया है।</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>इस zbdesk का वेबहुक रिसीवर उत्तर नहीं देता।</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>look, make और vouch हैं।</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>ये हैं: %1।</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>%1 नाम का स्रोत पहले से है।</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>एक से अधिक कथन हैं।</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>%2 “%3” वाला कोई %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>“%2” बही में नहीं है (%1)।</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>इसके साथ कोई बैकअप नहीं है। इसे हटाकर कहीं और रखें और फिर कनेक्ट करें: Zoho Books में रिकॉर्ड अब भी हैं।</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>जो चिपकाया गया उसमें कोड नहीं है।</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>टकराव %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>“%1” नाम का कोई डेटा सेंटर नहीं है।</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>स्रोतों में डेटाबेस %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>%1 पर डेटाबेस नहीं है।</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>खारिज की गई समस्या %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>एन्कोडिंग “%1” नहीं है; सामान्य हैं utf-8, cp1252, cp1251, shift_jis, gb18030।</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>ऐसी घटना %1 नहीं है जिसे दोबारा चलाया जा सके।</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>Zoho Books में %1 की विनिमय दर नहीं है।</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>फ़ाइल %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>निर्यात के लिए फ़ोल्डर %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>आयात %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>इस कंप्यूटर पर कीचेन नहीं है।</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>अभी कोई स्थानीय डेटाबेस नहीं है।</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>मैपिंग “%1” नहीं है।</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>मॉड्यूल %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>खुली समस्या %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>समस्या %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>अभी कोई सार्वजनिक पता नहीं है।</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>रन %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>पक्ष %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>स्रोत %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>Zoho Books में ऐसा कोई रिकॉर्ड नहीं है।</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>लक्ष्य %1 नहीं है।</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>%1 नाम का टोकन नहीं है।</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>:%1 का मान नहीं है।</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>इस आईडी की कोई नहीं है: `zbdesk webhooks deliveries` देखें।</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>ये अभी Zoho Books में हैं: %1। इन्हें वहाँ सेटिंग, स्वचालन के अंतर्गत हटाएँ।</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>वे इन पर हैं: %1। मैपिंग में इनमें से एक को “sheet” के रूप में बताएँ।</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>इन्हें दूसरे ढंग से पहचाना जाता है; `zbdesk recognition` देखें।</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>यह %1 Zoho Books में %2 बार है।</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>यह %1 Zoho Books में हटाया गया।</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>यह पता दूसरे साइन-इन का है।</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>यह पता उपयोग नहीं किया जा सकता।</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>इस राशि में दो ऋण चिह्न हैं; एक पर्याप्त है।</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>यह राशि %1 में है, दस्तावेज़ %2 में।</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>यह राशि पंक्ति %1 से %2 तक मर्ज है। मर्ज हटाएँ और हर पंक्ति में उसका भाग लिखें।</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>इसे सहेजा नहीं जा सकता।</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>यह कंप्यूटर सो गया था। Zoho Books के उत्तर देते ही सिंक जारी रहता है।</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>यह कंप्यूटर Zoho Books से कनेक्ट नहीं है।</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>यह कंप्यूटर मीटर्ड कनेक्शन पर है। अभी सिंक करें फिर भी चलता है।</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>इस कंप्यूटर की घड़ी %1 आगे है।</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>इस कंप्यूटर की घड़ी %1 पीछे है।</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>इस कंप्यूटर की घड़ी ग़लत है।</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>यह कनेक्शन केवल पढ़ता है, इसलिए Zoho Books में %1 पर यह नहीं हो सकता: %2।</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>यह कनेक्शन केवल पढ़ता है।</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>यह डेटा डायरेक्टरी उपयोग में है: %1।</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>यह डेटाबेस किसी दूसरे प्रोग्राम का है।</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>यह %1 का नहीं है।</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>इस सूत्र की कभी गणना नहीं हुई, इसलिए फ़ाइल में इसका मान नहीं है। फ़ाइल को स्प्रेडशीट प्रोग्राम में खोलें, वहाँ सहेजें और फिर आयात करें।</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>फ़ॉर्म खुलने के बाद यह बदल गया है। अभी की स्थिति देखने के लिए इसे फिर खोलें।</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>यह आयात वापस नहीं लिया जा सकता।</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>यह TRUE या FALSE है जबकि राशि चाहिए।</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>यह तारीख है जबकि राशि चाहिए; हो सकता है स्प्रेडशीट ने 3.4 को तारीख बना दिया हो।</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>यह प्रतिशत है जबकि राशि चाहिए।</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>अब यह दूसरा रन है।</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>यह मान्य नाम नहीं है (%1)।</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>यह संख्या नहीं है। क्वेरी में इसे छोड़ दें।</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>यह राशि नहीं है; इसे 1234.50 जैसा लिखें।</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>यह वैज्ञानिक संकेतन है, जिसमें अंक खो गए हैं। स्तंभ को संख्या बनाएँ।</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>यह किसी रिकॉर्ड का नाम नहीं है।</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>यह नंबर पंक्ति %1 में भी है। हर दस्तावेज़ को अपना नंबर दें, या मैपिंग में बताएँ कि कई पंक्तियाँ एक दस्तावेज़ हैं (row_per_line)।</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>यह संगठन अब उपयोग में है।</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>यह संगठन अब इस कंप्यूटर पर ज्ञात नहीं है।</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>यह रिकॉर्ड Zoho Books में मौजूद नहीं है।</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>यह रिकॉर्ड Zoho Books में पहले ही हटा दिया गया है।</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>यह रिकॉर्ड Zoho Books में हटा दिया गया है।</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>यह रिकॉर्ड Zoho Books में पहले से है।</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>यह रिकॉर्ड अब यहाँ नहीं है।</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>इस पंक्ति में %2 शीर्षकों के नीचे %1 मान हैं: उनमें से एक में विभाजक “%3” है और वह उद्धरण चिह्नों में नहीं है। उसे उद्धरण चिह्नों में रखें, या फ़ाइल को दूसरे विभाजक के साथ सहेजें।</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>यह पंक्ति “%1” से विभाजित है जबकि शीर्षक “%2” से। पूरी फ़ाइल को एक विभाजक के साथ सहेजें।</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>यह रन अभी समाप्त नहीं हुआ है।</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>इस रन ने Zoho Books में कुछ नहीं लिखा।</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>यह टेक्स्ट राशि के लिए बहुत लंबा है।</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>इस उपयोगकर्ता का Zoho Books में कोई संगठन नहीं है।</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>यह आमतौर पर ठीक हो जाता है। समस्या बनी रहे तो Zoho में जाँचें कि उपयोगकर्ता की संगठन तक पहुँच अब भी है।</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>बहुत सारे प्रोग्राम इस संगठन से एक साथ पूछ रहे हैं।</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>कम समय में बहुत सारे साइन-इन या नवीनीकरण हुए। %1 मिनट में फिर कोशिश करें; साइन-इन स्वयं ठीक है।</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>इस राशि के साथ दो मुद्राएँ हैं; एक पर्याप्त है।</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>बिना एन्क्रिप्शन का http केवल इस कंप्यूटर पर स्वीकार होता है (127.0.0.1, localhost)।</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>तब तक zbdesk हर %1 मिनट पर देखता है।</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>तब तक zbdesk हर %1 सेकंड पर देखता है।</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>.csv, .xlsx, .json, .jsonl या .sqlite का उपयोग करें।</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>सार्वजनिक वाला उपयोग करें, जैसे Let's Encrypt देता है।</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>%1 में से एक उपयोग करें।</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>अगले से पहले %1 सेकंड प्रतीक्षा करें: बहुत अधिक होने पर Zoho उपयोगकर्ता को रोक देता है।</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>उत्तर की प्रतीक्षा करें, फिर इसे नए बदलाव के रूप में पूर्ववत करें।</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>उत्तर की प्रतीक्षा करें।</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>लिखने वाले प्रोग्राम के पूरा होने तक प्रतीक्षा करें, और फिर कोशिश करें।</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>ग़लत हस्ताक्षर वाली वेबहुक घटनाएँ आ रही हैं; उन्हें अस्वीकार किया जाता है।</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>वेबहुक सेट नहीं हैं।</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>वेबहुक फिर आ रहे हैं। वे %1 तक नहीं थे; देखने पर %2 मिले, कुछ नहीं छूटा।</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>वेबहुक आ रहे हैं।</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>वेबहुक नहीं आ सकते: पोर्ट %1 दूसरे प्रोग्राम के उपयोग में है।</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>वेबहुक नहीं आते: %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>वेबहुक से बदलाव छूटे, और तब से कोई नहीं आया।</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>पहुँचने पर Zoho Books निकालता है कि यह कितना बनता है।</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>नए संस्करणों के बारे में जो मिला वह हमारा नहीं है।</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>पहले सहेजा गया अछूता है।</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>पहले वहाँ जो था वह अछूता है।</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>इसके बिना यह तालिका की हर पंक्ति बदल देगा।</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>.csv फ़ाइल लिखें, या पहले फ़िल्टर करें। कुछ नहीं लिखा गया।</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>इसे 2026-11-20 जैसा लिखें।</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>इसे {"%1": {"%2": "..."}, "%3": "12.50"} जैसा लिखें।</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>इसे {"%1": {"number": "..."}, "amount_applied": "12.50"} जैसा लिखें।</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>इसे sqlite:///path/to/file.db, postgresql://user:password@host/name या mysql://user:password@host/name जैसा लिखें।</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>एक SELECT लिखें।</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>WHERE में :source_id वाला एक UPDATE, या एक INSERT लिखें।</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>केवल एक लिखें: अर्धविराम अंत में हो सकता है, और कहीं नहीं।</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>sqlite:///path/to/file.db लिखें।</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>वापस लिखने ने दस्तावेज़ %2 के लिए %1 को छुआ।</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX या ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>आपका ngrok खाता दूसरे एजेंट की अनुमति नहीं देता। दूसरे को बंद करें, या दूसरा टनल चुनें।</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>आपका अपना पता उपयोग में है।</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>Zoho (%1) ने “%2” उत्तर दिया। फिर कोशिश करें; समस्या बनी रहे तो Client ID, गुप्त कुंजी और डेटा सेंटर जाँचें।</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>Zoho (%1) यह Client ID जानता है, पर इस गुप्त कुंजी के साथ नहीं। API कंसोल से फिर कॉपी करें; सभी डेटा सेंटर का विकल्प चालू न हो तो हर एक की अपनी गुप्त कुंजी होती है।</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>Zoho Books में इस %1 वाला रिकॉर्ड पहले से है।</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>Zoho Books ने %1 के बारे में ऐसे रूप में उत्तर दिया जो zbdesk नहीं जानता।</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>Zoho Books ने %1 UTC तक रुकने को कहा।</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>Zoho Books %1 UTC तक रुकने को कहता है।</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>Zoho Books में %1 आता है, स्रोत में %2 है।</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>Zoho Books ने %1 माँगने का तरीका स्वीकार नहीं किया।</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>Zoho Books ने इसे स्वीकार नहीं किया।</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>Zoho Books ने भेजा हुआ नहीं रखा: %1।</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>Zoho Books ने इसे अभी नहीं लिया; अगले सिंक में फिर कोशिश होती है।</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>Zoho Books ने इसे नहीं लिया: %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>Zoho Books %1 तक पहुँच की अनुमति नहीं देता।</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>Zoho Books दूसरे प्रोग्रामों को %1 पर यह करने नहीं देता: %2।</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>यह %1 भेजने पर Zoho Books हर बार विफल होता है।</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>Zoho Books में अभी कोई खराबी है।</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>Zoho Books में एक से अधिक %1 हैं जो “%2” हो सकते हैं।</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>Zoho Books में %1 “%2” नहीं है।</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>Zoho Books में %2 के लिए “%1” कार्रवाई नहीं है।</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>Zoho Books में %1 की विनिमय दर नहीं है।</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>Zoho Books में ऐसा कोई %1 नहीं है।</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>Zoho Books में %1 से वापस %2 का रास्ता नहीं है।</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>Zoho Books में चुनने को कोई नहीं है।</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>Zoho Books ने नहीं बताया कि यह बना या नहीं (%1 %2)।</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>Zoho Books में अब कुछ और है; वह टकराव के अंतर्गत है।</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>Zoho Books दोनों को अलग रखता है।</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>Zoho Books में फिर से साइन इन करना होगा।</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>Zoho Books में फिर से साइन इन करना होगा। कुछ नहीं माँगा गया।</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>Zoho तक नहीं पहुँचा जा सका।</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>Zoho ने कोड स्वीकार नहीं किया।</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>Zoho ने %1 सेकंड में उत्तर नहीं दिया।</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>Zoho वहाँ से साइन-इन स्वीकार नहीं करता। तारीख, समय और समय क्षेत्र ठीक करें, बेहतर हो नेटवर्क से अपने आप, और फिर साइन इन करें।</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>Zoho माँगी गई अनुमतियाँ नहीं देता।</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>Zoho यह Client ID नहीं जानता।</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>Zoho ने स्थायी अनुमति नहीं दी।</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>Zoho ने कोई कारण नहीं बताया।</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>Zoho अब यह साइन-इन स्वीकार नहीं करता।</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>Zoho अब इस क्लाइंट को नहीं जानता।</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>Zoho ने वह साइन-इन अस्वीकार किया जिसे उसने अभी नवीनीकृत किया था।</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>Zoho कहता है: %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>Zoho कहता है: %1 (कोड %2)। यह zbdesk की खराबी है; कृपया इसकी सूचना दें।</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>Zoho ने पेज %1 को अगले पेज के रूप में फिर भेजा। इससे यहाँ कुछ नहीं बदला; अगले पास में इसे फिर पढ़ा जाता है।</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>Zoho को नहीं बताया गया। साइन-इन वहाँ समाप्त करें: %1, Sessions, Connected Apps।</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>Zoho के उत्तर में रिकॉर्ड नहीं है।</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>Zoho का उत्तर एक त्रुटि था जो नहीं बताता कि यह हुआ या नहीं।</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>Zoho का प्रमाणपत्र यहाँ स्वीकार नहीं है। इस कंप्यूटर की तिथि और समय जाँचें; कंपनी के नेटवर्क में पूछें कि क्या उसका अपना प्रमाणपत्र इंस्टॉल करना होगा।</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>Zoho का साइन-इन सर्वर रुकने को कहता है।</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>Zoho के साइन-इन सर्वर ने उपयोगी उत्तर नहीं दिया।</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>`zbdesk interface tokens` उनकी सूची देता है।</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>`zbdesk runs` उनकी सूची देता है।</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>`zbdesk sources` उनकी सूची देता है।</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>`zbdesk webhooks events` यहाँ मौजूद की सूची देता है; केवल वे घटनाएँ फिर देखी जा सकती हैं जो रिकॉर्ड बताती हैं।</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>JSON फ़ाइल (जिसे `zbdesk put` लेता है)</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>PDF दस्तावेज़</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>संपीड़ित संग्रह</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>डेटाबेस</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>1024 से 65535 के बीच एक से दस पोर्ट की सूची</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>संख्या</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>चित्र</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>पूछा जाने वाला रिले</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>दर</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>smee रिले, जिसकी घटनाएँ केवल संकेत हैं</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>तालिका</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>टेक्स्ट दस्तावेज़</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>स्प्रेडशीट के नाम वाला वेब पेज</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>पूर्ण संख्या</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>zbdesk द्वारा लिखे जाने वाले फ़ील्ड के बारे में</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>XML फ़ाइल</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>खाता</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>राशि</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>दूसरा zbdesk</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>दूसरा zbdesk (प्रक्रिया %1)</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>दूसरा zbdesk (प्रक्रिया %1), %2 UTC से</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>दूसरा zbdesk, %1 UTC से</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>जितना यहाँ रह सकता है</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both, pull या push</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>पंक्ति %2 के बाद बाइट %1</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>सही नहीं हो सकता: यह रिले सामग्री फिर से लिखता है</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>प्रमाणपत्र मान्य</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>प्रमाणपत्र %1 %2 %3 तक मान्य</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>बदला गया</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>अल्पविराम</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>टिप्पणी</translation>
    </message>
    <message>
      <source>created</source>
      <translation>बनाए गए</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>ग्राहक</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>दिन-महीना-वर्ष</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>हटाया गया</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>डॉलर चिह्न वाला टेक्स्ट</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>हर भाग ऑब्जेक्ट होना चाहिए।</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>ऐसे प्राधिकरण पर समाप्त होता है जो सार्वजनिक नहीं है</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>%1 पर मिला</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>की अवधि समाप्त हो गई है</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>दूसरे पते के लिए है</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>दूसरे नाम के लिए है</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>ऐसे प्राधिकरण का है जो यहाँ ज्ञात नहीं</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>स्वीकार नहीं होता</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>अभी मान्य नहीं है</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>स्व-हस्ताक्षरित है, जिसे Zoho Books स्वीकार नहीं करता</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>इसे पढ़ा नहीं जा सकता</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>यह उत्तर नहीं देता</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>यह नहीं बताया गया कि कौन सा (%1)।</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>यह PEM नहीं है</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>यह TOML नहीं है</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>यह UTF-8 टेक्स्ट नहीं है</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>यह विश्वसनीय नहीं है</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>शून्य से अधिक राशि चाहिए।</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>यह कनेक्शन नहीं लेता</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>बहुत समय लगा</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>इसके पते में उपयोगी पोर्ट नहीं है</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>इसका पता http://proxy.example.com:8080 जैसा होना चाहिए</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>इसकी स्थिति</translation>
    </message>
    <message>
      <source>less</source>
      <translation>कम</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>पंक्ति %1</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>पंक्ति %1 TOML नहीं है</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>%2 की पंक्ति %1</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>पंक्ति दर पंक्ति</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>लाइन आइटम</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>पंक्तियाँ</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>जोड़े गए</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local, remote या ask</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>प्रॉक्सी द्वारा खोजा गया</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>केवल इस प्रक्रिया की मेमोरी</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>महीना-दिन-वर्ष</translation>
    </message>
    <message>
      <source>more</source>
      <translation>अधिक</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>अल्पविराम से अलग स्रोतों के नाम</translation>
    </message>
    <message>
      <source>new</source>
      <translation>नए</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>उत्तर नहीं; बीच में फ़ायरवॉल हो सकता है</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>कनेक्शन नहीं</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>कोई पंक्ति नहीं</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>सुरक्षित कनेक्शन नहीं बना</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>इस कंप्यूटर पर आवश्यक नहीं</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>कुछ नहीं</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>%1 में से एक</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>या गुप्त जानकारी पासफ़्रेज़ से सील की गई फ़ाइल में रखने के लिए %1 सेट करें।</translation>
    </message>
    <message>
      <source>point</source>
      <translation>बिंदु</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>पोर्ट %1, केवल यह कंप्यूटर</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>पढ़ने योग्य JSON</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>पढ़ने योग्य पंक्ति</translation>
    </message>
    <message>
      <source>record</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>records</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>rounded at the end</source>
      <translation>अंत में पूर्णांकित</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>स्थिति %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>योग पर कर</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>सभी दशमलव के साथ कर</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>उद्धरण चिह्नों में टेक्स्ट</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>%1 जैसा टेक्स्ट</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>कनेक्शन काट दिया गया</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>कीचेन प्रविष्टि</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>नाम %1 ज्ञात नहीं है</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>नया फ़ील्ड</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>प्रॉक्सी साइन-इन माँगता है</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>प्रॉक्सी इसे जाने नहीं देता (वह कहता है %1)</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>प्रॉक्सी ने कनेक्शन समाप्त किया</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>प्रॉक्सी नाम या पासवर्ड अस्वीकार करता है</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>रीडायरेक्ट पता</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>सील की गई फ़ाइल %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>टनल</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>zbdesk विंडो</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>zbdesk विंडो (प्रक्रिया %1)</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>zbdesk विंडो (प्रक्रिया %1), %2 UTC से</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>उस नाम की फ़ाइल है</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>यही कंप्यूटर</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true या false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>दो मिनट</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>विक्रेता</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>शून्य किए गए</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>जो लौटा वह वेब सर्वर का उत्तर नहीं है</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>पूर्णांकित दरों के साथ</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>वर्ष-दिन-महीना</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>वर्ष-महीना-दिन</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes या no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>आपका अपना सार्वजनिक पता</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>zbdesk अपनी डेटा डायरेक्टरी में लिख नहीं सकता।</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>zbdesk के पास यहाँ %1 के लिए ड्राइवर नहीं है।</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>zbdesk बंद हो रहा है, इसलिए उत्तर अब नहीं चाहिए। कुछ नहीं बदला गया।</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>zbdesk साइन-इन केवल सिस्टम के कीचेन में रखता है। एक इंस्टॉल करें (Linux पर gnome-keyring या KWallet) और डेस्कटॉप में फिर साइन इन करें, %1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>zbdesk को साइन-इन के लिए यह चाहिए। इसे अनलॉक करें और फिर कोशिश करें चुनें; इस बीच कुछ नहीं खोता।</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>“%1” पहले से %2 पर जाता है; केवल एक स्तंभ जा सकता है।</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>“%1” %2%3 या %4.%5 हो सकता है। मैपिंग में बताएँ कि फ़ाइल दशमलव बिंदु लिखती है या दशमलव अल्पविराम।</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>“%1” %2 हो सकता है। मैपिंग में बताएँ कि फ़ाइल दिन, महीना और वर्ष किस क्रम में लिखती है।</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>“%1” स्तंभ से नहीं भरा जा सकता।</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>“%1” दशमलव चिह्न %2 में नहीं बैठता: हज़ार तीन-तीन में नहीं हैं। इसे सुधारें, या बताएँ कि फ़ाइल का दशमलव चिह्न %3 है।</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>“%1” दशमलव चिह्न %2 में नहीं बैठता; हो सकता है फ़ाइल का दशमलव चिह्न %3 हो।</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>“%1” नहीं बताता कि कौन सी संख्या वर्ष है। वर्ष चार अंकों में लिखें।</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>“%1” में एक भाग अधिक है: %2 एक ही मान है।</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>“%1” के अंतिम अंक स्प्रेडशीट में खो गए हैं। स्तंभ को टेक्स्ट बनाएँ, इसे फिर दर्ज करें और फ़ाइल सहेजें।</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>“%1” में %2 से अधिक दशमलव हैं या यह बहुत बड़ा है।</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>“%1” में एक से अधिक दशमलव चिह्न (%2) हैं।</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>“%1” में छह से अधिक दशमलव हैं या यह बहुत बड़ा है।</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>“%1” का अपना कोई अर्थ नहीं है।</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>“%1” में बौद्ध कैलेंडर का वर्ष %2 है। इसे %3 लिखें और फिर आयात करें।</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>“%1” में वर्ष %2 है। सेल सुधारें।</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>“%1” बिना विभाजक की तारीख है। मैपिंग में बताएँ कि फ़ाइल इसे किस क्रम में लिखती है।</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>“%1” संख्या है जबकि तारीख चाहिए। स्तंभ को तारीख बनाएँ।</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>“%1” स्प्रेडशीट की दिन संख्या है। स्तंभ को तारीख बनाएँ और फ़ाइल फिर सहेजें।</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>“%1” न सत्य है, न असत्य।</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>“%1” न हाँ है, न नहीं।</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>“%1” मुद्रा कोड नहीं है; इसे EUR जैसा लिखें।</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>“%1” मुद्रा नहीं है। इसका कोड लिखें, जैसे EUR।</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>“%1” कस्टम फ़ील्ड नहीं है; इसे custom_fields.cf_region जैसा लिखें।</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>“%1” %2 क्रम में तारीख नहीं है।</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>“%1” %2 क्रम में तारीख नहीं है। सेल सुधारें।</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>“%1” किसी फ़ील्ड का नाम नहीं है।</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>“%1” तारीख नहीं है; इसे 2026-11-20 जैसा लिखें।</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>“%1” 0 % और 100 % के बीच का प्रतिशत नहीं है।</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>“%1” राशि नहीं है; इसे 1234.50 जैसा लिखें।</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>“%1” नहीं है।</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>“%1” कई मुद्राओं का चिह्न है। कोड लिखें, जैसे USD।</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>“%1” शून्य से अधिक होना चाहिए।</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>“%1” किसी रिकॉर्ड का नाम नहीं है; अंत में %2 में से एक लगाएँ।</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>उन्हें बनाएँ (&amp;M)</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>पहली घटना यहाँ आने पर मॉड्यूल सूची में अपने-आप चिह्नित हो जाता है।</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>पता</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>Zoho Books में बनाया जा रहा है…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>Zoho Books में हटाया जा रहा है…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>इसके बजाय हाथ से (&amp;H)…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>For</source>
      <translation>किसके लिए</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>मॉड्यूल</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation>जो बनाया गया, उसे हटाएँ (&amp;V)</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>Zoho Books में वेबहुक सेट अप करें?</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>कारण हर एक के साथ है; सब कुछ हाथ से किया जा सकता है।</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>साइन-इन के पास अनुमति ZohoBooks.settings.CREATE नहीं है। हाथ से करें, या फिर कनेक्ट करें।</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>साइन-इन के पास अनुमति ZohoBooks.settings.DELETE नहीं है।</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>यह एक प्रयास है: Zoho इन कॉल का दस्तावेज़ देता है, पर उनके सभी शब्दों का नहीं। हर मॉड्यूल के लिए बदलावों का एक वेबहुक और एक नियम बनाया जाता है, और हटाए जाने के लिए एक जोड़ी। जो विफल होता है वह बताया जाता है और हाथ से किया जा सकता है।</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>इसका क्या हुआ</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>क्या होता है</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>Zoho Books में क्या बनता है</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>क्यों</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>एक वेबहुक और एक नियम बनते हैं</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>बदलाव</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>हटाना</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>मौजूद है</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>आज़माया जाता है; Zoho अस्वीकार कर सकता है</translation>
    </message>
    <message>
      <source>made</source>
      <translation>बनाया गया</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>नहीं आज़माया गया</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>अस्वीकृत</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>हटाया गया</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>पहले से मौजूद था</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>कॉल बजट</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>कनेक्शन</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>डेटा और लॉग</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>निर्यात और प्रोग्राम</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>भाषा और रूप</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>मॉड्यूल और दिशा</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>नेटवर्क</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>सूचनाएँ</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>गोपनीयता</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>सुरक्षा सीमाएँ</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>सिंक हो रहा है</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>विंडो और ट्रे</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>सेटिंग खोजें</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>सेटिंग के समूह</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>किसी सेटिंग में ये शब्द नहीं हैं।</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>सेटिंग</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>%1 तुरंत आगे जाते हैं: %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>Zoho Books में यह है (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>इसका उपयोग करें (&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>%1 के लिए इसका उपयोग करें (&amp;U)</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>कोई एक चुनें।</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>यह याद रखा जाता है और इस नाम वाले हर दस्तावेज़ पर लागू होता है।</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>यह पहले ही निपट चुका है।</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>इससे लिंक करें</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>आपके लिखे से कुछ मेल नहीं खाता।</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>Zoho Books में जो है, पढ़ा जा रहा है…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>अर्थ बताएँ</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>यह रिकॉर्ड उससे जुड़ जाता है और Zoho Books में जो है, वह ले लेता है।</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>खोजने के लिए लिखें</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>Zoho Books में क्या है</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>Zoho Books का कौन-सा %1 “%2” है?</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>Zoho Books में कोई नहीं है; पहले वहाँ बनाएँ।</translation>
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
      <translation>इनके निपटने के बाद %1 और आते हैं।</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>अल्पविराम: %1 (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>पहले दिन (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>पहले महीना (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>बिंदु: %1 (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>पहले वर्ष (&amp;Y)</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>तिथियाँ: %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>पहले दिन</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>दशमलव चिह्न: %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>%1 कितना है?</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>उन्हें प्रतीक्षा करने दें (&amp;W)</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>सुधारें (&amp;N)</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>नीचे हर एक को सुधारें, या नाम वहाँ बनने तक उनके दस्तावेज़ इस कंप्यूटर पर प्रतीक्षा करने दें।</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>पहले महीना</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>जो नाम बहियों में नहीं हैं, वे प्रतीक्षा करते हैं</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>कुछ नहीं। हर पंक्ति इसी रूप में आयात हो सकती है।</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>पंक्ति %1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>पंक्ति %1 और %2 अन्य</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>%1 जैसी पंक्तियाँ केवल %2 हो सकती हैं, पर zbdesk तिथियों का अनुमान नहीं लगाता।</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>दिखाएँ</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>वापस लें</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>“%1” लें</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>फ़ाइल नहीं बताती कि उसका दशमलव चिह्न बिंदु है या अल्पविराम।</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>फ़ाइल नहीं बताती। एक उत्तर उसकी सभी तिथियों पर लागू होता है।</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>यहाँ निपटाने हैं</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>जो निपटाना है, वह पंक्तियाँ जाँचे जाने के बाद यहाँ दिखता है।</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>क्या होना चाहिए</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>%1 कौन-सा दिन है?</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>पहले वर्ष</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>जाँच हो रही है…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>अल्पविराम</translation>
    </message>
    <message>
      <source>point</source>
      <translation>बिंदु</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>तिथि</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>घड़ी पर निर्भर तिथियाँ</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>UTC में दिन</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>संगठन का दिन</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>इस कंप्यूटर का दिन</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>बनाने का समय</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>रिकॉर्ड</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>दिन एक ही महीने में हैं।</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>दिन दो महीनों में हैं।</translation>
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
      <translation>%1 आयात करें</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>किसमें</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>यह विंडो बंद करने पर भी आपका दर्ज किया हुआ बना रहता है। Client Secret फिर माँगा जाता है।</translation>
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation>रद्द करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation>अनुमोदन करें (&amp;S)…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(वैकल्पिक)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>%1 के लिए जाँच सूची, दोनों पक्षों के योग और उनके हैश वाली फ़ाइल लिखी जाती है।</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>अनुमोदन करने वाले व्यक्ति का नाम दर्ज करें।</translation>
    </message>
    <message>
      <source>No&amp;te</source>
      <translation>टिप्पणी (&amp;T)</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>टिप्पणी</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation>Zoho Books में कुछ नहीं बदलता।</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>अनुमोदन करें</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>%1 का अनुमोदन करें?</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>ये बिंदु शेष हैं और शेष के रूप में ही लिखे जाएँगे:</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>आपका नाम (&amp;M)</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>आपका नाम</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>%1 min %2 s</source>
      <translation>%1 मि %2 से</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 से</translation>
    </message>
    <message>
      <source>%1, opened at %2</source>
      <translation>%1, %2 पर खोला गया</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>फिर खोलें (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>इसे लें (&amp;T)</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>आपके ब्राउज़र में Zoho का एक पृष्ठ खुला है। वहाँ साइन इन करें और Accept चुनें, फिर यहाँ वापस आएँ।</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>ब्राउज़र का पता या कोड (&amp;D)</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>साइन-इन रद्द करें</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>लिंक कॉपी करें चुनें और उसे इसी कंप्यूटर पर अपने किसी ब्राउज़र में खोलें।</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>लिंक कॉपी करें (&amp;L)</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>नीचे का लिंक कॉपी करें और खोलें</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>विनिमय हो रहा है</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>साइन-इन कहाँ तक पहुँचा</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>यदि आपका Zoho साइन-इन किसी दूसरे ब्राउज़र में है, तो लिंक कॉपी करके वहाँ खोलें। यदि ब्राउज़र कहे कि वह localhost तक नहीं पहुँच सकता, तो उस पृष्ठ का पूरा पता कॉपी करें और कोड चिपकाएँ चुनें।</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>यदि ब्राउज़र कहे कि वह localhost तक नहीं पहुँच सकता, तो कोड चिपकाएँ का उपयोग करें।</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>यह यहाँ समाप्त हुआ</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>इसके बाद, अपने-आप</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>कोई ब्राउज़र नहीं खुल सका।</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>ब्राउज़र में कुछ नहीं हुआ?</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>साइन-इन पृष्ठ खोला जा रहा है</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>कोड चिपकाएँ (&amp;C)…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>आपके संगठन पढ़े जा रहे हैं</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>अपने ब्राउज़र में Zoho में साइन इन करें</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>कोड से साइन इन करें</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>साइन-इन लेना</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>कोड तैयार है</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>साइन-इन पृष्ठ खुला है</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>साइन-इन पृष्ठ तैयार है</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>साइन-इन पृष्ठ फिर खोला गया</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>जिस पृष्ठ तक नहीं पहुँचा जा सका उसका पूरा पता, या केवल कोड।</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>साइन-इन के बाद यह पृष्ठ अपने-आप आगे बढ़ता है।</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>शेष समय</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>शेष समय:</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>शेष समय: %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>फिर कोशिश करें (&amp;A)</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>फिर कोशिश करें, या वापस जाकर कुछ बदलें।</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>अब से 10 मिनट प्रतीक्षा करें (&amp;M)</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>आपके Accept चुनने की प्रतीक्षा</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>आपने Accept चुना</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>Zoho का पृष्ठ बताता है कि zbdesk क्या माँगता है। वहाँ Accept चुनें; फिर पृष्ठ बताता है कि आप वापस आ सकते हैं।

दूसरे कंप्यूटर का ब्राउज़र इस कंप्यूटर तक नहीं पहुँच सकता। जो पता वह नहीं खोल सका, उसे कॉपी करके यहाँ चिपकाएँ, या वापस जाकर कोड से साइन इन करें।</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>zbdesk Zoho पर कोड का विनिमय करता है; इसमें कुछ सेकंड लगते हैं।</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>zbdesk इस कंप्यूटर पर %1 पर सुनता है</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>%1 पहले जैसे</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>%1 बदले गए</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 नहीं हैं</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 नए</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>%1 अस्वीकृत</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>%1 में मेल खाते सभी</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>कमांड</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>डेटाबेस</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>पूर्ण</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>विफल</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>ठीक</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>अभी नहीं चला</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>पृष्ठ</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>रोका गया</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>वापस लिया गया</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>सेटिंग</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>कुछ अस्वीकृत</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>रुका हुआ</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>चल रहा है</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>निगरानी वाला फ़ोल्डर</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>हर %n मिनट</numerusform>
        <numerusform>हर %n मिनट</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>मैपिंग %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>गलत पंक्ति वाली कोई फ़ाइल नहीं</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>अभी नहीं</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>केवल आपके कहने पर</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>केवल पढ़ता है</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>वापस लिखता है</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1 स्रोत इससे पढ़ते हैं; इस नाम से फिर सहेजे जाने तक वे विफल रहेंगे।</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>डेटाबेस हटाएँ (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>मैपिंग हटाएँ (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>टोकन निरस्त करें (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>निगरानी बंद करें (&amp;S)</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>वहाँ रखी गई फ़ाइलें अब आयात नहीं होतीं। फ़ोल्डर और उसकी फ़ाइलें रहती हैं, done और failed वाली भी; जो उससे आया, वह रहता है।</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>उससे अब नहीं पूछा जाता, और उसका पता कीचेन से हटा दिया जाता है। डेटाबेस में कुछ नहीं बदलता; जो उससे आया, वह रहता है। फिर जोड़ने पर वह शुरू से पढ़ा जाता है।</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>डेटाबेस %1 हटाएँ?</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>मैपिंग %1 हटाएँ?</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>टोकन %1 निरस्त करें?</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>%1 की निगरानी बंद करें?</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>इसका उपयोग करने वाला प्रोग्राम तुरंत अस्वीकार किया जाता है। जो वह लाया, वह रहता है। निरस्त टोकन फिर कभी नहीं खुलता।</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>जो इससे आयात हुआ, वह रहता है।</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1 जारी है।</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>%1 पढ़ा जा रहा है…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1 रोका गया है।</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>%1 हटाया गया; जो उससे आया, वह रहता है।</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>आगे बढ़ें (&amp;G)</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>निगरानी वाला फ़ोल्डर वे फ़ाइलें लेता है जो कोई दूसरा प्रोग्राम वहाँ रखता है; डेटाबेस से अपने-आप पूछा जाता है।</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>संपादित करें (&amp;T)…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>इसे अपने-आप फिर खोजा जाता है।</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>पिछला रन</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>किसी फ़ोल्डर की निगरानी नहीं है, और किसी डेटाबेस से नहीं पूछा जाता।</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>कुछ नया नहीं।</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>स्रोत रोकें (&amp;C)</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>हटाएँ (&amp;M)…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>अस्वीकृत</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>अभी चलाएँ (&amp;O)</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>चल रहा है</translation>
    </message>
    <message>
      <source>State</source>
      <translation>अवस्था</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>लिया गया</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>फ़ोल्डर की निगरानी करें…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>निगरानी वाले फ़ोल्डर और डेटाबेस</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>क्या बताया</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>कहाँ</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>डेटाबेस जोड़ें (&amp;A)…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>फ़ाइल आयात करें (&amp;I)…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>निर्यात और प्रोग्राम</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>फ़ोल्डर और डेटाबेस</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>मैपिंग</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>पिछले आयात</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>स्रोत</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>फ़ोल्डर की निगरानी करें (&amp;D)…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>दस्तावेज़ कहाँ से आते हैं, और अपने-आप कहाँ जाते हैं</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>कौन-सा भाग</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>बैटरी</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>बैटरी इससे कम</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>कम का अर्थ इससे नीचे</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>नेटवर्क</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>अपने-आप रोकें</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>तब कारण विंडो के निचले भाग में दिखता है; अभी सिंक करें फिर भी एक बार चलता है।</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>सीमित डेटा कनेक्शन पर</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>बैटरी कम होने पर</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>इसे बदलें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>कितनी बार (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>नाम (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>क्वेरी (&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>परीक्षण और पूर्वावलोकन (&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>नंबर, स्थिति और चुकाई गई राशि वापस लिखें (&amp;W)</translation>
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
      <translation>डेटाबेस जोड़ें</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>डेटाबेस जोड़ें (&amp;E)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>पता</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>सहेजा जा रहा है…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>डेटाबेस बदलें</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>:since के लिए कॉलम (&amp;S)</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>:since के लिए कॉलम</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>डेटाबेस का पता दर्ज करें।</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>हर %1 घंटे</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>हर %1 मिनट</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>हर घंटे</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>:since का पहला मान (&amp;V)</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>क्वेरी की पहली पंक्तियाँ</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>:since का पहला मान</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>डेटाबेस को नाम दें।</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>कितनी बार</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>नाम</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>अभी %1। इसे रखने के लिए खाली छोड़ें।</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>एक SELECT। उसमें :since हो तो केवल वही पढ़ा जाता है जो पिछले रन के बाद बदला।</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>एक UPDATE, जिसमें :source_id हो, और :number, :status, :paid, :total या :remote_id।</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>एक क्वेरी ऐसे कनेक्शन पर पूछी जाती है जो केवल पढ़ता है। रखने से पहले उसे आज़माएँ।</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>केवल मेरे कहने पर</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>क्वेरी</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>रिकॉर्ड इसे अपने स्रोत के रूप में याद रखते हैं; बाद में बदला नहीं जा सकता।</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite, PostgreSQL, MySQL या MariaDB। यह कीचेन में रखा जाता है।</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>वापस लिखने का कथन (&amp;B)</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>वापस लिखने का कथन</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>क्वेरी का वह कॉलम जो बताता है कि पंक्ति कब बदली, या उसकी बढ़ती संख्या।</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>कनेक्शन काम करता है। पहली %1 पंक्तियाँ। %2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>डेटाबेस से पूछा जा रहा है…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>क्वेरी लिखें।</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>इसे बदलें (&amp;G)…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>चुने हुए रिकॉर्ड रिपोर्ट और दूसरे प्रोग्रामों के लिए हर कुछ घंटों में एक फ़ोल्डर में लिखे जाते हैं।</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>अभी निर्यात करें (&amp;X)</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>हर %1 घंटे, %2 में</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>निर्यात और प्रोग्राम</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>पिछली बार %1 को लिखा गया</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>स्थानीय इंटरफ़ेस</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>कोई टोकन नहीं बना है: किसी को प्रवेश नहीं मिलता।</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>सब कुछ नहीं लिखा जा सका।</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>अभी नहीं लिखा गया</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>बंद</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>दूसरे कंप्यूटरों के लिए भी चालू, पोर्ट %1 पर</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>चालू, पोर्ट %1 पर</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>इस कंप्यूटर के प्रोग्राम दस्तावेज़ सौंप सकते हैं और पूछ सकते हैं कि उनका क्या हुआ।</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>निर्धारित निर्यात</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>सेट अप करें (&amp;T)…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>सेट अप और टोकन (&amp;K)…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>निर्यात लिखा गया।</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>टोकन: %1</translation>
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>%1; a newer version is announced, not confirmed yet</source>
      <translation>%1; नए संस्करण की सूचना है, अभी पुष्ट नहीं</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>सक्रिय</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>जाँच में</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>टकराव</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>वहाँ हटाया गया</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>Zoho Books से</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>दोनों में</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>अभी जा रहा है</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>साइन-इन चाहिए</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>कनेक्ट नहीं है</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>ऑफ़लाइन</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>{time} से ऑफ़लाइन</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>रोका गया</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>{time} तक रोका गया</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>समस्या</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>त्रुटि से रुका</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>सिंक हो रहा है</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>जाने की प्रतीक्षा में</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1, %2 पर ठीक</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>पढ़ा जा रहा है…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>रोका जा रहा है; जो यहाँ है वह सुरक्षित है</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>सिंक हो रहा है</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>%1 सिंक हो रहा है, %2 यहाँ</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>%1 सिंक हो रहा है, %3 में से %2</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>आज की Zoho Books कॉल {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>आज की Zoho Books कॉल {limit} में से {used}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>{time} पर फिर शुरू</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>स्वीकृत</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>सक्रिय</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>हाथ से जोड़ा गया</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>अनुमोदित</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>बिल योग्य</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>बिल किया गया</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>रद्द</translation>
    </message>
    <message>
      <source>Categorized</source>
      <translation>श्रेणीबद्ध</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>बंद</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>पुष्ट</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>अस्वीकृत</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>ड्राफ़्ट</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>समय समाप्त</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>निष्क्रिय</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>इनवॉइस किया</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>मिलान किया गया</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>बिल योग्य नहीं</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>बिल नहीं किया गया</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>बकाया</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>अतिदेय</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>भुगतान किया गया</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>आंशिक बिल किया गया</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>आंशिक इनवॉइस किया गया</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>आंशिक भुगतान</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>प्रकाशित</translation>
    </message>
    <message>
      <source>Reimbursed</source>
      <translation>प्रतिपूर्ति की गई</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>भेजा गया</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>रुका हुआ</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>अश्रेणीबद्ध</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>अवैतनिक</translation>
    </message>
    <message>
      <source>Viewed</source>
      <translation>देखा गया</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>शून्य</translation>
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation>अनुमोदन की प्रतीक्षा में</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>चरण %1 / %2: %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>चरण %1 / %2: %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>%1 कॉल</translation>
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
      <translation>शुरू करने से पहले</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>कॉल</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>आज की %1 में से कॉल</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>Zoho Books में हटाना</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>लाइन आइटम</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>कोई दस्तावेज़ दो बार नहीं</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>पहले सिंक के दौरान कुछ नहीं। बाद में केवल वही जो आप यहाँ आयात, दर्ज या जारी करते हैं।</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>कुछ नहीं। दिशा केवल पढ़ना है; इसे बाद में सेटिंग में बदल सकते हैं।</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>%n मॉड्यूल के रिकॉर्ड</numerusform>
        <numerusform>%n मॉड्यूल के रिकॉर्ड</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>समय</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>पढ़ा जाएगा</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>लिखा जाएगा</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>लगभग %n घंटा</numerusform>
        <numerusform>लगभग %n घंटे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>लगभग %n मिनट</numerusform>
        <numerusform>लगभग %n मिनट</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>कम से कम</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>एक मिनट से कम</translation>
    </message>
    <message>
      <source>never</source>
      <translation>कभी नहीं</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>कुछ भी दोहराने से पहले zbdesk देखता है कि उसने क्या भेजा था: जहाँ दोहरे मान अस्वीकार करने वाला फ़ील्ड Zoho Books में है वहाँ उससे, अन्यथा आपके अपने नंबर, ई-मेल पते या संदर्भ से। सेटिंग बताती है कि किससे, और फ़ील्ड बनाने का विकल्प देती है।</translation>
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
      <translation>कॉलम (&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>निर्यात (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation>%1 से फ़िल्टर करें (&amp;F)…</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>छिपाएँ (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>संकरा (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>क्रम और चौड़ाई (&amp;O)…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>रिकॉर्ड प्रिंट करें (&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>चौड़ा (&amp;W)</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>पहले कोई रिकॉर्ड चुनें।</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>पंक्तियाँ कॉपी करें (&amp;R)</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>शीर्षकों के बिना कॉपी करें (&amp;I)</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>विवरण (&amp;T)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Books में खोलें (&amp;Z)</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>अवरोही क्रम (&amp;D)</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>आरोही क्रम (&amp;U)</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>%1 रहते हैं: तब से उन्हें संपादित किया गया, या पिछले आयात ने उन्हें बनाया।</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>%1 दस्तावेज़ वापस लें (&amp;R)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>बंद करें</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>Zoho Books में, अगले सिंक के साथ: %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>इसे अभी वापस नहीं लिया जा सकता: %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>इसमें से कुछ वापस नहीं लिया जा सकता।</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>इस कंप्यूटर पर: %1 हटाए जाते हैं, %2 पहले जैसे हैं।</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>इस आयात के रिकॉर्ड जो जा चुके हैं</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>%1 का आयात वापस लें?</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>वापस लिया गया: %1 हटाए गए, %2 पहले जैसे।</translation>
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
      <translation>%1 कॉपी हुए</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%2 में से %1</translation>
    </message>
    <message>
      <source>%1 written to %2.</source>
      <translation>%1 %2 में लिखे गए।</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>%1 निर्यात करें</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>रोका गया। कुछ नहीं लिखा गया।</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>%1 लिखा जा रहा है…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>%1 को अब कुछ नहीं मिलेगा। जो उसके लिए यहाँ प्रतीक्षा में है वह हटा दिया जाता है, और उसकी गुप्त कुंजी भुला दी जाती है।</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>पता (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>रखें (&amp;K)</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>इसे जोड़ें (&amp;D)</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>रखा जा रहा है…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>आगे भेजी जाने वाली सामग्री बदलें</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>बदलाव</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>कॉपी करें (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>गुप्त कुंजी अभी कॉपी करें</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>हटाए गए</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>पूर्ण</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>किसी और चीज़ के लिए अलग लक्ष्य जोड़ें।</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>यह वहाँ भेजी गई हर चीज़ पर हस्ताक्षर करती है (X-Zbdesk-Signature)। यह फिर नहीं दिखाई जाती।</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>केवल ये घटनाएँ; कोई न चुनी हो तो सभी</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>केवल ये मॉड्यूल; कोई न चुना हो तो सभी</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>तब आपके अपने दूसरे सिस्टमों को टनल नहीं चाहिए। जो वे नहीं लेते, वह यहाँ प्रतीक्षा करता है और फिर आज़माया जाता है।</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>घटनाएँ दूसरे पते पर आगे भेजें</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>वहाँ अब कुछ भी आगे न भेजें?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>गुप्त कुंजी</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>इस लक्ष्य की गुप्त कुंजी</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>घटना, जैसी आई (केवल सही हस्ताक्षर के साथ)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>रिकॉर्ड, जैसा Zoho Books ने घटना के बाद दिखाया</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>लक्ष्य जोड़ा गया। उसकी गुप्त कुंजी अभी कॉपी करें।</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>यह आवश्यक है।</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>क्या मिलता है (&amp;H)</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>क्या मिलता है</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>इस कंप्यूटर और आपके अपने नेटवर्क में http की अनुमति है।</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>कुछ नहीं खोया है। लॉग में अधिक जानकारी है; यह चरण फिर आज़माएँ।</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>zbdesk को अपनी ही एक खराबी मिली।</translation>
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
      <translation>यहाँ</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>मॉड्यूल और अवधि</translation>
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
      <translation>Zoho Books में उनका मूल्य</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>इस कंप्यूटर पर उनका मूल्य</translation>
    </message>
    <message>
      <source>There</source>
      <translation>वहाँ</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>यह कंप्यूटर घटा Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>मिलान</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>यहाँ मूल्य</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>वहाँ मूल्य</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>क्या अलग है</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>और %1 अन्य: वे फ़ाइलों में हैं</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>बराबर</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>ज्ञात नहीं</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>नाम नहीं</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>इनमें से किसी दस्तावेज़ में राशि नहीं है।</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>मुद्रा के अनुसार योग</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>%n आपकी प्रतीक्षा में है</numerusform>
        <numerusform>%n आपकी प्रतीक्षा में हैं</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>, पिछली सफलता %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>ठीक</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>ठीक, %1 पर देखा गया</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>फिर से साइन इन करें</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>त्रुटि से रुका</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>सिंक हो रहा है</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>सिंक हो रहा है, %1 यहाँ</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>सिंक हो रहा है, %2 में से %1</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk: Zoho Books से कनेक्ट नहीं है</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>सभी फ़ाइलें (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>इन पर भी भरोसा करें</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>प्रमाणपत्र</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation>प्रमाणपत्र (*.pem *.crt *.cer)</translation>
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation>फ़ाइल चुनें (&amp;A)…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>अतिरिक्त प्रमाणपत्रों वाली फ़ाइल</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>जिन प्रमाणपत्रों पर यह कंप्यूटर भरोसा करता है, वे हमेशा मान्य हैं। ट्रैफ़िक देखने वाले प्रॉक्सी के लिए यहाँ की PEM फ़ाइल उनमें और जोड़ती है।</translation>
    </message>
    <message>
      <source>none</source>
      <translation>कोई नहीं</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>अभी नहीं</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>इस कंप्यूटर के व्यवस्थापक ने इसे बंद किया है।</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>यह बिल्ड अपडेट नहीं खोजता।</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>नया क्या है</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>आपके पास %1 है। कुछ भी अपने आप डाउनलोड नहीं होता।</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>zbdesk %1 उपलब्ध है।</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>एन्क्रिप्टेड फ़ाइल में (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>फिर देखें (&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>पासफ़्रेज़ लिखें (&amp;T)</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>कीचेन डेस्कटॉप का हिस्सा होता है: Windows पर Credential Manager, macOS पर Keychain, Linux पर GNOME Keyring या KWallet। zbdesk गुप्त कुंजियाँ वहीं रखता है, और कहीं नहीं।

जहाँ कीचेन नहीं है, वहाँ एन्क्रिप्टेड फ़ाइल दूसरा उपाय है। उसका पासफ़्रेज़ कभी सहेजा नहीं जाता।</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>इस कंप्यूटर पर zbdesk की एक सीलबंद फ़ाइल पहले से है। वह पासफ़्रेज़ दर्ज करें जिससे वह बनी थी।</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>कीचेन उपलब्ध होने पर फिर देखें चुनें।</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>आगे बढ़ने के लिए आठ या अधिक वर्णों का पासफ़्रेज़ दर्ज करें।</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>आगे बढ़ने के लिए पासफ़्रेज़ दर्ज करें।</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>ठीक-ठाक। एक और शब्द इसे मज़बूत बनाता है।</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>इस कंप्यूटर के कीचेन में (&amp;K)</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>Linux पर gnome-keyring या KWallet इंस्टॉल करें और डेस्कटॉप में फिर साइन इन करें, या कीचेन अनलॉक करें।</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>मज़बूत।</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>फ़ाइल उस पासफ़्रेज़ से सील की जाती है जो आप zbdesk शुरू होने पर दर्ज करते हैं। उसके बिना साइन-इन कोई नहीं पढ़ सकता, और भूल जाने पर फिर से साइन इन करना होता है; कोई रिकॉर्ड नहीं खोता।</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>स्थान आज़माया जा रहा है।</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>वही फिर से (&amp;G)</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>दोनों अलग हैं। दोनों में एक ही लिखें।</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>बहुत छोटा: आठ या अधिक वर्ण; चार शब्द याद रखना आसान है।</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>आगे बढ़ने के लिए पासफ़्रेज़ दूसरी बार लिखें।</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>कमज़ोर: एक और शब्द जोड़ें।</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>साइन-इन कहाँ रखा जाए?</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>zbdesk को उपयोग योग्य कीचेन नहीं मिला; चुनें कि गुप्त कुंजी और साइन-इन की सुरक्षा कैसे हो।</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1 (पहले खुलता है)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>“%1” हटाएँ (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>नाम (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>तालिका इसी के साथ खोलें (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>“%1” का नाम बदलें (&amp;R)…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>सहेजें (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>इस रूप में सहेजें (&amp;S)…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>दृश्य को नाम चाहिए।</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>सभी रिकॉर्ड</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>इस दृश्य का नाम बदलें</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>“%1” में बदलाव सहेजें (&amp;C)</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>यह दृश्य सहेजें</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>सहेजे गए दृश्य</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>सहेजे गए दृश्य: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>अभी भुगतान शेष</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>इस नाम का दृश्य पहले से है। दूसरा नाम चुनें, या उसी में बदलाव सहेजें।</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>दृश्य (&amp;I)</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>दृश्य “%1” हटाया गया।</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>दृश्य “%1” सहेजा गया।</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>चुनें</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>चुनें कि क्या और कितनी बार पढ़ा जाए</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>सब कुछ बिना माउस के चलता है</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>सहायता</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>यहाँ मौजूद %1 %2 देखें</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>खोलें</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1 खोलें</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation>रिकॉर्ड पृष्ठ-दर-पृष्ठ दिखते हैं</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>कुंजियाँ देखें</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>क्रम और फ़िल्टर यहाँ मौजूद डेटा पर काम करते हैं</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>जो बंद है उस पर कोई कॉल खर्च नहीं होती</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>प्रतीक्षा के दौरान</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>सब दिखाएँ</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>वे नहीं हैं (&amp;G)…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>आपकी प्रतीक्षा में</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>कुंजी फ़ाइल (वैकल्पिक) (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>नामित टनल का नाम (वैकल्पिक) (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>वहाँ खोला जाने वाला पोर्ट (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>इस रास्ते का उपयोग करें (&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>रास्ता (&amp;W)</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>जाली संदेश अपने हस्ताक्षर से अस्वीकार हो जाता है।</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>नामित टनल का सार्वजनिक पता होता है: उसे दर्ज करें।</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>पोर्ट 0 से 65535 तक की संख्या है; 0 पर सर्वर स्वयं चुनता है।</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>रखा जा रहा है…</translation>
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation>चैनल (&amp;H)</translation>
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>Cloudflare https लाइन समाप्त करता है और संदेश पढ़ सकता है। टोकन कीचेन में रखा जाता है।</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>खाली: इसे सर्च पाथ में खोजा जाता है।</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>हर रास्ता उसी लिसनर पर समाप्त होता है, जिस तक केवल यह कंप्यूटर पहुँच सकता है और जो हर हस्ताक्षर जाँचता है।</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>ऐसे नेटवर्क के लिए जो बाहर से कुछ नहीं आने देता और जहाँ कोई प्रोग्राम इंस्टॉल नहीं किया जा सकता। आपको रिले पर भरोसा करना होगा।</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>मिला: %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>Cloudflare के डैशबोर्ड से। इसके बिना हर शुरुआत पर पता बदल जाता है। खाली रखने पर मौजूदा बना रहता है।</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>ngrok के डैशबोर्ड से; संस्करण 3.16 या नया। खाली रखने पर मौजूदा बना रहता है।</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>Zoho Books इस कंप्यूटर तक कैसे पहुँचता है?</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>यह इस कंप्यूटर पर नहीं है। इसे Cloudflare (developers.cloudflare.com, Downloads) से इंस्टॉल करें, फिर इसे दोबारा खोलें, या नीचे बताएँ कि यह कहाँ है।</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>यह इस कंप्यूटर पर नहीं है। इसे ngrok (ngrok.com, Download) से इंस्टॉल करें, फिर इसे दोबारा खोलें, या नीचे बताएँ कि यह कहाँ है।</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>इसका सार्वजनिक पता (&amp;A)</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>रिले का प्रकार (&amp;I)</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>संदेशों को वैसे ही रखता है (हस्ताक्षर मान्य रहते हैं)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>रिले का प्रकार</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>इसका पाथ /webhooks/ इस कंप्यूटर के पोर्ट %1 पर ले जाए, पाथ वही रहे और सामग्री अछूती रहे।</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>मेरा अपना पता (वेब सर्वर, प्रॉक्सी या टनल जिसे कोई सँभालता है)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>आपके अपने सर्वर के अलावा कोई संदेश नहीं देखता।</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>बिल्कुल नहीं: बदलाव देखकर आते हैं</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>इस कंप्यूटर तक कुछ भी नहीं पहुँच सकता।</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>यहाँ कोई रास्ता नहीं आता। zbdesk चुने हुए अंतराल पर देखता है, और कभी कुछ नहीं खोता।</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>कुछ नहीं बदला गया।</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>सार्वजनिक पता (&amp;A)</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>इस तक ले जाने वाला सार्वजनिक पता (&amp;A)</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>पुल रिले: zbdesk लाता है, किसी को इस कंप्यूटर तक पहुँचना नहीं पड़ता</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>आरक्षित पता (वैकल्पिक) (&amp;A)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>सर्वर (&amp;E)</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>एक बार वहाँ हाथ से साइन इन करें, ताकि उसकी कुंजी यहाँ ज्ञात हो: अज्ञात सर्वर पर कभी भरोसा नहीं किया जाता।</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>टोकन (&amp;O)</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>टनल का टोकन (वैकल्पिक) (&amp;O)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>रिले संदेश पढ़ सकता है। smee जैसा रिले उन्हें नए सिरे से लिखता है: कोई हस्ताक्षर मान्य नहीं रहता, जो चैनल जानता है वह भेज सकता है, और घटनाएँ zbdesk से केवल रिकॉर्ड फिर पढ़वाती हैं।</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>सेटिंग लिखी नहीं जा सकी।</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>इस कंप्यूटर पर ssh नहीं है। यह Windows में वैकल्पिक सुविधा (OpenSSH Client) के रूप में और हर Linux तथा macOS के साथ आता है।</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>यह आवश्यक है।</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>रास्ता</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>क्या सुरक्षा देता है</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>इस रास्ते को क्या चाहिए</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>प्रोग्राम कहाँ है (वैकल्पिक) (&amp;I)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>जो यह पता चलाता है, वह https लाइन के अंत पर संदेश पढ़ सकता है।</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>आपके पास सार्वजनिक https पता है। zbdesk केवल उसे दर्ज करता है; जो उसे चलाता है वही उसे यहाँ जोड़ता है।</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared, zbdesk द्वारा शुरू</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>ngrok https लाइन समाप्त करता है और संदेश पढ़ सकता है। टोकन कीचेन में रखा जाता है।</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok, zbdesk द्वारा शुरू</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.io और ऐसे अन्य (कोई हस्ताक्षर मान्य नहीं रहता)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>मेरे अपने सर्वर तक ssh, zbdesk द्वारा शुरू</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>zbdesk एक SSH कनेक्शन खुला रखता है जो एक पोर्ट आगे भेजता है। सर्वर का वेब सर्वर /webhooks/ को उस तक ले जाता है।</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>zbdesk प्रोग्राम शुरू करता है, उस पर नज़र रखता है, समाप्त होने पर फिर शुरू करता है और बाहर निकलते समय रोक देता है।</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>%2 में से %1 बदलाव छूटे, पिछले 7 दिन</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>Zoho के %2 प्रतिदिन में से %1</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1, अगली बार %2 पर</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>%n नहीं हो सका</numerusform>
        <numerusform>%n नहीं हो सके</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>%n डिलीवरी फिर भेजी गई</numerusform>
        <numerusform>%n डिलीवरी फिर भेजी गई</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>%n पूरा</numerusform>
        <numerusform>%n पूरे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>%n घटना फिर पढ़ी गई</numerusform>
        <numerusform>%n घटनाएँ फिर पढ़ी गईं</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>%n प्रयास</numerusform>
        <numerusform>%n प्रयास</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>%n लौटाया गया</numerusform>
        <numerusform>%n लौटाए गए</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>दूसरा संगठन</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>गुप्त कुंजी बदलें…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>बदलाव छूट रहे हैं</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>बदलाव आते हैं, आमतौर पर %1 में</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>छोड़ दिया</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>Zoho Books में नहीं रहा</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>रखा गया: इसमें कोई रिकॉर्ड नहीं बताया गया</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>डिलीवरी देखें</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>रास्ता देखें</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>मॉड्यूल सिंक नहीं होता</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>कोई रिकॉर्ड नहीं बताता</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>न यहाँ, न Zoho Books में</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>न यहाँ, न वहाँ</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>यहाँ नया</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>%1 के बाद यहाँ नया</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>सेट अप नहीं है</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>Zoho Books ने नहीं दिखाया</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>आज कुछ नहीं आया</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>सार्वजनिक नाम</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>अलग रखा गया: दूसरा संगठन</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>अलग रखा गया: यह मॉड्यूल सिंक नहीं होता</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>फिर से पढ़ें</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>%1 के बाद फिर पढ़ा गया</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>Zoho Books से रिकॉर्ड पढ़ा जा रहा है</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>सुरक्षित लाइन</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>हस्ताक्षर</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>लिया गया</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>रास्ता जाँचें</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>यह कंप्यूटर</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>टनल</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>अज्ञात</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>साइन-इन की प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>विराम के अंत की प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>सिंक के अंत की प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>पहली घटना की प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>नेटवर्क की प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>Zoho Books के और कॉल की अनुमति देने तक प्रतीक्षा में</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>पहले से यहाँ था</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>वेबहुक नहीं पहुँच रहे</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>वेबहुक: %1 विफल</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>वेबहुक: रास्ते के पाँचों भाग ठीक हैं</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>Zoho Books यह रिकॉर्ड नहीं दिखाता</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>Zoho Books ने उत्तर नहीं दिया; फिर पूछा गया</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>%1 बार आया, एक बार रखा गया</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>%n बार विफल</numerusform>
        <numerusform>%n बार विफल</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>विफल</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>%1 मि.से. में</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>ठीक</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>तुलना के लिए अभी कोई बदलाव नहीं</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>कोई हस्ताक्षर नहीं</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>परीक्षण नहीं हुआ</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>पुल रिले</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>दोहराया गया</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>%1 की गुप्त कुंजी</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>आपका अपना पता</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>रास्ता अभी जाँचें (&amp;T)</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>गुप्त कुंजी बदलें…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>बदलाव हर %1 मिनट में आते हैं। वेबहुक के साथ वे कुछ सेकंड में आते हैं।</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>दूसरा रास्ता चुनें…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>चुनें कि Zoho Books इस कंप्यूटर तक कैसे पहुँचे, गुप्त कुंजी बनाएँ और वहाँ मॉड्यूल सेट अप करें।</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>रास्ता चुनें…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>चुना गया। कुछ सेकंड में लागू होता है और फिर जाँचा जाता है।</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>डिलीवरी</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>घटनाएँ</translation>
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation>इसकी घटनाएँ केवल संकेत हैं, जिनसे zbdesk रिकॉर्ड फिर पढ़ता है। असली बहियों के लिए सार्वजनिक रिले का उपयोग कभी न करें।</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>सेटिंग खोलें</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>आगे भेजा जाता है</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>परीक्षण हो रहा है…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>परीक्षण ने परिणाम नहीं बताया। एक बार फिर परीक्षण करें।</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>यह रिले संदेश नए सिरे से लिखता है, इसलिए कोई हस्ताक्षर मान्य नहीं रह सकता।</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>फिर कोशिश करें</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>ठीक होने तक zbdesk हर %1 मिनट में देखता है, %2 से; कुछ नहीं खोता।</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>वेबहुक</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>क्या सूचीबद्ध है</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>क्या कहाँ चिपकाएँ…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · अब तक %2 लौटाए गए</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>बदलाव देखकर आते हैं। वेबहुक के साथ वे कुछ सेकंड में आते हैं।</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>सभी भाग जाँचें</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>वेबहुक सेट अप करें</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>आज के वेबहुक</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>आए</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>विफल</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>पिछला %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>बदलाव छूटते हैं</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>पोलिंग की तुलना में छूटे</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>आमतौर पर %1 में यहाँ</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>पहली घटना की प्रतीक्षा में</translation>
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
      <translation>अंतिम पृष्ठ पर आपकी सहमति से पहले Zoho Books में कुछ नहीं लिखा जाता।</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation>Zoho Books कनेक्ट करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation>डेमो कंपनी कनेक्ट करें (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>डेमो कंपनी के साथ देखें (&amp;L)</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>Zoho API कंसोल से Client ID और Client Secret</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>Zoho Books कनेक्ट करें आपको पाँच पृष्ठों से ले जाता है: डेटा सेंटर, Client ID और गुप्त कुंजी, साइन-इन, संगठन और क्या सिंक करें। अंतिम पृष्ठ से पहले न कुछ सहेजा जाता है, न पढ़ा जाता है।

डेमो कंपनी इस कंप्यूटर पर एक छोटा Zoho Books है। उसे किसी खाते की आवश्यकता नहीं, और उसके रिकॉर्ड आपके रिकॉर्ड के पास नहीं आते।</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>जैसे books.zoho.in। यह बताता है कि आपकी बहियाँ किस डेटा सेंटर में हैं।</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>कनेक्ट करना जारी रखें (&amp;C)</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>ये तैयार रखें</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>कुछ भी नहीं</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>उसके साइन-इन पेज पर एक क्लिक</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>आपके Zoho Books का पता</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>डेमो कंपनी केवल इस कंप्यूटर पर चलती है। सर्वर और क्लाइंट भरे हुए हैं।</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>आप उन्हें रास्ते में बना सकते हैं: अगले पृष्ठ दिखाते हैं कि कहाँ, और क्या चिपकाना है।</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>आप अपने ब्राउज़र में Zoho के पृष्ठ पर साइन इन करते हैं। zbdesk आपका पासवर्ड कभी नहीं देखता।</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>आपका ब्राउज़र इसे वैसे ही खोलता है जैसे Zoho का पृष्ठ।</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>आपका अपना Zoho साइन-इन</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>आपके रिकॉर्ड और Zoho Books, एक समान</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>zbdesk आपकी कंपनी के जारी किए दस्तावेज़ Zoho Books में एक बार डालता है और वहाँ जो बदलता है उसे इस कंप्यूटर पर लाता है। कनेक्ट करने में लगभग पाँच मिनट लगते हैं।</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>%1 और मॉड्यूल, सभी बंद (&amp;M)</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>%1 और कॉल, नवीनतम पहले</translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n घंटा</numerusform>
        <numerusform>%n घंटे</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n मिनट</numerusform>
        <numerusform>%n मिनट</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation>सबके लाइन आइटम (&amp;L)</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>सभी मॉड्यूल गिने गए</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>दोनों दिशाओं में (&amp;Y)</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>आगे बढ़ने के लिए कम से कम एक मॉड्यूल चुनें।</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>मॉड्यूल और उनकी दिशा चुनें; सब कुछ बाद में सेटिंग में बदला जा सकता है।</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>दिशा</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>कम मॉड्यूल (&amp;M)</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>कितनी बार, और लाइन आइटम (&amp;A)</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>बदलाव कितनी बार देखें (&amp;K)</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>बदलाव कितनी बार देखें</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>सब कुछ गिना नहीं जा सका।</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>हर रिकॉर्ड पर एक कॉल; इसके बिना लाइन आइटम तब पढ़े जाते हैं जब रिकॉर्ड खोला जाए या बदले।</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>अभी केवल पढ़ें (&amp;O)</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>रिकॉर्ड वह संख्या है जो Zoho Books गिनता है। एक कॉल में 200 तक रिकॉर्ड आते हैं; Zoho प्लान के अनुसार प्रतिदिन कॉल की संख्या तय करता है, और zbdesk उनमें से कुछ आपके अपने क्लिक के लिए रखता है।

Space वर्तमान पंक्ति का मॉड्यूल चुनता है। पहला सिंक शुरू करें चुनने से पहले कुछ नहीं सहेजा जाता।</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>पहला सिंक शुरू करें (&amp;T)</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>वेबहुक सेट अप होने पर कुछ सेकंड बाद।</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>कनेक्शन सहेजा जा रहा है।</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>अनुमान बहुत कम है; सिंक को स्वयं गिनती की आवश्यकता नहीं है।</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>यह साइन-इन केवल पढ़ने के लिए माँगा गया था।</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>Zoho Books में जो बदलता है वह यहाँ आता है; जो आप यहाँ दर्ज या आयात करते हैं वह वहाँ जाता है।</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>क्या सिंक करें</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>इसके बिना लाइन आइटम तब पढ़े जाते हैं जब रिकॉर्ड खोला जाए या बदले।</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>लगभग %n दिन में</numerusform>
        <numerusform>लगभग %n दिनों में</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>सेटिंग में बदले जाने तक zbdesk Zoho Books में कभी नहीं लिखता।</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>पूछें</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>जहाँ ट्रे हो, वहाँ बिना विंडो के शुरू करें</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>बंद करना और शुरू करना</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>विंडो बंद करना</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>घड़ी के पास चालू रखें</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>कुंजियाँ</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>बाहर निकलें</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>एकल अक्षर कुंजियों के रूप में, जैसे टकराव में</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>शुरुआत</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>इस कंप्यूटर में मेरे साइन इन करने पर शुरू करें</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>सत्र के साथ शुरू होना सिस्टम स्वयं सँभालता है; वहाँ जो बदला जाए वह यहाँ दिखता है। यह ट्रे में शुरू होता है और फ़ोकस नहीं लेता।</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>ट्रे न हो तो विंडो बंद करने पर हमेशा बाहर निकलता है: zbdesk कभी छिपकर नहीं चलता।</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>सहेजा जा रहा है…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>रद्द करें</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>अभी उत्तर नहीं आया। आपने जो लिखा है, वह उत्तर आने तक यहाँ रहता है।</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>कॉलम अपने क्रम में</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>बदलाव तुरंत लागू होते हैं; कुछ सहेजना नहीं है।</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>केवल %1 के लिए</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>विवरण पढ़ा जा रहा है; फ़ॉर्म उसके साथ खुलता है।</translation>
    </message>
  </context>
</TS>
