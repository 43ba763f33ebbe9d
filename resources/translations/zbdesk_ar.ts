<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;1 hour</source>
      <translation>ساعة واحدة (&amp;1)</translation>
    </message>
    <message>
      <source>&amp;30 minutes</source>
      <translation>30 دقيقة (&amp;3)</translation>
    </message>
    <message>
      <source>&amp;About zbdesk</source>
      <translation>حول zbdesk (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>النشاط (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>إغلاق النافذة (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>التعارضات (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>نسخ الصفوف (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>لوحة المعلومات (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>التفاصيل (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Edit record…</source>
      <translation>تعديل السجل (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>تصدير (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <translation>تصفية (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>استيراد ملف (&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>المفاتيح والمساعدة (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Last records</source>
      <translation>آخر السجلات (&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Minimise</source>
      <translation>تصغير (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Month end</source>
      <translation>إقفال الشهر (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>كتم الإشعارات (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>سجل جديد (&amp;N)…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>الجزء التالي من النافذة (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>فتح zbdesk (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>الصادر (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>طباعة الجدول (&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>المشكلات (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>إنهاء zbdesk (&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>الإعدادات (&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>إظهارها مجددًا (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>Webhooks (&amp;W)</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>تغيير المؤسسة (&amp;G)…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>تغطية النافذة (&amp;V)</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation>الأعمدة (&amp;C)…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>نسخ بلا عناوين (&amp;I)</translation>
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>وضع إقفال الشهر (&amp;D)</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>الإشعارات مكتومة حتى %1 (&amp;M)</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>فتح مجلد البيانات (&amp;D)</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>فتح مجلد السجل (log) (&amp;L)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>فتح في Zoho Books (&amp;Z)</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation>طباعة السجل (&amp;P)…</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>إيقاف مؤقت (&amp;U)</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>قراءة كل شيء من جديد (&amp;E)</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>استئناف (&amp;U)</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation>حفظ طريقة العرض هذه (&amp;T)…</translation>
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>بحث (&amp;H)…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>إيقاف (&amp;P)</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>جارٍ الإيقاف…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>زامن الآن (&amp;N)</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>حتى الغد (&amp;T)</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>حتى أستأنف (&amp;I)</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>حتى %1</translation>
    </message>
  </context>
  <context>
    <name>ActivityModel</name>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>البادئ</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>ما حدث</translation>
    </message>
    <message>
      <source>When</source>
      <translation>الوقت</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>شخص</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>webhook</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>المزامنة الأولى</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>الجدول الزمني</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>النشاط</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>لم يحدث شيء بعد</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>عمليات التشغيل</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>تتعذر قراءة النشاط</translation>
    </message>
    <message>
      <source>View</source>
      <translation>العرض</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>ما حدث</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>يُدرج هنا ما يقرؤه zbdesk وما يفعله.</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>النشاط</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>إلغاء التغيير (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>حذف (&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>تعديل (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>إلغاء المستند (&amp;V)…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>حُذف في Zoho Books.</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>يجري إرساله الآن.</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>سبق إرساله.</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>سبق إلغاؤه.</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>وضع علامة «مُرسل» (&amp;S)</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>لا رصيد مفتوح.</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>تسجيل دفعة (&amp;M)…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>هذا الربط للقراءة فقط.</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>العنوان (&amp;D)</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>العنوان والسر</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>العنوان لـ Zoho Books</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>تغييره…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>اختر كيف يصل Zoho Books إلى هذا الحاسوب</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>نسخ</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>نسخ العنوان</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>مصدره %1.</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>أُنشئ %1. عُرض حينها ولا يُعرض مرة أخرى.</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>أنشأه zbdesk في Zoho Books: %1. فصل الربط يزيله.</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>إنشاء وعرض…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>لم يره أحد بعد.</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>السر (&amp;C)</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>السر</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>إعداده في Zoho Books نيابة عني (&amp;O)…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>يبقى السابق صالحًا حتى %1؛ وبعدها هذا فقط.</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>لا يوجد عنوان عام بعد. اختر كيف يصل Zoho Books إلى هنا.</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>نفق (&amp;L)…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>ما يُلصق ومكانه في Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>يحفظ Zoho Books عناصر webhook في Settings ثم Automation ثم Workflow Actions. تحتاج كل وحدة إلى قاعدة خاصة بها.</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>لا أيام</numerusform>
        <numerusform>يوم واحد</numerusform>
        <numerusform>يومان</numerusform>
        <numerusform>%n أيام</numerusform>
        <numerusform>%n يومًا</numerusform>
        <numerusform>%n يوم</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n س</numerusform>
        <numerusform>%n س</numerusform>
        <numerusform>%n س</numerusform>
        <numerusform>%n س</numerusform>
        <numerusform>%n س</numerusform>
        <numerusform>%n س</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n د</numerusform>
        <numerusform>%n د</numerusform>
        <numerusform>%n د</numerusform>
        <numerusform>%n د</numerusform>
        <numerusform>%n د</numerusform>
        <numerusform>%n د</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AgeingPanel</name>
    <message>
      <source>%1 in %2</source>
      <translation>%1 في %2</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1: %2 في %3</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1–%2 يومًا</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>العمر</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>عملة الذمم المدينة</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>الفواتير</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>لا أحد مدين بشيء: لا توجد فواتير مفتوحة.</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>لم يحن استحقاقها</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>أكثر من %1 يومًا</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>الذمم المدينة حسب العمر</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>عرض الفواتير</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>بلا عملة</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>كتابة هذه (%1) (&amp;W)</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>المبالغ بعملة %1</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>توقف التشغيل قبل أول كتابة، لأنه أكبر مما تسمح به إعداداتك تلقائيًا. تحقق من أن هذا ما تقصده. وما يُضاف إليه يُسأل عنه من جديد.</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>كتابة %1 إلى %2؟</translation>
    </message>
  </context>
  <context>
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>أعلن webhook ذلك في %1. لا يُحسب في أي مكان حتى يقرأ zbdesk السجل من Zoho Books.</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>تغيّر أيضًا: %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>تبقى أعمدة الجدول كما هي.</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>غير مؤكد</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>لا استدعاءات</numerusform>
        <numerusform>استدعاء واحد</numerusform>
        <numerusform>استدعاءان</numerusform>
        <numerusform>%n استدعاءات</numerusform>
        <numerusform>%n استدعاءً</numerusform>
        <numerusform>%n استدعاء</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>لا تعارضات</numerusform>
        <numerusform>تعارض واحد</numerusform>
        <numerusform>تعارضان</numerusform>
        <numerusform>%n تعارضات</numerusform>
        <numerusform>%n تعارضًا</numerusform>
        <numerusform>%n تعارض</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>لا مشكلات</numerusform>
        <numerusform>مشكلة واحدة</numerusform>
        <numerusform>مشكلتان</numerusform>
        <numerusform>%n مشكلات</numerusform>
        <numerusform>%n مشكلة</numerusform>
        <numerusform>%n مشكلة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) here</source>
      <translation>
        <numerusform>لا سجلات هنا</numerusform>
        <numerusform>سجل واحد هنا</numerusform>
        <numerusform>سجلان هنا</numerusform>
        <numerusform>%n سجلات هنا</numerusform>
        <numerusform>%n سجلًا هنا</numerusform>
        <numerusform>%n سجل هنا</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>كل النشاط</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>كل الوحدات</numerusform>
        <numerusform>كل الوحدات عدا واحدة</numerusform>
        <numerusform>كل الوحدات عدا اثنتين</numerusform>
        <numerusform>كل الوحدات عدا %n وحدات</numerusform>
        <numerusform>كل الوحدات عدا %n وحدة</numerusform>
        <numerusform>كل الوحدات عدا %n وحدة</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>حتى %1</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>تجري قراءة التغييرات الآن</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>هل ينتظرك شيء؟</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>كل منها في القائمة مع علاجها</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>الإنترنت</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>هل كل ما في Zoho Books موجود هنا؟</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>آخر وضع سليم %1</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>التغييرات اللاحقة لم تصل بعد</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>بنود %1 تُقرأ عند الفتح</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>يجري الاطلاع الآن</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>التالي في %1</translation>
    </message>
    <message>
      <source>No</source>
      <translation>لا</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>لا مشكلات</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>لا، لا شيء</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>ليس بعد</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>لا شيء في الطريق</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>لم يتغير شيء في الجانبين معًا</translation>
    </message>
    <message>
      <source>Quit zbdesk and start it again</source>
      <translation>أغلق zbdesk وابدأه من جديد</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>السجلات على هذا الحاسوب</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>عرض المشكلات</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>تسجيل الدخول</translation>
    </message>
    <message>
      <source>The database is not where it was</source>
      <translation>قاعدة البيانات ليست حيث كانت</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>الاطلاع الأول هو الخطوة التالية</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>لم تكتمل المزامنة الأولى</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>ما تتعذر قراءته مدرج في القائمة أدناه</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>متى كان آخر اطلاع؟</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>لا، لا شيء</numerusform>
        <numerusform>نعم، أمر واحد</numerusform>
        <numerusform>نعم، أمران</numerusform>
        <numerusform>نعم، %n أمور</numerusform>
        <numerusform>نعم، %n أمرًا</numerusform>
        <numerusform>نعم، %n أمر</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>نعم، كل شيء</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>انتهى</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>آخر مرة %1</translation>
    </message>
    <message>
      <source>never</source>
      <translation>أبدًا</translation>
    </message>
    <message>
      <source>reached %1</source>
      <translation>وصل إلى %1</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>كما وردت</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>هل ينقص سجل أو يبدو قديمًا؟</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>اختر «تسجيل الدخول من جديد» في الإعدادات ضمن «الربط». تبقى السجلات وسجلها الزمني.</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>اختر «مزامنة» ثم «قراءة كل شيء من جديد». تُقرأ كل قائمة حتى نهايتها ويُعثر على المحذوف.</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>سطر الأوامر</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>نسخ الصفوف المحددة</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>مجلد البيانات</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>تفاصيل السجل الحالي</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>يمكن قراءة كل ما هو موجود هنا. تستمر المزامنة تلقائيًا عندما يجيب Zoho من جديد.</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>في سلسلة مفاتيح هذا الحاسوب أو في ملف مختوم؛ وليس أبدًا في قاعدة البيانات أو السجلات (logs).</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>يقرأ ما تغير في Zoho Books منذ آخر اطلاع. ومن دونه يحدث ذلك تلقائيًا.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>المفاتيح</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>المفاتيح والأشكال</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>فرز حسب عمود الخلية الحالية</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>أوضاع السجل</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>هذا البرنامج</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>الإصدار</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>ماذا يفعل «زامن الآن»؟</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>ماذا لو انقطع الإنترنت؟</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>ما يسأل عنه الناس</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>أين أسراري؟</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>لماذا ينتظر zbdesk؟</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>يسمح Zoho بعدد من الاستدعاءات في الدقيقة وفي اليوم. لا يُفقد شيء؛ ويستمر العمل تلقائيًا.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>هل أنهى Zoho تسجيل الدخول؟</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>رجوع (&amp;B)</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>قائمة التصحيح بصيغة CSV (&amp;L)</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>إلغاء</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>مساعدة</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>%1 من %2 استدعاءات في اليوم. ما يعمل تلقائيًا يتوقف قبلها؛ ونقراتك أنت تستمر.</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>الحد الأقصى في الدقيقة</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>الاستدعاءات في الدقيقة</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>الاستدعاءات إلى Zoho Books</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>محفوظة لنقراتك</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>بلا حد</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>غير مرتبط</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>من استدعاءات اليوم. ما يعمل تلقائيًا يتوقف قبلها؛ ونقراتك أنت تستمر.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>اليوم</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>يقبل Zoho Books 100 استدعاء في الدقيقة من المؤسسة الواحدة، من كل برامجها معًا.</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>%1 محفوظة لنقراتك</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>استُخدم %1 من %2</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>استُخدم %1، وحد خطتك غير معروف</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>لم يُحسب شيء بعد</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>استدعاءات Zoho Books اليوم</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>يبدأ من جديد %1</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>ينتظر حتى %1</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>التسليم</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>بطاقة التسليم (&amp;D)…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>عندما يتولى شخص آخر العمل</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>من سجل الدخول، وما المسموح له، وما يتوقف إذا غادر؛ للنسخ أو الطباعة.</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>عرض كجدول</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>لا فواتير</numerusform>
        <numerusform>فاتورة واحدة</numerusform>
        <numerusform>فاتورتان</numerusform>
        <numerusform>%n فواتير</numerusform>
        <numerusform>%n فاتورة</numerusform>
        <numerusform>%n فاتورة</numerusform>
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
      <translation>مليون</translation>
    </message>
    <message>
      <source>bn</source>
      <translation>مليار</translation>
    </message>
    <message>
      <source>k</source>
      <translation>ألف</translation>
    </message>
  </context>
  <context>
    <name>CheckPage</name>
    <message>
      <source>%1: %2 rows are %3 documents. Nothing has been written yet.</source>
      <translation>%1: عدد الصفوف %2 وعدد المستندات %3. لم يُكتب شيء بعد.</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>احتجاز للمراجعة (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Import</source>
      <translation>استيراد (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Import %1 %2</source>
      <translation>استيراد %1 %2 (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Save mapping</source>
      <translation>حفظ تعيين الحقول (&amp;S)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(اختياري)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>للملف التالي المماثل</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>أعطِ تعيين الحقول اسمًا.</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>ارجع لتصحيح خلاياها أو اتركها؛ وهي مدرجة في النهاية.</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>كيفية الاستيراد</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>اسم تعيين الحقول (&amp;P)</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>اسم تعيين الحقول</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>لا يمكن استيراد أي مستند كما هو.</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>لم يُكتب شيء بعد.</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>لا يُرسل شيء إلى Zoho Books حتى تُفرج عنه ضمن «الصادر».</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>حُفظ باسم %1.</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>بعض الصفوف غير صالحة، ولذلك لا يؤخذ شيء. صححها أو خذ الصالح منها.</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>عدم أخذ شيء ما دام صف واحد غير صالح (&amp;N)</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>أخذ المستندات الصالحة وإدراج البقية (&amp;G)</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>الاستيراد دفعة واحدة: ما دام لم يُرسل منها شيء إلى Zoho Books يمكن التراجع عنها كاملة، في نهاية هذا الاستيراد أو لاحقًا ضمن «المصادر».</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>يجري فحص الصفوف، %1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>المجلدات المراقبة وسطر الأوامر تستخدم تعيينات الحقول المحفوظة بأسمائها.</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>ما يُستورد يُرسل إلى Zoho Books مع المزامنة التالية.</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>ما سيُستورد</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>فات %1 من %2</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%1 من %2 وحدات</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>%1 اليوم</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1، %2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>تم إعداده في Zoho Books</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>آخر مرة %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>أنشأه zbdesk، وينتظر أول حدث</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>ينتظر أول حدث</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%1 من %2 نقاط لا تزال مفتوحة.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>قائمة التحقق</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>اكتملت كل النقاط.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>عرض</translation>
    </message>
    <message>
      <source>Show: %1</source>
      <translation>عرض: %1</translation>
    </message>
    <message>
      <source>The period can be signed off.</source>
      <translation>يمكن اعتماد الفترة.</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>إزالة المرشح %1</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>حوالة مصرفية واردة</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>تحويل مصرفي</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>نقدًا</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>تحقق</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>دائن</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>بطاقة ائتمان</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>العميل</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>مدين</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>سلع</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>أخرى</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>خدمة</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>المورد</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>أُنشئ %1 في ساعة تقع في شهر آخر في مكان آخر</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>لا سجلات</numerusform>
        <numerusform>سجل واحد</numerusform>
        <numerusform>سجلان</numerusform>
        <numerusform>%n سجلات</numerusform>
        <numerusform>%n سجلًا</numerusform>
        <numerusform>%n سجل</numerusform>
      </translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>الجانبان متساويان.</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>وصلت تغييرات بلا حدث، أو هناك أحداث تنتظر.</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>قائمة التحقق</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>قورن مع</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>العملة</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>تواريخ تتوقف على الساعة</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>الفرق</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>الفروق، سجلًا سجلًا</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>اكتملت كل النقاط.</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>بصمة المطابقة</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>بصمة هذه الأرقام (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>وقت الإنشاء</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>أعده</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>اعتماد إقفال الشهر</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>لا تعارضات</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>لا ينزلق تاريخ إلى ما بعد نهاية الشهر</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>لا مسودات حتى نهاية الفترة</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>لا نتيجة مجهولة</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>لا مشكلات</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>لا شيء.</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>لم يُقرأ حتى النهاية منذ انتهاء الفترة: %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>لم يُقرأ حتى النهاية بعد: {names}. أرقامها ليست كاملة.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>ملاحظة</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>لا شيء ينتظر الإرسال</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>الرقم</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation>مبلغ سجل واحد لا يمكن لأحد معرفته بعد.</translation>
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>مبلغ {count} من السجلات لا يمكن لأحد معرفته بعد.</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>نقطة واحدة مفتوحة. ومع ذلك اعتُمدت الفترة.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>المؤسسة</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>الطرف</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>الفترة</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>الربع %2 من %1</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>السجلات هنا</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>السجلات في Zoho Books</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>المزامنة سليمة</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>انتهى السجل الزمني عندئذ عند السطر {seq} بالبصمة {hash}</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>لم تكتمل آخر مزامنة، أو مضى عليها أكثر من يوم.</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>الجانبان مختلفان.</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>هذا الحاسوب</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>المطابقة</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>المطابقة متساوية</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>تصل أحداث webhook بلا انقطاع</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>ما يختلف</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>سنة %1</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>Zoho Books كما قُرئ آخر مرة؛ أقدم قائمة بتاريخ {moment}</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books، بالسؤال في {moment}</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>قائمة لم تُقرأ حتى نهايتها قط</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>مبلغ آخر</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>عملة أخرى</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>فترة أخرى</translation>
    </message>
    <message>
      <source>done</source>
      <translation>تم</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>فيه مشكلة</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>لم يُرسل بعد</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>في تعارض</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>أُعد في {organization} بتوقيت المؤسسة، {utc} بتوقيت UTC، {computer} على هذا الحاسوب</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>لم يصل رد</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>هنا فقط</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>في Zoho Books فقط</translation>
    </message>
    <message>
      <source>open</source>
      <translation>مفتوح</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>ملغى هنا</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>ملغى في Zoho Books</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>يستحق نظرة</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>يبيّن zbdesk tieout verify FILE ما إذا كان الملف لا يزال يقول ما قاله.</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>{count} غيرها ضمن الأرقام المرفقة بهذا الملف وفي CSV.</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count} من النقاط مفتوحة. ومع ذلك اعتُمدت الفترة.</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>كُتب %1.</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>جارٍ سؤال Zoho Books: %1، %2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>جارٍ سؤال Zoho Books…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>بدء وضع إقفال الشهر (&amp;M)</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>الجانبان متساويان.</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>ملف CSV (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>اختر غيرها.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>قورن مع Zoho Books بالسؤال في %1.</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>قورن مع Zoho Books كما قُرئ آخر مرة؛ أقدم قائمة بتاريخ %1.</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>جارٍ المقارنة…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>إنهاء وضع إقفال الشهر (&amp;M)</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>كل مستند قرب نهاية شهر أُنشئ في اليوم نفسه بكل التوقيتات.</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>لا يتوقف أي تاريخ على الساعة</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>لا سجلات في هذه الفترة</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>لم يُقرأ حتى النهاية بعد: %1.</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>ملف PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>حفظ</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>الاعتماد (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>الجانبان مختلفان في %1.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>تجري كتابة %1…</translation>
    </message>
    <message>
      <source>never</source>
      <translation>أبدًا</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>حتى %1</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>حتى أنهيه</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 من %2</translation>
    </message>
    <message>
      <source>&amp;As they came</source>
      <translation>كما وردت (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>تم (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>أضيق (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>أعرض (&amp;W)</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>الأعمدة</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>نقل إلى أسفل (&amp;B)</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>نقل إلى أعلى (&amp;U)</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>مفتاح المسافة يُظهر أو يُخفي، وAlt مع مفاتيح الأسهم ينقل ويغيّر العرض.</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>العرض %1</translation>
    </message>
  </context>
  <context>
    <name>ColumnFilter</name>
    <message>
      <source>&amp;Apply</source>
      <translation>تطبيق (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Contains</source>
      <translation>يحتوي على (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>من (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>الفترة (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>إزالة المرشح (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>إلى (&amp;T)</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>يجب أن ترد كل الكلمات بأي ترتيب؛ حالة الأحرف والتشكيل لا يهمان.</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>أيام مختارة</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>فارغ: بلا حد من هذا الجانب.</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>تصفية حسب %1</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>بعملة كل سجل. فارغ: بلا حد من هذا الجانب.</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>لا يمكن لأي سجل أن يحمل مبلغًا كهذا.</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>الفترة</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>هذه النهاية تسبق البداية.</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>آخر 30 يومًا</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>آخر 7 أيام</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>السنة المالية الماضية</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>الشهر الماضي</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>ربع السنة الماضي</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>هذه السنة المالية</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>هذا الشهر</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>ربع السنة الحالي</translation>
    </message>
    <message>
      <source>today</source>
      <translation>اليوم</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>الرصيد</translation>
    </message>
    <message>
      <source>Bank</source>
      <translation>المصرف</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>تاريخ التغيير</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>الرمز</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>الشركة</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>العميل</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>التاريخ</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>الاستحقاق</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>الرقم</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>المستفيد</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>المرجع</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>الحالة</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>النوع</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>المورد</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>الخلايا المطلوب تصحيحها: %1</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>عدد الصفوف: %1</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>كما خُمّن</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>يمكن ملء كل حقل من عمود واحد. رقم المستند هو ما يميزه عن غيره: الرقم نفسه مرة أخرى تغيير وليس مستندًا ثانيًا.

ينتقل F8 إلى الخلية التالية المطلوب تصحيحها، وShift+F8 إلى السابقة؛ ويصححها Enter في مكانها. ولا يُغيَّر الملف نفسه أبدًا.</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>عيّن حقلًا لعمود واحد على الأقل.</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>عيّن لكل عمود في الملف حقله؛ وقد مُلئ ما خمّنه zbdesk من الأسماء والمحتويات.</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>تعيين الحقول (&amp;G)</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>تعيين الحقول</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>الخلية التالية المطلوب تصحيحها</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>السابق</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>الصفوف كما ستُقرأ</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>حدد أيهما يأتي أولًا، اليوم أم الشهر، للمتابعة.</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>حدد هل العلامة العشرية نقطة أم فاصلة للمتابعة.</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>سوِّ أولًا ما يظهر فوق الأعمدة.</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>يتضمن تعيين الحقول أيضًا أعمدة ليست في هذا الملف: %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>التالية ليست بين الصفوف المعروضة؛ وهي في قائمة التصحيح.</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>يجري فحص الصفوف…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>أي عمود لأي حقل؟</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>قيد الفحص، %1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>قيد القراءة…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>أول %1 صفوف</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>لا شيء للتصحيح</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>تُرك %1 الآن: انتقل حقله إلى %2.</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>العمود في الملف</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>الأعمدة والحقول</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>الحقل</translation>
    </message>
    <message>
      <source>Field of %1</source>
      <translation>حقل %1</translation>
    </message>
    <message>
      <source>First value</source>
      <translation>القيمة الأولى</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>ترك العمود</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>ما يعرضه</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1: كان %2، وهو الآن %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>حذف %1 (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>إلغاء %1 (&amp;V)</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>كتابة التغييرات (&amp;W)</numerusform>
        <numerusform>كتابة تغيير واحد (&amp;W)</numerusform>
        <numerusform>كتابة تغييرين (&amp;W)</numerusform>
        <numerusform>كتابة %n تغييرات (&amp;W)</numerusform>
        <numerusform>كتابة %n تغييرًا (&amp;W)</numerusform>
        <numerusform>كتابة %n تغيير (&amp;W)</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>يُسأل مرة بعد كل تغيير للمؤسسة.</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>العملة الأساسية</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>البلد</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>حذف %1؟</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>أول كتابة بعد تغيير المؤسسة</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>هل لا تزال هذه %1؟</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>لم يُرسل بعد، فلا يتغير شيء في Zoho Books. ويُزال من هنا.</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>يُحذف في Zoho Books وهنا؛ ولا يحتفظ Zoho Books بنسخة. وإذا تغير هناك فستُسأل.</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>يُرسل مع التشغيل التالي؛ وحتى ذلك الحين يسترجعه «إلغاء التغيير».</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>يبقى في Zoho Books بحالة «ملغاة» ولا يُحتسب بعد ذلك.</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>الاسم المختصر للمؤسسة</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>الرقم الضريبي</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>يزول معه الرصيد المفتوح البالغ %1.</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>عرضت هذه النافذة %1 من قبل. أنت على وشك الكتابة إلى مؤسسة أخرى.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>اكتب %1 لتأكيد المؤسسة</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>إلغاء %1؟</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>يصفه Zoho Books الآن وصفًا مختلفًا. لا يُكتب شيء حتى توافق.</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>جارٍ التسوية…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> و </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1 أيام أو أكثر</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1 أو أكثر</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>إضافة مرشح (&amp;A)</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>المبلغ المعني</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>أي مبلغ</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>المعني: %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>الحقل</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>تصفية بالرقم أو الاسم</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>الأكبر مبلغًا أولًا</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>الأحدث أولًا</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>الأقدم أولًا</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>فتح %1</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>مفتوح منذ</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>الترتيب</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>يوم أو أكثر</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>التعارضات</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>لا أيام</numerusform>
        <numerusform>يوم واحد</numerusform>
        <numerusform>يومان</numerusform>
        <numerusform>%n أيام</numerusform>
        <numerusform>%n يومًا</numerusform>
        <numerusform>%n يوم</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>لا حقول متساوية</numerusform>
        <numerusform>حقل متساوٍ واحد</numerusform>
        <numerusform>حقلان متساويان</numerusform>
        <numerusform>%n حقول متساوية</numerusform>
        <numerusform>%n حقلًا متساويًا</numerusform>
        <numerusform>%n حقل متساوٍ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>لا بنود</numerusform>
        <numerusform>بند واحد</numerusform>
        <numerusform>بندان</numerusform>
        <numerusform>%n بنود</numerusform>
        <numerusform>%n بندًا</numerusform>
        <numerusform>%n بند</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>لا بنود مختلفة</numerusform>
        <numerusform>بند واحد مختلف</numerusform>
        <numerusform>بندان مختلفان</numerusform>
        <numerusform>%n بنود مختلفة</numerusform>
        <numerusform>%n بندًا مختلفًا</numerusform>
        <numerusform>%n بند مختلف</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(لا شيء)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>أُنشئ من جديد</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>محذوف</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>حُذف هنا</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>حُذف في Zoho Books</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>مُعدَّل</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>دُمج بلا سؤال: تغير في جانب واحد فقط</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>أُبقي كما هو هناك</translation>
    </message>
    <message>
      <source>No</source>
      <translation>لا</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>السعر</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>الكمية</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>نعم</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>لا تعارضات</numerusform>
        <numerusform>تعارض واحد</numerusform>
        <numerusform>تعارضان</numerusform>
        <numerusform>%n تعارضات</numerusform>
        <numerusform>%n تعارضًا</numerusform>
        <numerusform>%n تعارض</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>لا حقول للبت فيها</numerusform>
        <numerusform>حقل واحد للبت فيه</numerusform>
        <numerusform>حقلان للبت فيهما</numerusform>
        <numerusform>%n حقول للبت فيها</numerusform>
        <numerusform>%n حقلًا للبت فيه</numerusform>
        <numerusform>%n حقل للبت فيه</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>لم يُكتب أي سجل إلى Zoho Books</numerusform>
        <numerusform>كُتب سجل واحد إلى Zoho Books</numerusform>
        <numerusform>كُتب سجلان إلى Zoho Books</numerusform>
        <numerusform>كُتبت %n سجلات إلى Zoho Books</numerusform>
        <numerusform>كُتب %n سجلًا إلى Zoho Books</numerusform>
        <numerusform>كُتب %n سجل إلى Zoho Books</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>الكل من Zoho Books (&amp;O)</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>الكل من هذا الحاسوب (&amp;C)</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>تطبيق هذه النتيجة (&amp;T)</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>العودة إلى القائمة</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>مسح الكل</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>تعارض</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>التعارضات</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>السجل الزمني (&amp;Y)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>فتح في Zoho Books (&amp;Z)</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>تخطٍّ (&amp;K)</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>تسوية وفق قاعدة (&amp;B)…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>تراجع عن الأخير (&amp;D)</translation>
    </message>
  </context>
  <context>
    <name>ConflictsPage</name>
    <message>
      <source>%1 checked</source>
      <translation>محدد: %1</translation>
    </message>
    <message>
      <source>%1 from Zoh&amp;o Books…</source>
      <translation>%1 من Zoho Books (&amp;O)…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1 من هذا الحاسوب (&amp;C)…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 من %2</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>سُوّي %1</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>سُوّي %1. المفتاح Z يسترجعه ما لم يُرسل.</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2.</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>كل التعارضات</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>الكل من Zoho Books (&amp;O)</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>الكل من هذا الحاسوب (&amp;C)</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>كل ما يطابق المرشح</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>اختر جانبًا لكل حقل لرؤيتها.</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>مسح الكل</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>ينتقل J وK في القائمة</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>لا يتغير أي مبلغ هناك.</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>لا تعارضات</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>لا يطابق أي من %1</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>لا يُكتب شيء هناك.</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>لم يتغير شيء في الجانبين معًا.</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>تجري قراءة التعارضات…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>استُرجع</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>استُرجع؛ ولم يُرسل منه شيء.</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>المحددة</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>تتعذر قراءة التعارضات</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>لا يمكن فعل ذلك بالسجل وهو على حاله الآن.</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>لا توجد في هذا الخادم صفحات ويب لسجلاته.</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>جارٍ الحساب…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>المبلغ المعني %1</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>تغير في الجانبين. لا يُرسل شيء حتى تقرر.</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>Client ID والسر</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>ربط Zoho Books</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>مركز البيانات</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>متابعة الربط (&amp;C)</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>المؤسسة</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>تسجيل الدخول</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>ما تتم مزامنته</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>الربط</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>آخر اتصال</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>آخر وضع سليم</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>الاطلاع التالي</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>السجلات على هذا الحاسوب</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>تسجيل الدخول</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>انتهى</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>غير مخطط</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>ليس بعد</translation>
    </message>
    <message>
      <source>now</source>
      <translation>الآن</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>يتجدد تلقائيًا</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>غير مرتبط</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>المؤسسة</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>تجديده</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>تسجيل الدخول من جديد (&amp;I)…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>تسجيل الدخول</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>تسجيل دخول المؤسسة المستخدمة</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>تسجيل الدخول من جديد يُبقي كل السجلات وما يتبعها.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>قراءة وكتابة</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>قراءة فقط</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>منذ %1</translation>
    </message>
  </context>
  <context>
    <name>CopyButton</name>
    <message>
      <source>&amp;Copy</source>
      <translation>نسخ (&amp;C)</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>نُسخ</translation>
    </message>
  </context>
  <context>
    <name>Counts</name>
    <message>
      <source>Documents</source>
      <translation>المستندات</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>The window is covered. Press a key to show it again.</source>
      <translation>النافذة مغطاة. اضغط أي مفتاح لإظهارها من جديد.</translation>
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
      <translation>رمز المنح (Grant code) (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>نوع العميل في وحدة التحكم (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>لا يستطيع متصفحي العودة إلى هنا: استخدام رمز (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>فتح %1 (&amp;O)</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>يلزم منفذ متاح للمتابعة.</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>أي منفذ متاح من 1024 إلى 65535. يجب أن تعرف وحدة التحكم العنوان الجديد.</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>طلب القراءة فقط من Zoho (&amp;Z)</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>اختر %1 ثم %2.</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>Client ID وClient secret</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>Client secret (&amp;T)</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>نسخ (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>نسخ الكل (&amp;L)</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>صحح Client ID للمتابعة.</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>أدخل رقمًا من 1024 إلى 65535.</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>مملوء لشركة العرض التجريبي.</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>للحواسيب المقيدة: اختر في وحدة التحكم Add Client ثم Self Client. ضمن Generate Code ألصق النطاق أدناه واختر عشر دقائق، ثم ألصق الرمز هنا. استخدم أعلاه المعرّف والسر الخاصين بـ Self Client.</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>في Zoho API console اختر Add Client ثم Server-based Applications. أدخل أي اسم، وhttp://localhost صفحةً رئيسية، وضمن Authorized Redirect URIs العنوان المعروض هنا. اختر Create. تعرض بعدها علامة التبويب Client Secret المعرّف والسر.

إذا كانت شركتك تستخدم عدة مراكز بيانات، فافتح علامة التبويب Settings وشغّل المراكز الأخرى.</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>يجب أن يكون مطابقًا حرفًا بحرف. المنفذ %1 متاح على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>يعمل مرة واحدة، وفي الدقائق المختارة في وحدة التحكم فقط.</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>معرّفه معروف للجميع ولا يفتح إلا العرض التجريبي. اختر «تسجيل الدخول» للمتابعة.</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>يُحفظ في %1 فقط. تُزال المسافات من الطرفين عند اللصق.</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>يُحفظ في سلسلة مفاتيح هذا الحاسوب فقط. تُزال المسافات من الطرفين عند اللصق.</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>نوع العميل في وحدة التحكم</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>أنشئ عميلًا (Client) لـ zbdesk في Zoho API console، ثم ألصق معرّفه وسره هنا.</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>خيارات أخرى للمسؤولين (&amp;D)</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>تعذر فتح متصفح. افتح %1 في متصفح لديك.</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>فتح وحدة التحكم لمركز بيانات %1</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>فتح وحدة التحكم لهذا الخادم</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>لصق</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>ألصق Client ID للمتابعة.</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>ألصق Client secret</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>ألصق Client secret للمتابعة.</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>ألصق رمز المنح أو أغلق ذلك الجزء للمتابعة.</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>ألصق هذا ضمن «Authorized Redirect URIs» هناك</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>ألصق ما تعرضه وحدة التحكم ضمن «Client Secret»</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>المنفذ</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>Redirect URI</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>تسجيل الدخول (&amp;I)</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>النطاق</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>نطاق الرمز</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>Server-based هو الصحيح ما لم ينشئ مسؤولك العميل بنوع آخر.</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>عندئذ لا يستطيع تسجيل الدخول نفسه الكتابة. الكتابة لاحقًا تحتاج إلى تسجيل دخول آخر.</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>توجد مسافة في الداخل. انسخ المعرّف وحده.</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>يبدو هذا عنوان بريد إلكتروني. يبدأ المعرّف بـ 1000.</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>استخدام منفذ آخر (&amp;A)</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>استخدام هذا</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>تبدأ معرّفات Zoho بـ 1000. وتتابع بأحرف كبيرة وأرقام.</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>لوحة المعلومات</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>إعادة المحاولة</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>عنوان Zoho Books لديك (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>خوادم أخرى (للاختبار والتركيبات الخاصة) (&amp;O)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(اختياري: انسخه من المتصفح)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>عادةً ما تكون دفاتر الشركة في سنغافورة على books.zoho.com. إذا كان الاختيار خطأ، يلاحظ zbdesk ذلك عند تسجيل الدخول ويصححه.</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>خادم الحسابات (&amp;C)</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>خادم API (&amp;I)</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>اختر مركز بيانات للمتابعة.</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>اختر مركز البيانات الذي ترى عنوانه في المتصفح عند فتح Zoho Books.</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>صحح العنوان المميز للمتابعة.</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>مراكز البيانات</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>أدخل الخادمين للمتابعة.</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>افتح Zoho Books في متصفحك وانظر إلى العنوان. الجزء الذي بعد «books.» يسمي مركز البيانات: books.zoho.eu هو أوروبا، وbooks.zohocloud.ca هو كندا.

ألصق العنوان كاملًا في الحقل فيُختار الصف لك. تنقلك مفاتيح الأسهم بين الصفوف.</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>المهم هو العنوان، لا بلد شركتك.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>هذا العنوان يتبع مركز بيانات %1، لكن المختار أدناه مركز آخر.</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>هذا العنوان يتبع مركز بيانات %1. وقد اختير أدناه.</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>هذا العنوان ليس من عناوين Zoho. اختر مركز البيانات من القائمة.</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>استخدام هذه الخوادم (&amp;T)</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>أين تُحفظ دفاترك؟</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>أستراليا</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>كندا</translation>
    </message>
    <message>
      <source>China</source>
      <translation>الصين</translation>
    </message>
    <message>
      <source>Europe</source>
      <translation>أوروبا</translation>
    </message>
    <message>
      <source>India</source>
      <translation>الهند</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>اليابان</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>المملكة العربية السعودية</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>الإمارات العربية المتحدة</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>المملكة المتحدة</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>الولايات المتحدة</translation>
    </message>
    <message>
      <source>own server</source>
      <translation>خادم خاص</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>مركز بيانات {place}</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Before it is removed</source>
      <translation>قبل إزالته</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>البيانات</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>ينهي البدء مع جلستك، ويسأل عن البيانات، ثم يُغلق.</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>على هذا الحاسوب</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>لا يقرأ المجلد إلا المستخدم الخاص بك. لا توجد كلمة مرور ولا رمز وصول فيه ولا في السجلات (logs). لحفظه في مكان آخر، أنهِ البرنامج وانقل المجلد، ثم ابدأ باستخدام --data-dir أو ZBDESK_DATA_DIR.</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>فتح مجلد البيانات (&amp;O)</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>المكان</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>التحضير لإزالة zbdesk…</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>تغيير %1 (&amp;C)</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>تغيير تاريخ %1</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>يأخذ كل منها هذا التاريخ ويُحاول إرساله من جديد فورًا.</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>أدخل تاريخًا.</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>أول يوم غير مقفل، أو بعده.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>و%1 غيرها</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>حذف السجلات (&amp;D)</numerusform>
        <numerusform>حذف سجل واحد (&amp;D)</numerusform>
        <numerusform>حذف سجلين (&amp;D)</numerusform>
        <numerusform>حذف %n سجلات (&amp;D)</numerusform>
        <numerusform>حذف %n سجلًا (&amp;D)</numerusform>
        <numerusform>حذف %n سجل (&amp;D)</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>حذف سجلات %1 من هذا الحاسوب؟</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>الاسم المختصر للمؤسسة</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>يُنهى الربط، وتُحذف هنا السجلات والسجل الزمني وتعيينات الحقول والقواعد الخاصة بهذه المؤسسة. يحتفظ Zoho Books بكل شيء. لا يمكن التراجع عن ذلك.</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>سوف تُفقد.</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>اكتب %1 لتأكيد المؤسسة</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>لا يُفقد شيء؛ تستمر المزامنة بعد تسجيل الدخول من جديد.</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>تستمر القراءة في {time} تلقائيًا.</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>يمكن قراءة السجلات. تستمر المزامنة تلقائيًا عندما يجيب Zoho Books من جديد.</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>توقفت المزامنة.</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>هذا الحاسوب غير متصل منذ {time}.</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>لا يسمح Zoho Books بمزيد من الاستدعاءات حاليًا.</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>أنهى Zoho تسجيل الدخول.</translation>
    </message>
  </context>
  <context>
    <name>DesktopNotices</name>
    <message>
      <source>Open zbdesk</source>
      <translation>فتح zbdesk</translation>
    </message>
  </context>
  <context>
    <name>DetailPane</name>
    <message>
      <source>%1 lines</source>
      <translation>%1 بنود</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1، الاستحقاق %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1، متأخرة</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>بند واحد</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>كل الحقول من Zoho Books (&amp;Z)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>الرصيد</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>تغير هناك</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>اختر سجلًا لرؤية تفاصيله.</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>إغلاق التفاصيل</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>التاريخ</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>التواريخ</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>التفاصيل</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>الحقول قبل وبعد (&amp;F)</translation>
    </message>
    <message>
      <source>History</source>
      <translation>السجل الزمني</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>البنود في Zoho Books فقط؛ تُقرأ عندما يجيب من جديد.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>البنود</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>فتح في Zoho Books</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>تجري قراءة البنود من Zoho Books…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>المرجع</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>المصدر</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>الحالة</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>الإجمالي</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>و%1 غيرها، في Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>DetailParts</name>
    <message>
      <source>%1 entries</source>
      <translation>عدد القيود: %1</translation>
    </message>
    <message>
      <source>Applied credits</source>
      <translation>الأرصدة الدائنة المطبقة</translation>
    </message>
    <message>
      <source>Nothing of it has left; the record is again as both sides last agreed.</source>
      <translation>لم يُرسل منه شيء؛ عاد السجل كما اتفق عليه الجانبان آخر مرة.</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>الدفعات</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>أضيف</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>استرجاع (&amp;B)</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>للتغيير في Zoho Books</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>للحذف في Zoho Books</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>للتنفيذ في Zoho Books</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>للإدخال في Zoho Books</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>و%1 حقول أخرى</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>و%1 غيرها، في Zoho Books</translation>
    </message>
    <message>
      <source>no</source>
      <translation>لا</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>نعم</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>نسخ هذا الملف (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>حفظ الأرشيف (&amp;S)…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>قيد التجميع…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>بيانات تشخيص للدعم</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>ملفات الأرشيف</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>حفظ الأرشيف</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>حُفظ باسم %1.</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>نص الملف</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>هذه الملفات دون غيرها تدخل في الأرشيف. تُستبعد الأسرار والعناوين وأرقام الحسابات وأسماء العملاء. لا يُرسل شيء: أنت تقرر مصير الملف.</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>%1 من المبالغ الأصغر</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>لا تغييرات أخرى</numerusform>
        <numerusform>تغيير آخر</numerusform>
        <numerusform>تغييران آخران</numerusform>
        <numerusform>%n تغييرات أخرى</numerusform>
        <numerusform>%n تغييرًا آخر</numerusform>
        <numerusform>%n تغيير آخر</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>وضع علامة «مقروء»</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>لم يتغير شيء في Zoho Books منذ ذلك الحين.</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>منذ آخر مرة اطلعت</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>منذ آخر مرة اطلعت، %1</translation>
    </message>
  </context>
  <context>
    <name>DisconnectDialog</name>
    <message>
      <source>&amp;Disconnect</source>
      <translation>فصل الربط (&amp;D)</translation>
    </message>
    <message>
      <source>Disconnect %1?</source>
      <translation>فصل %1؟</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>يُنهى تسجيل الدخول لدى Zoho ويُنسى هنا. تبقى السجلات والروابط على هذا الحاسوب؛ والربط من جديد يتابع من حيث توقف. لا يتغير شيء في Zoho Books.</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>تبقى وتُرسل بعد الربط من جديد.</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>تجاهل (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>السبب (&amp;R)</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>تجاهل %1؟</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>تخرج من القائمة ولا يُعاد محاولتها. يبقى التراجع ممكنًا ضمن «المتجاهلة».</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>اذكر السبب حتى يتمكن الآخرون من فهمه لاحقًا.</translation>
    </message>
  </context>
  <context>
    <name>DryRunDialog</name>
    <message>
      <source>&amp;Copy list</source>
      <translation>نسخ القائمة (&amp;C)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>نُسخ</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>في Zoho Books الآن</translation>
    </message>
    <message>
      <source>No</source>
      <translation>لا</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>عمليات الكتابة المخططة</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>هذا تشغيل تجريبي. لم يُرسل شيء.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>ماذا</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>ما كان سيُكتب: %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>كان سيُرسل</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>نعم</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>تجاهل التغييرات (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>متابعة التعديل (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>حفظ التغييرات (&amp;S)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(اختياري)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation>قيد الفحص…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>اختر واحدًا.</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>إنشاء %1 (&amp;E)</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>تعديل %1</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>أدخل بندًا واحدًا على الأقل.</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>يُرسل مع التشغيل التالي ويمكن إلغاؤه حتى ذلك الحين.</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>%1 جديد</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>لا يمكن حفظ هذا بعد.</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>ما كتبته غير محفوظ.</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>يحتاج Zoho Books إلى هذا الحقل.</translation>
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>لا يتغير أي مبلغ هناك.</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation>ما تغيّره النتيجة في Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>وقت الوصول</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>جهة الاتصال</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>السجل</translation>
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation>ما فعله zbdesk</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1: توقيع خاطئ، آخر مرة %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>كل الوحدات</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>كل النتائج</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>اختر الكل لرؤيتها من جديد.</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>لم يصل أي حدث بعد</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>بلا توقيع</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>لا يطابق أي من الأحداث</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>متى صار لدى Zoho Books عنوان وسر، يُدرج كل تغيير هنا فور وصوله.</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>العرض الخام (&amp;I)</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>قراءة من جديد (&amp;G)</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>تم التحقق من التوقيع</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>تتعذر قراءة الأحداث</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>لم يعد هذا الحدث محفوظًا.</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>لا يسمي هذا الحدث سجلًا أمكنت قراءته.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>ما آل إليه</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>العرض الخام</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>قراءة من جديد</translation>
    </message>
    <message>
      <source>Webhook events</source>
      <translation>أحداث webhook</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation>اختيار الملف (&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>التنسيق (&amp;F)</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>تتضمن قاعدة البيانات دائمًا الوحدة كاملة.</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>المبالغ والتواريخ أرقام وتواريخ حقيقية؛ والمجاميع لكل عملة.</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>البدء بعلامة UTF-8 (تحتاجها بعض البرامج القديمة) (&amp;M)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>CSV لبرامج أخرى</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>CSV لبرنامج الجداول على هذا الحاسوب</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>فواصل بين الخلايا، ونقطة عشرية في المبالغ، وUTF-8.</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>كل ما في هذه الوحدة، مصفى أو غير مصفى (%1) (&amp;V)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>مصنف Excel</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>تصدير %1</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>التنسيق</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON lines</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>قائمة واحدة من الكائنات.</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>كائن في كل سطر، للملفات الكبيرة.</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>المحدد فقط (%1) (&amp;L)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>السجلات</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>قاعدة بيانات SQLite</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>الفاصل والعلامة العشرية كما هما مضبوطان على هذا الحاسوب، ليفتحه النقر المزدوج في أعمدة.</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>الوحدة كاملة في جدول، بحالة لحظة واحدة.</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>ما يعرضه الجدول، بترتيبه (%1) (&amp;T)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>استعراض (&amp;B)…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>إضافة سجلات (&amp;D)</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>اختر مجلدًا لعمليات التصدير</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>فارغ لعدم التصدير.</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>كل %1 أيام</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>كل %1 ساعات</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>كل يوم</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>كل ساعة</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>المجلد</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>مجلد التصدير</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>التنسيق</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>الوتيرة</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON lines</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>السجلات</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>السجلات المراد تصديرها</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>لقطة SQLite</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>تصدير مجدول</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>جدول بيانات (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>هذا المجلد غير موجود الآن؛ التصدير ينتظره.</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>العمود</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>الصفوف المرفوضة</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>الصف</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>القيمة</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>موضع الخطأ</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>قبول المقدمة</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>الحساب</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>ضريبة الاقتناء (VAT)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>العنوان</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>التسوية</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>وصف التسوية</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>السماح بالدفعات الجزئية</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>المبلغ المطبق</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>المرفقات</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>عناية</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>رقم إعفاء Avatax</translation>
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation>رمز ضريبة Avatax</translation>
    </message>
    <message>
      <source>Avatax use code</source>
      <translation>رمز استخدام Avatax</translation>
    </message>
    <message>
      <source>Bank charges</source>
      <translation>الرسوم المصرفية</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>فاتورة مورد</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>بند فاتورة المورد</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>رقم فاتورة المورد</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>قابل للفوترة</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>عنوان الفوترة</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>فواتير الموردين</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>استرداد ضريبة القيمة المضافة على المسافة</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>نوع مرجع CFDI</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>استخدام CFDI</translation>
    </message>
    <message>
      <source>City</source>
      <translation>المدينة</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>الشركة</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>رقم جهة الاتصال</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>الشخص المسؤول</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>الأشخاص المسؤولون المرتبطون</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>البلد</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>رمز البلد</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>دائن</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>حد الائتمان</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>رقم الإشعار الدائن</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>مرجع CRM المخصص</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>مالك CRM</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>العملة</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>نص مخصص</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>حقول مخصصة</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>موضوع مخصص</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>العميل</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation>النوع الفرعي للعميل</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>التاريخ</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>مدين</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation>مدين أو دائن</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>عميل التسليم</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>تاريخ التسليم</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>طريقة التسليم</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>عنوان المؤسسة للتسليم</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>القسم</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>الوصف</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>المسمى الوظيفي</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>وجهة التوريد</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>الخصم</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>حساب الخصم</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>المسافة</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>المستند</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>تاريخ الاستحقاق</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>البريد الإلكتروني</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>الموظف</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>قراءة النهاية</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>فئة سعة المحرك</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>عرض سعر</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>رقم عرض السعر</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>سعر الصرف</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>مصروف</translation>
    </message>
    <message>
      <source>Facebook</source>
      <translation>Facebook</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>الفاكس</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>الاسم الأول</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>نوع الوقود</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>المعاملة الضريبية GST</translation>
    </message>
    <message>
      <source>GSTIN</source>
      <translation>GSTIN</translation>
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation>HSN أو SAC</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>العنوان الرئيسي</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>اسم العنوان الرئيسي</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>الإدراج في إقرار ضريبة القيمة المضافة</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>حساب المخزون</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>فاتورة</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>بند الفاتورة</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>رقم الفاتورة</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>عرض السعر المفوتر</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>الفواتير</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>تسوية BAS</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>الخصم قبل الضريبة</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>مسودة</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>حساب الضريبة لكل بند</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>جهة الاتصال الرئيسية</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>تطبيق الاحتساب العكسي</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>مسجل في TDS</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>تحديث العميل</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>صنف</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>تفضيلات ضريبة الصنف</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>إجمالي البند</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>نوع الصنف</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>تاريخ القيد</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>نوع القيد</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>النوع</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>نوع الخصم</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>اللغة</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>اسم العائلة</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>الاسم القانوني</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>البنود</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>الموقع</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>التاجر</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>تعرفة المسافة</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>نوع المسافة</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>وحدة المسافة</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>الجوال</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>الملاحظات</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>الملاحظات الافتراضية</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>مبلغ الرصيد الافتتاحي</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>الأرصدة الافتتاحية</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>رقم الأمر</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>المالك</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>دفعه</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>دُفع من</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>شكل الدفع</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>شروط الدفع</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>رقم التصريح</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>الأشخاص</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>الهاتف</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>مكان جهة الاتصال</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>مكان التوريد</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>السعر</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>قائمة الأسعار</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>الأسعار شاملة الضريبة</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>نوع المنتج</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>المشروع</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>حساب المشتريات</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>وصف الشراء</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>أمر شراء</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>سعر الشراء</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>إعفاء ضريبة المشتريات</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>قاعدة ضريبة المشتريات</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>بند أمر الشراء</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>الكمية</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>السبب</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>فاتورة مورد متكررة</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>فاتورة متكررة</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>المرجع</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>الفاتورة المرجعية</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>حد إعادة الطلب</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>نسبة المقدمة</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>فاتورة المقدمة</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>ضريبة الاحتساب العكسي</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>ضريبة القيمة المضافة بالاحتساب العكسي</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>أمر بيع</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>قاعدة ضريبة المبيعات</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>بند أمر البيع</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>مندوب المبيعات</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>اللقب</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>رمز الصنف لدى SAT</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>الشحن عبر</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>تاريخ الشحن</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>عنوان الشحن</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>رسوم الشحن</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>بند المصدر</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>مصدر التوريد</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>قراءة البداية</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>رمز الولاية</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>الحالة</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>الشارع 2</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>الوسم</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>خيار الوسم</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>الوسوم</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>ضريبة</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>مبلغ الضريبة</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>مبلغ الضريبة المقتطع</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>السلطة الضريبية</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>اسم السلطة الضريبية</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>الإعفاء الضريبي</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>رقم شهادة الإعفاء الضريبي</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>رمز الإعفاء الضريبي</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>نوع الإعفاء الضريبي</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>نوع الرقم الضريبي</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>قيمة الرقم الضريبي</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>نسبة الضريبة</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>رقم التسجيل الضريبي</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>النظام الضريبي</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>التحديد الضريبي</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>المعاملة الضريبية</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>رمز المعاملة الضريبية</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>خاضع للضريبة</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>الضرائب</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>ضريبة TDS</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>القالب</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>الشروط والأحكام</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>الشروط الافتراضية</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>الإجمالي</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>تتبع 1099</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>رمز الوحدة</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>رقم ضريبة القيمة المضافة</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>معاملة ضريبة القيمة المضافة</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>صالح حتى</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>نوع المركبة</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>المورد</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>رقم رصيد المورد</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>الموقع الإلكتروني</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>السجل كاملًا</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>فرصة Zoho CRM</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>اسم فرصة Zoho CRM</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>الرمز البريدي</translation>
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>الفرق</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>الحقل</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation>آخر اتفاق</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>النتيجة</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>هذا الحاسوب</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>مختار</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>غير مختار</translation>
    </message>
    <message>
      <source>was %1</source>
      <translation>كان %1</translation>
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation>الحقول في الجانبين</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>عدد الأعمدة: %1</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>كل الملفات (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>يصلح أي جدول فيه صف عناوين: تصدير من متجر أو مصرف أو برنامج محاسبة قديم. لا يمكن قراءة ملف محمي بكلمة مرور ولا صفحة ويب ولا ملف PDF.

تكرار الملف نفسه لا يغير شيئًا: تُعرف المستندات بأرقامها.</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>اختيار ملف (&amp;H)…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>اختيار ملف آخر (&amp;H)…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV أو TSV أو XLSX أو XLSM أو XLS أو ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>اختر ملفًا للمتابعة.</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>اختر ملفًا لاستيراده</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>أفلت ملفًا هنا أو اختر واحدًا</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>يصبح كل مستند في الملف واحدًا من هذه. وقد تقع بنود المستند الواحد في عدة صفوف.</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>جداول البيانات (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>يجري فتح الملف…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>ما يأتي به يوضع على هذا الحاسوب أولًا. لا يُقرأ هنا شيء من Zoho Books ولا يُكتب إليه.</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>ماهية الصفوف (&amp;A)</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>ماهية الصفوف</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>أي ملف؟</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> و </translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 من %2</translation>
    </message>
    <message>
      <source>%1…</source>
      <translation>%1…</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>إضافة مرشح (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>مسح الكل (&amp;C)</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>وكذلك المحذوف في Zoho Books</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>حسب العمود</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>العملة</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>الحالة</translation>
    </message>
  </context>
  <context>
    <name>FilterField</name>
    <message>
      <source>Filter</source>
      <translation>تصفية</translation>
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation>تصفية بالرقم أو الاسم أو المرجع</translation>
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation>%1 إلى %2</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>Currency: %1</source>
      <translation>العملة: %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>التاريخ</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>والمحذوفة أيضًا</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>الاستحقاق</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>الوضع: %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>الحالة: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>المتبقي للدفع</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>من %1</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>حتى %1</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>لم يُجرَ أي استدعاء</numerusform>
        <numerusform>أُجري استدعاء واحد</numerusform>
        <numerusform>أُجري استدعاءان</numerusform>
        <numerusform>أُجريت %n استدعاءات</numerusform>
        <numerusform>أُجري %n استدعاءً</numerusform>
        <numerusform>أُجري %n استدعاء</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>لا قوائم أخرى</numerusform>
        <numerusform>قائمة أخرى</numerusform>
        <numerusform>قائمتان أخريان</numerusform>
        <numerusform>%n قوائم أخرى</numerusform>
        <numerusform>%n قائمة أخرى</numerusform>
        <numerusform>%n قائمة أخرى</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1. بلا عدد: %2.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>متابعة (&amp;G)</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>بقي نحو %1، ويكتمل قرابة %2.</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>المزامنة الأولى</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>المزامنة الأولى: وصل %1 من %2 سجلات</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>المزامنة الأولى: وصل من السجلات %1</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>توقفت. يُحتفظ بما وصل؛ وتتابع المزامنة التالية من هناك.</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>يمكنك إغلاق هذه النافذة ومواصلة العمل؛ والإيقاف يُبقي ما وصل.</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>مغلق</translation>
    </message>
    <message>
      <source>open</source>
      <translation>مفتوح</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>استعراض (&amp;B)…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>تغييره (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>المجلد (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>تعيين الحقول (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>مراقبته (&amp;W)</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>تغيير ما يُراقب</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>اختر مجلدًا لمراقبته</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>اختر مجلدًا.</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>تُستورد الملفات المكتملة مرة واحدة، ثم توضع في done أو failed ومعها تقرير.</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>المجلد</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>تعيين الحقول</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>لا يوجد تعيين حقول محفوظ لهذه. استورد ملفًا منها أولًا واحفظ تعيين حقوله هناك.</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>أنماط تفصل بينها فواصل منقوطة.</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>عدم أخذ أي ملف فيه صف غير صالح (&amp;N)</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>مراقبة مجلد</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>ماهية الصفوف (&amp;A)</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>ماهية الصفوف</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>أي ملفات (&amp;H)</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>أي ملفات</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>نسيان الروابط (&amp;F)</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>يبقى الجانبان، لكن الروابط بينهما تُزال وتُقرأ كل القوائم من البداية. لا يلزم ذلك إلا بعد استعادة الدفاتر من نسخة. لا يمكن التراجع عنه.</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>نسيان أي سجل يقابل أي سجل في %1؟</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>يُعد ما كتبه zbdesk جديدًا مرة أخرى ويُحتجز للمراجعة ضمن «الصادر»، حتى لا يُنشأ شيء مرتين تلقائيًا. والسجل الذي لم يصل رده بعد يحتفظ برابطه.</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>الأيام</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>فارغ: يعطي Zoho Books الرقم التالي.</translation>
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>أقل من ساعة</numerusform>
        <numerusform>ساعة واحدة</numerusform>
        <numerusform>ساعتان</numerusform>
        <numerusform>%n ساعات</numerusform>
        <numerusform>%n ساعة</numerusform>
        <numerusform>%n ساعة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation>
        <numerusform>قبل أقل من ساعة</numerusform>
        <numerusform>قبل ساعة</numerusform>
        <numerusform>قبل ساعتين</numerusform>
        <numerusform>قبل %n ساعات</numerusform>
        <numerusform>قبل %n ساعة</numerusform>
        <numerusform>قبل %n ساعة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>أقل من دقيقة</numerusform>
        <numerusform>دقيقة واحدة</numerusform>
        <numerusform>دقيقتان</numerusform>
        <numerusform>%n دقائق</numerusform>
        <numerusform>%n دقيقة</numerusform>
        <numerusform>%n دقيقة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation>
        <numerusform>قبل أقل من دقيقة</numerusform>
        <numerusform>قبل دقيقة</numerusform>
        <numerusform>قبل دقيقتين</numerusform>
        <numerusform>قبل %n دقائق</numerusform>
        <numerusform>قبل %n دقيقة</numerusform>
        <numerusform>قبل %n دقيقة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation>
        <numerusform>أقل من ثانية</numerusform>
        <numerusform>ثانية واحدة</numerusform>
        <numerusform>ثانيتان</numerusform>
        <numerusform>%n ثوانٍ</numerusform>
        <numerusform>%n ثانية</numerusform>
        <numerusform>%n ثانية</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation>
        <numerusform>الآن</numerusform>
        <numerusform>قبل ثانية</numerusform>
        <numerusform>قبل ثانيتين</numerusform>
        <numerusform>قبل %n ثوانٍ</numerusform>
        <numerusform>قبل %n ثانية</numerusform>
        <numerusform>قبل %n ثانية</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>الآن</translation>
    </message>
    <message>
      <source>bytes</source>
      <translation>بايت</translation>
    </message>
    <message>
      <source>minus %1</source>
      <translation>ناقص %1</translation>
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation>غدًا {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>أمس {time}</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>الصفوف كما ستُقرأ</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation>الصف %1، %2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>الصف</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>لم يُكتب %1 إلى Zoho Books: %2، منذ %3.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>نسخ</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>التفاصيل</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation>تجاهل الكل…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>تجاهل…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>إخفاء السجلات</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>تُعاد المحاولة تلقائيًا في %1.</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>عرض السجلات</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>إعادة محاولة هذه</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>مغلق</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>الرمز %1</translation>
    </message>
    <message>
      <source>open</source>
      <translation>مفتوح</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation>إنشاء السر وعرضه (&amp;M)…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>الوحدة (&amp;M)</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>عنوان التغييرات</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>عنوان عمليات الحذف</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>نسخ</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation>نسخ عنوان التغييرات</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>نسخ عنوان عمليات الحذف</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>تحتاج كل وحدة إلى عنصري webhook وقاعدتين، مرة واحدة. تتوفر قواعد سير العمل في خطط Professional وElite وUltimate.</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>مرة أخرى New Workflow Rule من أجل %1: Event Based ثم Deleted؛ Immediate Actions: عنصر webhook من الخطوة 3.</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Settings (الترس) ← Automation ← Workflow Actions ← Webhooks ← New Webhook. أي اسم؛ Module: %1؛ Method: POST؛ URL to Notify: العنوان أدناه. علّم الخيار الذي يؤمّن webhook وألصق السر في Secret Token. Body: Default Payload. ثم Save.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Settings ← Automation ← Workflow Logs: اختر سياسة لإعادة المحاولة، حتى يعيد Zoho Books المحاولة أثناء نوم هذا الحاسوب. ثم غيّر سجلًا واحدًا: تُعلَّم %1 تلقائيًا في القائمة فور وصول حدثها.</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Settings ← Automation ← Workflow Rules ← New Workflow Rule. Module: %1؛ Event Based؛ Created or Edited عند تحديث أي حقل؛ بلا معايير؛ Immediate Actions: Webhooks، العنصر من الخطوة 1. ثم Save.</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>الخطوات</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>الزوج الثاني لعمليات الحذف: مرة أخرى New Webhook من أجل %1، بهذا العنوان وبالسر نفسه.</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>لا يوجد عنوان عام بعد: اختر واحدًا ضمن «نفق» أولًا.</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>ما يُلصق ومكانه في Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation>%1 من هذا الحاسوب؛ يحتفظ Zoho بـ %2 لكل مستخدم ولا يبيّن كم منها مستخدم.</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>قبل ذلك: ليختر مستخدم آخر له الصلاحيات نفسها «تسجيل الدخول من جديد» هنا. تبقى السجلات والروابط.</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>Client ID</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>الحاسوب</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>مركز البيانات</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>مجلد البيانات</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation>بطاقة التسليم</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>إذا أزيل هذا المستخدم أو عُطّل في Zoho، ينتهي تسجيل الدخول ولا تتم مزامنة أي شيء بعد ذلك.</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>أُنشئ في Zoho Books</translation>
    </message>
    <message>
      <source>May</source>
      <translation>مسموح له</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>ما يزيد على عدد تسجيلات الدخول المسموح به لمستخدم واحد يُنهي أقدمها بلا إشعار، وقد يكون هذا.</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>المؤسسة</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>النطاقات</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>مكان الأسرار</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>تسجيلات الدخول</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>سجّل الدخول</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>منذ</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>المصادر</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>العميل (Client) في وحدة تحكم API لدى Zoho ملك لمن أنشأه. دوّن من يستطيع فتح تلك الوحدة.</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>الأسرار في سلسلة مفاتيح مستخدم هذا الحاسوب ولا تنتقل إلى حاسوب أو مستخدم آخر.</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>عنوان webhook</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>تغيير سر webhook</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>ما يتعطل عند مغادرة هذا الشخص</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>بلا أي سر: يمكن حفظها مع أوراق الشركة.</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>لم يُعرض قط</translation>
    </message>
    <message>
      <source>none</source>
      <translation>لا شيء</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>غير معروف</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>لا شيء</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>قراءة وكتابة</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>قراءة فقط</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation>بطاقة تسليم zbdesk</translation>
    </message>
  </context>
  <context>
    <name>HandoverDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>نسخ (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>طباعة (&amp;P)…</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>نُسخ</translation>
    </message>
  </context>
  <context>
    <name>Head</name>
    <message>
      <source>&amp;Ask Zoho Books now</source>
      <translation>اسأل Zoho Books الآن (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>CSV (&amp;C)…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>الإجراءات (&amp;T)</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>الإجراءات</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>بدء وضع إقفال الشهر (&amp;M)</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>قائمة التحقق</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation>الأعمدة (&amp;L)</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>الأعمدة</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>التواريخ</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>تصدير (&amp;X)…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>تصدير</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>إقفال الشهر</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>سجل جديد</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>جديد…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>PDF (&amp;D)…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>الفترة</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>طباعة الجدول</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>حفظ المطابقة بصيغة CSV</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>حفظ المطابقة بصيغة PDF</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>عرض التفاصيل</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>اعتماد (&amp;G)…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>تقسيم</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>المطابقة</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>حتى</translation>
    </message>
    <message>
      <source>View</source>
      <translation>العرض</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>ككل</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>حسب الشهر</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>حسب ربع السنة</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>حسب السنة</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%1 من %2 أيام سليمة</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>اليوم</translation>
    </message>
    <message>
      <source>History</source>
      <translation>السجل الزمني</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>كيف جرى</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>المزامنة، آخر 30 يومًا</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>أخفقت كل عمليات التشغيل</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>سليم</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>سليم في النهاية، وأخفقت بعض عمليات التشغيل</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>لا تشغيل</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>لم يُربط بعد</translation>
    </message>
    <message>
      <source>today</source>
      <translation>اليوم</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>إغلاق (&amp;C)</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>مساعدة: %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>المفاتيح: Enter للمتابعة، وAlt+B للرجوع، وEsc للإلغاء، وF1 لفتح هذه المساعدة.</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation>
        <numerusform>لا مواضع</numerusform>
        <numerusform>موضع واحد</numerusform>
        <numerusform>موضعان</numerusform>
        <numerusform>%n مواضع</numerusform>
        <numerusform>%n موضعًا</numerusform>
        <numerusform>%n موضع</numerusform>
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>المحتويات</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>المفاتيح والأشكال</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>لا شيء مطابق. جرّب كلمات أقل.</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>بحث في الدليل</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>الدليل مفقود</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>لا مستندات متعذرة الاستيراد</numerusform>
        <numerusform>مستند واحد لا يمكن استيراده كما هو</numerusform>
        <numerusform>مستندان لا يمكن استيرادهما كما هما</numerusform>
        <numerusform>%n مستندات لا يمكن استيرادها كما هي</numerusform>
        <numerusform>%n مستندًا لا يمكن استيرادها كما هي</numerusform>
        <numerusform>%n مستند لا يمكن استيرادها كما هي</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1، بالبريد الإلكتروني</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1، بالاسم</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1، بالرقم</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1، بالرقم في البرنامج القديم</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>حقل مخصص %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>البند: %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>الرقم في البرنامج القديم</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>كما هي بالفعل</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>تاريخ التغيير</translation>
    </message>
    <message>
      <source>New</source>
      <translation>جديد</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>مرفوض</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>التالي (&amp;X)</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>لا خلايا للتصحيح</numerusform>
        <numerusform>خلية واحدة للتصحيح</numerusform>
        <numerusform>خليتان للتصحيح</numerusform>
        <numerusform>%n خلايا للتصحيح</numerusform>
        <numerusform>%n خلية للتصحيح</numerusform>
        <numerusform>%n خلية للتصحيح</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>اليوم أولًا أم الشهر؟</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>نقطة أم فاصلة؟</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>كلها في الدفاتر</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>مبالغ، كما هي</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>كما هو</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>الفاصلة هي العلامة العشرية</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>اليوم أولًا</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>يُبحث عنه في الدفاتر</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>الشهر أولًا</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>لا يُستورد</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>النقطة هي العلامة العشرية</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>له قراءة واحدة فقط</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>يميز المستندات بعضها من بعض</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>الرقم نفسه يجمع البنود</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>ينتظر إن لم يكن في الدفاتر</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>السنة أولًا</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>لا خلايا للتصحيح</numerusform>
        <numerusform>خلية واحدة للتصحيح</numerusform>
        <numerusform>خليتان للتصحيح</numerusform>
        <numerusform>%n خلايا للتصحيح</numerusform>
        <numerusform>%n خلية للتصحيح</numerusform>
        <numerusform>%n خلية للتصحيح</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>لا ينقص أي مستند من آخر ملف بهذا الاسم</numerusform>
        <numerusform>ينقص مستند واحد من آخر ملف بهذا الاسم</numerusform>
        <numerusform>ينقص مستندان من آخر ملف بهذا الاسم</numerusform>
        <numerusform>تنقص %n مستندات من آخر ملف بهذا الاسم</numerusform>
        <numerusform>ينقص %n مستندًا من آخر ملف بهذا الاسم</numerusform>
        <numerusform>ينقص %n مستند من آخر ملف بهذا الاسم</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>لا خلايا</numerusform>
        <numerusform>خلية واحدة</numerusform>
        <numerusform>خليتان</numerusform>
        <numerusform>%n خلايا</numerusform>
        <numerusform>%n خلية</numerusform>
        <numerusform>%n خلية</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>كل الأسماء في الدفاتر</numerusform>
        <numerusform>اسم واحد ليس في الدفاتر</numerusform>
        <numerusform>اسمان ليسا في الدفاتر</numerusform>
        <numerusform>%n أسماء ليست في الدفاتر</numerusform>
        <numerusform>%n اسمًا ليست في الدفاتر</numerusform>
        <numerusform>%n اسم ليست في الدفاتر</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>لا أسئلة</numerusform>
        <numerusform>سؤال واحد</numerusform>
        <numerusform>سؤالان</numerusform>
        <numerusform>%n أسئلة</numerusform>
        <numerusform>%n سؤالًا</numerusform>
        <numerusform>%n سؤال</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>تحقق</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>الأعمدة</translation>
    </message>
    <message>
      <source>File</source>
      <translation>الملف</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>استيراد</translation>
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation>استيراد – zbdesk</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>التخطيط</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>حُفظت القائمة: %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>عدد الصفوف: %1</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>المستندات</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>كل استيراد مدرج هنا ويمكن استرجاعه، هنا وفي Zoho Books.</translation>
    </message>
    <message>
      <source>From</source>
      <translation>من</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>استيراد ملف…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>لم يُستورد شيء بعد.</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>عمليات الاستيراد السابقة</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>النتيجة</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>تراجع (&amp;B)…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>عرض السجلات (&amp;C)</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>المجاميع</translation>
    </message>
    <message>
      <source>What</source>
      <translation>ماذا</translation>
    </message>
    <message>
      <source>When</source>
      <translation>الوقت</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>تعيين الحقول %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>لا يُعطى أي برنامج بلا رمز وصول أي معلومة.</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>يسلّم متجر أو صندوق بيع أو نص برمجي مستندات ويسأل عما آلت إليه.</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>السماح لحواسيب أخرى بالسؤال أيضًا</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>السماح لبرامج هذا الحاسوب بالسؤال</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>الواجهة المحلية</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>الشبكة</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>رمز وصول جديد (&amp;K)…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>لا يوجد بعد</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>برنامج آخر</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>المنفذ</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>البرامج التي تسأل zbdesk</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>إبطال %1</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>إبطال…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>لا يوجد تشفير: تعبر رموز الوصول والمستندات الشبكة مكشوفة. ضع أمامه خادمًا وكيلًا مع TLS.</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>رموز الوصول</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>لم يُستخدم بعد</translation>
    </message>
    <message>
      <source>used %1</source>
      <translation>استُخدم %1</translation>
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation>المفتاح %1</translation>
    </message>
  </context>
  <context>
    <name>LatelyPanel</name>
    <message>
      <source>All activity</source>
      <translation>كل النشاط</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation>أحدث ما جرى</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>لم يحدث شيء بعد.</translation>
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation>الخط العمودي</translation>
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation>ترميز الأحرف (&amp;R)</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>ترميز الأحرف</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>فاصلة</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>الصفوف الأولى كما قُرئت</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>عُرف بيقين.</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>العناوين في الصف (&amp;W)</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>العناوين في الصف</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>هل هذا هو المقصود بالملف؟</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>انظر إلى الأسماء ذات الأحرف الخاصة وإلى العناوين. كل ما يلي وُجد في الملف نفسه.</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>الأرجح. إذا بدت الأحرف خاطئة فاختر غيره.</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>لم يُعثر على عناوين.</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>كل صف مستند واحد</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>الصفوف والمستندات (&amp;D)</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>الصفوف والمستندات</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>الصفوف ذات الرقم نفسه بنود مستند واحد</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>الورقة (&amp;H)</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>فاصلة منقوطة</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>الورقة</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>علامة جدولة</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>لا تذكر الملفات النصية ترميز أحرفها. إذا بدت الأسماء خاطئة هنا فاختر مدخلًا آخر حتى تبدو صحيحة.

تُستبعد العناوين العامة والصفوف الفارغة فوق صف العناوين: حدد الصف الذي تقع فيه العناوين.</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>تجري قراءة الملف من جديد…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>الفاصل بين القيم (&amp;S)</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>الفاصل بين القيم</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>حذف البيانات المحلية أولًا (&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>إبقاء البيانات والإغلاق (&amp;K)</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>إلغاء</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>التحضير لإزالة zbdesk؟</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>تبقى السجلات والسجل الزمني والإعدادات في %1 حتى تحذفها.</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>لإنهاء تسجيل الدخول لدى Zoho وحذف السجلات هنا، افعل ذلك أولًا.</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>ماذا يحدث للبيانات؟</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>يتوقف zbdesk عن البدء مع جلستك ويُغلق. ثم أزله بالطريقة التي ثُبّت بها.</translation>
    </message>
  </context>
  <context>
    <name>Ledger</name>
    <message>
      <source>Balance</source>
      <translation>الرصيد</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>المصروفات</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>دائنة</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>المشتريات</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>مدينة</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>المبيعات</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>ضريبة</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1، التالي في %2</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>اختُبر المسار كاملًا ذهابًا وإيابًا في %1</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>اختُبر في %1</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>جارٍ الاختبار…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>لم يُختبر المسار بعد</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>المبالغ</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>السؤال قبل كتابة أكثر من</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>قبل تشغيل كبير</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>العملة والمبلغ، وعند التعدد تفصل بينها فواصل؛ فارغ بلا حد.</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>عمليات الحذف</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>بلا حد</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>السجلات</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>السجلات في تشغيل واحد. ما زاد على ذلك لا يُكتب منه شيء حتى تنظر فيه.</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>اكتب العملة والمبلغ، مثل EUR 50000.</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>أو مبالغ تزيد على</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>أو عمليات حذف أو إلغاء تزيد على</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>إضافة بند (&amp;L)</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>إضافة شخص (&amp;P)</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>إضافة فاتورة مورد (&amp;L)</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>إضافة فاتورة (&amp;V)</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>البند %1: %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>البنود قبل الضريبة والخصم: %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>إزالة البند %1</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>البند %1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(بلا اسم)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>الفرق</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>صنف</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>البنود جنبًا إلى جنب</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>الكمية</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>الضريبة، من Zoho Books</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>هذا الحاسوب</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation>
        <numerusform>ولا بنود أخرى</numerusform>
        <numerusform>وبند آخر</numerusform>
        <numerusform>وبندان آخران</numerusform>
        <numerusform>و%n بنود أخرى</numerusform>
        <numerusform>و%n بندًا آخر</numerusform>
        <numerusform>و%n بند آخر</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>غير موجود هناك</translation>
    </message>
  </context>
  <context>
    <name>LogDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>نسخ (&amp;C)</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>الأخطاء</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>كل شيء</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>بحث في السجل (log)</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>المستوى</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>السجل (log)</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>لا شيء من هذا النوع في السجل (log).</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>قراءة من جديد (&amp;G)</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>الأوقات بتوقيت UTC. وقد أزيلت الأسرار.</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>التحذيرات</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>ما يحدث</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>ملف جديد كل يوم، وعند بلوغ %1 ميغابايت. يسري عدد الأيام من التشغيل التالي.</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>يسري فورًا. تُزال الأسرار قبل كتابة أي شيء.</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>بيانات تشخيص للدعم…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>الأخطاء</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>يُعرض كل ملف قبل حفظ أي شيء. لا يُرسل شيء من هنا.</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>كل شيء</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>للدعم</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>مقدار ما يُكتب</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>أيام الاحتفاظ</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>السجلات (logs)</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>الاطلاع عليه</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>فتح مجلد السجل (log) (&amp;G)</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>قراءة السجل (log) (&amp;L)…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>التحذيرات</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>ما يحدث</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>المبالغ دون الصفر</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>مثل النظام</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>يسري فورًا. تبقى الأرقام والتواريخ كما هي لدى المؤسسة.</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>داكن</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>تباين عالٍ، أسود</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>تباين عالٍ، أبيض</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>مظهر zbdesk</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>بين قوسين: (1,234.50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>في النافذة وعلى الورق. في الملفات المصدّرة علامة ناقص دائمًا.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>اللغة</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>فاتح</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>المظهر</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>يتبع حجم النص إعداد النظام نفسه.</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>بعلامة ناقص: −1,234.50</translation>
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation>%1 ساعات</translation>
    </message>
    <message>
      <source>%1 minutes</source>
      <translation>%1 دقائق</translation>
    </message>
    <message>
      <source>%1 seconds</source>
      <translation>%1 ثوانٍ</translation>
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation>%1، منطقة المؤسسة الزمنية. خارجها لا يُستجاب إلا لأحداث webhook ولنقراتك.</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>نحو %1 استدعاءات في اليوم حين لا يتغير شيء</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>نحو %1 من %2 استدعاءات في اليوم حين لا يتغير شيء</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>في أي وقت من أي يوم. «زامن الآن» يعمل دائمًا.</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>الأيام</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>الساعات</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>بمنطقة المؤسسة الزمنية. «زامن الآن» يعمل دائمًا.</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>البنود</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>بنود كل المستندات</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>البحث عن التغييرات كل</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>الاثنين إلى الجمعة</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>الاثنين إلى السبت</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>استدعاء لكل مستند، الأحدث أولًا، ضمن استدعاءات اليوم. ومن دونه تُقرأ البنود عند فتح السجل أو تغيره.</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>السبت والأحد</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>الأحد إلى الخميس</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>الأحد إلى الأربعاء</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>متى يطّلع zbdesk</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>تسري قيمة ZBDESK_POLL_SECONDS لهذا التشغيل</translation>
    </message>
    <message>
      <source>and</source>
      <translation>و</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>كل يوم</translation>
    </message>
    <message>
      <source>from</source>
      <translation>من</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>ساعة</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>في ساعات معينة فقط</translation>
    </message>
    <message>
      <source>until</source>
      <translation>حتى</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>%1 مفتوحة</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>%1 للإرسال</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>%1 للتسوية</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>ربط Zoho Books – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>يجري إتمام ما هو قيد التنفيذ…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>افتح قائمة سجلات أولًا.</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>المزامنة: %1</translation>
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation>الدليل</translation>
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation>يبيّن تعيين الحقول أي عمود لأي حقل. استورد ملفًا واحفظ تعيين حقوله باسم هناك.</translation>
    </message>
    <message>
      <source>For</source>
      <translation>من أجل</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>استيراد ملف…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>لا تعيينات حقول محفوظة.</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>إزالة تعيين الحقول (&amp;M)…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>وقت الحفظ</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>تعيينات الحقول المحفوظة</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>أزيل تعيين الحقول %1.</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>يستخدمه</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>العمود</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>الصف</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>حفظ قائمة التصحيح</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>تعذر حفظ القائمة.</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>القيمة</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>موضع الخطأ</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>تحرير (&amp;E)</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>ملف (&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>مساعدة (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>السجلات (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>مزامنة (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>عرض (&amp;V)</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>نافذة (&amp;W)</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>ما يُقرأ</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>تتعذر قراءته</translation>
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation>الوحدات</translation>
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation>الحساب</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>حساب مصرفي</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>الحسابات المصرفية</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>معاملة مصرفية</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>المعاملات المصرفية</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>تسوية العملة الأساسية</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>تسويات العملة الأساسية</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>فاتورة مورد</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>فواتير الموردين</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>دليل الحسابات</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>جهة الاتصال</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>الشخص المسؤول</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>الأشخاص المسؤولون</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>جهات الاتصال</translation>
    </message>
    <message>
      <source>Credit note</source>
      <translation>إشعار دائن</translation>
    </message>
    <message>
      <source>Credit note refund</source>
      <translation>رد إشعار دائن</translation>
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation>ردود الإشعارات الدائنة</translation>
    </message>
    <message>
      <source>Credit notes</source>
      <translation>الإشعارات الدائنة</translation>
    </message>
    <message>
      <source>Currencies</source>
      <translation>العملات</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>العملة</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>دفعة مستلمة</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>الدفعات المستلمة</translation>
    </message>
    <message>
      <source>Debit note</source>
      <translation>إشعار مدين</translation>
    </message>
    <message>
      <source>Debit notes</source>
      <translation>الإشعارات المدينة</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>عرض سعر</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>عروض الأسعار</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>سعر الصرف</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>أسعار الصرف</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>مصروف</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>المصروفات</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>أصل ثابت</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>الأصول الثابتة</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>فاتورة</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>الفواتير</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>صنف</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>الأصناف</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>قيد يومية</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>قيود اليومية</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>الموقع</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>المواقع</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>رصيد افتتاحي</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>الأرصدة الافتتاحية</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>المؤسسة</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>المؤسسات</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>المشروع</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>المشاريع</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>أمر شراء</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>أوامر الشراء</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>فاتورة مورد متكررة</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>فواتير الموردين المتكررة</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>مصروف متكرر</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>المصروفات المتكررة</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>فاتورة متكررة</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>الفواتير المتكررة</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>فاتورة مقدمة</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>فواتير المقدمات</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>أمر بيع</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>أوامر البيع</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>إيصال بيع</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>إيصالات البيع</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>الإعدادات</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>مهمة</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>المهام</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>ضريبة</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>مجموعة ضريبية</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>المجموعات الضريبية</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>الضرائب</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>قيود الوقت</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>قيد وقت</translation>
    </message>
    <message>
      <source>User</source>
      <translation>مستخدم</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>المستخدمون</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>رصيد المورد</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>أرصدة الموردين</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>دفعة مسددة</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>الدفعات المسددة</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>قيد القراءة</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>تتعذر قراءته</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>الآن</translation>
    </message>
    <message>
      <source>next</source>
      <translation>التالي</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>ينتظر</translation>
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation>حتى</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>الاستدعاءات</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>هنا</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>في Zoho Books</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>التقدم</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>السجلات</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>قيد القراءة</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>تتعذر قراءته</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>مختار</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>سليم</translation>
    </message>
    <message>
      <source>next</source>
      <translation>التالي</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>غير مختار</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>غير معدود</translation>
    </message>
    <message>
      <source>records</source>
      <translation>سجلات</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>ينتظر</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>مع %1</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>اختيار الوحدات</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>الوحدات</translation>
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation>الوحدات</translation>
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end mode</source>
      <translation>إنهاء وضع إقفال الشهر</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>إقفال الشهر</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>انتهى إقفال الشهر.</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>إقفال الشهر حتى %1</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>لا قوائم كاملة، والإشعارات للأخطاء فقط، ونصف استدعاءات اليوم محفوظ لك.</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>يبقى هذا الحاسوب مستيقظًا.</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 %2: المفوتر %3، المستلم %4</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1؛ %2 حتى اليوم</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>عملة الأشهر</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>المفوتر</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>المفوتر والمستلم، حسب الشهر</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>الشهر</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>لا فواتير ولا دفعات في الأشهر الاثني عشر الأخيرة.</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>المستلم</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>بلا عملة</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>عمليات الربط والإعدادات والمساعدة</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>الصفحات</translation>
    </message>
  </context>
  <context>
    <name>Neighbours</name>
    <message>
      <source>Looked at %1</source>
      <translation>نُظر إليه في %1</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>يقرأ فقط حتى تؤكده</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>إبقاء (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>اختبار الاتصال (&amp;T)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>العنوان</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>العنوان بصيغة http://proxy.example.com:8080، بلا بيانات دخول.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>مثل النظام</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>جارٍ التجريب…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>أخفق عند: %1 (%2).</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>السليم قبله: %1.</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>بيانات الدخول (اختياري)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>اسم المستخدم للخادم الوكيل</translation>
    </message>
    <message>
      <source>None</source>
      <translation>لا شيء</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>كلمة المرور</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>كلمة مرور الخادم الوكيل</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>الخادم الوكيل</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>تُحفظ كلمة المرور في سلسلة مفاتيح هذا الحاسوب فقط.</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>نُسيت كلمة المرور.</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>كلمة المرور في سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>هذا</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>الطريق إلى Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>يجيب Zoho Books عبر %1.</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>يجيب Zoho Books مباشرة.</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>الاتصال بالخادم</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>العثور على اسم الخادم</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>الوصول إلى الخادم الوكيل</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>بيانات دخول الخادم الوكيل</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>رد الخادم</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>شهادة الخادم</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>إغلاق (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>إنشاء رمز الوصول (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>اسم البرنامج (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>رمز الوصول (&amp;T)</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>قيد الإنشاء…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>أعطه اسم البرنامج.</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>يُعرض هذه المرة فقط. لا يحتفظ zbdesk إلا ببصمته.</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>اسم البرنامج</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>رمز وصول جديد</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>رمز واحد لكل برنامج، حتى يمكن إبطال أحدها دون غيره.</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>يُعرض رمز الوصول هذه المرة فقط.</translation>
    </message>
    <message>
      <source>Token</source>
      <translation>رمز الوصول</translation>
    </message>
  </context>
  <context>
    <name>NoticeRows</name>
    <message>
      <source>All of them</source>
      <translation>كلها</translation>
    </message>
    <message>
      <source>An hour at most</source>
      <translation>ساعة على الأكثر</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>الأنواع</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>الإيقاف يعني عدم عرض أي إشعار. لا شيء يرد في إشعار وحده: تذكره النافذة أيضًا.</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>إشعار واحد لكل سبب. وما يزيد يُجمع في إشعار واحد.</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>عرض الإشعارات</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>أخبرني</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>عندما يغيّر الجانبان السجل نفسه</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>عندما يعود إلى العمل</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>عندما يتعذر تنفيذ شيء</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>عند انتهاء المزامنة الأولى أو مزامنة طويلة</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>عندما ينتهي تسجيل الدخول</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>انتهت مزامنة طويلة</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>كل ذلك معروض في النافذة.</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>من الآن فصاعدًا لا تُقرأ إلا التغييرات.</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>استغرقت %1. والنتيجة تحت النشاط.</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>لا يُستبدل شيء حتى يقرر أحد.</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>سجّل الدخول إلى Zoho من جديد</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>سُجّل الدخول من جديد</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>تستمر المزامنة.</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>تجد ما يلزم فعله ضمن «المشكلات».</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>أنهى Zoho تسجيل الدخول. لم يُفقد شيء.</translation>
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>لا تعارضات</numerusform>
        <numerusform>تعارض واحد</numerusform>
        <numerusform>تعارضان</numerusform>
        <numerusform>%n تعارضات</numerusform>
        <numerusform>%n تعارضًا</numerusform>
        <numerusform>%n تعارض</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation>
        <numerusform>لا إشعارات أخرى في الساعة الأخيرة</numerusform>
        <numerusform>إشعار آخر في الساعة الأخيرة</numerusform>
        <numerusform>إشعاران آخران في الساعة الأخيرة</numerusform>
        <numerusform>%n إشعارات أخرى في الساعة الأخيرة</numerusform>
        <numerusform>%n إشعارًا آخر في الساعة الأخيرة</numerusform>
        <numerusform>%n إشعار آخر في الساعة الأخيرة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>قُرئت كل السجلات</numerusform>
        <numerusform>تعذرت قراءة سجل واحد</numerusform>
        <numerusform>تعذرت قراءة سجلين</numerusform>
        <numerusform>تعذرت قراءة %n سجلات</numerusform>
        <numerusform>تعذرت قراءة %n سجلًا</numerusform>
        <numerusform>تعذرت قراءة %n سجل</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>اكتملت المزامنة الأولى: لا سجلات</numerusform>
        <numerusform>اكتملت المزامنة الأولى: سجل واحد</numerusform>
        <numerusform>اكتملت المزامنة الأولى: سجلان</numerusform>
        <numerusform>اكتملت المزامنة الأولى: %n سجلات</numerusform>
        <numerusform>اكتملت المزامنة الأولى: %n سجلًا</numerusform>
        <numerusform>اكتملت المزامنة الأولى: %n سجل</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1، %2 فقط</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>إضافة هدف (&amp;G)…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>العنوان</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>كل عمليات التسليم</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>تغيير…</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>عمليات التسليم</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>الحدث</translation>
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation>تُمرَّر الأحداث من جديد.</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>يتلقى</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>متروك</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>متابعة</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>وقت الإنشاء</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>الوحدات</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>لا يُمرَّر شيء</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>لم يُرسل شيء بعد</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>يمكن لأنظمة أخرى لديك أن تتلقى ما يصل إلى هنا، لكل منها مرشح وسر خاصان بها.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>إيقاف مؤقت</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>موقوف مؤقتًا. ما يصل ينتظر على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>موقوف مؤقتًا؛ ما يصل ينتظر</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>إزالة…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>إرسال من جديد</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>وضع عمليات التسليم</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>مقبول</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>الهدف</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>الأهداف</translation>
    </message>
    <message>
      <source>Took one %1</source>
      <translation>تسلّم واحدًا %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>في الانتظار</translation>
    </message>
    <message>
      <source>all</source>
      <translation>الكل</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>تغيّر</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>التغييرات</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>حُذف</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>عمليات الحذف</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>الحدث كما وصل</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>السجل</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>تغيير المؤسسة</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>تغيير المؤسسة (Ctrl+Shift+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>غير مرتبط</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>إيقاف مؤقت (&amp;U)</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>استئناف (&amp;U)</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>إيقاف (&amp;P)</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>زامن الآن (&amp;N)</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>قراءة فقط</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>In use</source>
      <translation>قيد الاستخدام</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>إيقاف مؤقت</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>استئناف</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>تسجيل الدخول من جديد…</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>استخدام هذا</translation>
    </message>
  </context>
  <context>
    <name>OrganizationMenu</name>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation>ربط مؤسسة أخرى (&amp;O)…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>المؤسسات</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>الاطلاع من جديد (&amp;L)</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>كلها منتهية.</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>لا يمكن ربط مؤسسة منتهية. جدّد خطتها في Zoho Books ثم اطّلع من جديد.</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>تلزم مؤسسة للمتابعة.</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>اطلب من مسؤول Zoho Books أن يدعوك، أو سجّل الدخول بمستخدم آخر.</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>اختر مؤسسة للمتابعة.</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>اختر المؤسسة الواحدة التي يخصها هذا الربط.</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>قارن المعرّف بالرقم في عنوان Zoho Books لديك، بعد /app/. يمكنك إضافة المؤسسات الأخرى لاحقًا، ولكل منها سجلاتها.</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>الاطلاع على القائمة من جديد (&amp;L)</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>لحظة من فضلك.</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>تجري قراءة مؤسساتك</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>عدة مؤسسات عملتها الأساسية %1.</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>تسجيل الدخول بمستخدم آخر (&amp;G)</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>تتضمن القائمة ما يحق لتسجيل دخولك رؤيته في Zoho Books. المعرّف هو الرقم بعد /app/ في عنوان المتصفح.

تنتقل بمفاتيح الأسهم وتختار بمفتاح المسافة. المؤسسة المنتهية خطتها تأتي أخيرًا ولا يمكن اختيارها.</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>تجري قراءة القائمة.</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>تسجيل الدخول هذا لا يتبع أي مؤسسة</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>أي مؤسسة؟</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>تُزامَن كل المؤسسات المسجّل دخولها جنبًا إلى جنب، كل منها بتسجيل دخولها واستدعاءاتها؛ وتعرض النافذة واحدة في كل مرة، ولا تختلط سجلاتها أبدًا. يبدّلها Ctrl+Shift+O.</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>ربط مؤسسة أخرى (&amp;Z)…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>معروفة هنا</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>مؤسسة أخرى</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>المؤسسات على هذا الحاسوب</translation>
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation>المؤسسة %1</translation>
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation>المؤسسات</translation>
    </message>
  </context>
  <context>
    <name>OrganizationsModel</name>
    <message>
      <source>Country</source>
      <translation>البلد</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>العملة</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>منتهية</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>السنة المالية</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>المؤسسة والمعرّف</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>الخطة</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>مختار</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>من %1</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>وُضعت علامة «مُرسل» على %1</translation>
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>لا استدعاءات</numerusform>
        <numerusform>استدعاء واحد</numerusform>
        <numerusform>استدعاءان</numerusform>
        <numerusform>%n استدعاءات</numerusform>
        <numerusform>%n استدعاءً</numerusform>
        <numerusform>%n استدعاء</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>لا تغييرات</numerusform>
        <numerusform>تغيير واحد</numerusform>
        <numerusform>تغييران</numerusform>
        <numerusform>%n تغييرات</numerusform>
        <numerusform>%n تغييرًا</numerusform>
        <numerusform>%n تغيير</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>لا سجلات أخرى مشكوك فيها</numerusform>
        <numerusform>وواحد آخر مشكوك فيه</numerusform>
        <numerusform>واثنان آخران مشكوك فيهما</numerusform>
        <numerusform>و%n أخرى مشكوك فيها</numerusform>
        <numerusform>و%n أخرى مشكوك فيها</numerusform>
        <numerusform>و%n أخرى مشكوك فيها</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>لم يُرسل أي سجل جديد</numerusform>
        <numerusform>أُرسل سجل جديد واحد</numerusform>
        <numerusform>أُرسل سجلان جديدان</numerusform>
        <numerusform>أُرسلت %n سجلات جديدة</numerusform>
        <numerusform>أُرسل %n سجلًا جديدًا</numerusform>
        <numerusform>أُرسل %n سجل جديد</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>لا أرقام مستخدمة من قبل</numerusform>
        <numerusform>رقم واحد مستخدم من قبل</numerusform>
        <numerusform>رقمان مستخدمان من قبل</numerusform>
        <numerusform>%n أرقام مستخدمة من قبل</numerusform>
        <numerusform>%n رقمًا مستخدمة من قبل</numerusform>
        <numerusform>%n رقم مستخدمة من قبل</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>لا سجلات تقع في شهر مقفل</numerusform>
        <numerusform>سجل واحد يقع في شهر مقفل</numerusform>
        <numerusform>سجلان يقعان في شهر مقفل</numerusform>
        <numerusform>%n سجلات تقع في شهر مقفل</numerusform>
        <numerusform>%n سجلًا تقع في شهر مقفل</numerusform>
        <numerusform>%n سجل تقع في شهر مقفل</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>كل الضرائب موجودة</numerusform>
        <numerusform>سجل واحد ضريبته غير موجودة هناك</numerusform>
        <numerusform>سجلان ضريبتهما غير موجودة هناك</numerusform>
        <numerusform>%n سجلات ضريبتها غير موجودة هناك</numerusform>
        <numerusform>%n سجلًا ضريبتها غير موجودة هناك</numerusform>
        <numerusform>%n سجل ضريبتها غير موجودة هناك</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>لا سجلات تُرسل غدًا</numerusform>
        <numerusform>سجل واحد يُرسل غدًا</numerusform>
        <numerusform>سجلان يُرسلان غدًا</numerusform>
        <numerusform>%n سجلات تُرسل غدًا</numerusform>
        <numerusform>%n سجلًا تُرسل غدًا</numerusform>
        <numerusform>%n سجل تُرسل غدًا</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>كل السجلات تجوز كتابتها</numerusform>
        <numerusform>سجل واحد لا تجوز كتابته</numerusform>
        <numerusform>سجلان لا تجوز كتابتهما</numerusform>
        <numerusform>%n سجلات لا تجوز كتابتها</numerusform>
        <numerusform>%n سجلًا لا تجوز كتابتها</numerusform>
        <numerusform>%n سجل لا تجوز كتابتها</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>لا سجلات تنتظر جهة اتصال أو صنفًا</numerusform>
        <numerusform>سجل واحد ينتظر جهة اتصال أو صنفًا</numerusform>
        <numerusform>سجلان ينتظران جهة اتصال أو صنفًا</numerusform>
        <numerusform>%n سجلات تنتظر جهة اتصال أو صنفًا</numerusform>
        <numerusform>%n سجلًا تنتظر جهة اتصال أو صنفًا</numerusform>
        <numerusform>%n سجل تنتظر جهة اتصال أو صنفًا</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>لا سجلات تنتظر سعر صرف</numerusform>
        <numerusform>سجل واحد ينتظر سعر صرف</numerusform>
        <numerusform>سجلان ينتظران سعر صرف</numerusform>
        <numerusform>%n سجلات تنتظر سعر صرف</numerusform>
        <numerusform>%n سجلًا تنتظر سعر صرف</numerusform>
        <numerusform>%n سجل تنتظر سعر صرف</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>تجوز كتابتها كلها</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>قيد الفحص</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>قيد الفحص: %1.</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>تغيير %1</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>فترة مقفلة</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>حذف %1</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>حُذف %1</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>المنجز اليوم</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>كل جهة اتصال وكل صنف موجود</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>لكل عملة سعر صرف</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>كل ضريبة موجودة في Zoho Books</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>محتجز</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>محتجز للمراجعة</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>في Zoho Books</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>أُرسل في %1 ولم يصل رد. يسأل zbdesk Zoho Books عن %2 قبل إرسال أي شيء من جديد، فلا يمكن أن يوجد هناك مرتين.</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>قيد الإرسال</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>وضع علامة «مُرسل»</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>%1 جديد</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>لا شهر مقفل</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>لا رقم مستخدم من قبل</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>مشكلة</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>استدعاءات اليوم كافية</translation>
    </message>
    <message>
      <source>Void %1</source>
      <translation>إلغاء %1</translation>
    </message>
    <message>
      <source>Voided %1</source>
      <translation>أُلغي %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>في الانتظار</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>دفعة</translation>
    </message>
    <message>
      <source>this number</source>
      <translation>هذا الرقم</translation>
    </message>
    <message>
      <source>this record</source>
      <translation>هذا السجل</translation>
    </message>
  </context>
  <context>
    <name>OutgoingModel</name>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation>محدد</translation>
    </message>
    <message>
      <source>For</source>
      <translation>من أجل</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>الرقم</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>المصدر</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>What</source>
      <translation>ماذا</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation>حُدد %1 من %2</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>أُفرج عن %1؛ تُرسل الآن.</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · لا يُرسل شيء حتى تختار ذلك</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>إلغاء %1 (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>إبقاؤها (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>الاطلاع عليها (&amp;L)…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>مسموح بها؛ تُرسل الآن.</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>إلغاء %1؟</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>تُرسل التغييرات تلقائيًا من جديد.</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>تبقى التغييرات التي أُجريت هنا في هذا المكان حتى يأخذها التشغيل التالي.</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>اختر سجلات لمعرفة ما تعنيه كتابتها.</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>تنتظر هنا مستندات شهر مقفل هناك.</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>وصل رد لكل عملية كتابة.</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>احتجاز للمراجعة (&amp;O)</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>المسار</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>المسارات</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>لا أشهر مقفلة</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>لم يُرسل شيء اليوم</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>لا شيء محتجز</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>لا شيء مشكوك فيه</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>لا شيء قيد الإرسال</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>لا شيء ينتظر</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>الصادر</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>جارٍ القراءة…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>عادت السجلات كما اتفق عليها الجانبان آخر مرة. لم يُمس Zoho Books.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>توقف التشغيل قبل أن يكتب %1.</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>هذه موجودة في Zoho Books.</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>هذه في الطريق. يُدوَّن كل منها قبل إرساله.</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>تتعذر قراءة هذا</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>من الآن فصاعدًا يُحتجز ما يراد إرساله.</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>يتوقف هنا ما يراد إرساله ما دام «احتجاز للمراجعة» مفعّلًا.</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>يُعرض هنا ما كُتب اليوم.</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>ما سيُكتب (&amp;B)…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>ما سيُكتب</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>كتابة هذه (%1) إلى Zoho Books (&amp;T)</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>كتابة هذا إلى Zoho Books (&amp;T)</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>تُعرض هنا عمليات الكتابة التي في الطريق.</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>يُسأل Zoho Books عن كل منها أولًا؛ ولا يُرسل من جديد إلا ما ليس هناك.</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>السجلات الصادرة</translation>
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Cancel</source>
      <translation>إلغاء</translation>
    </message>
    <message>
      <source>Ne&amp;xt</source>
      <translation>التالي (&amp;X)</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>المحاسب</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>النشاط</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>المصارف</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>التعارضات</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>لوحة المعلومات</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>مساعدة</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>القوائم</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>إقفال الشهر</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>الصادر</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>المشكلات</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>المشاريع</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>المشتريات</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>المبيعات</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>الإعدادات</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>المصادر</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>للتسوية</translation>
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
      <translation>عدد النتائج: %1</translation>
    </message>
    <message>
      <source>1 result</source>
      <translation>نتيجة واحدة</translation>
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation>تختار بمفاتيح الأسهم، ويفتح Enter، ويغلق Esc</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>لا نتائج</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>لا شيء يطابق «%1».</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>رقم أو اسم أو مرجع أو أمر</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>النتائج</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>البحث في السجلات والأوامر</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>جارٍ البحث…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ للاختيار · Enter للفتح · Esc للإغلاق</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>عدد المنازل العشرية لـ %1 هو %2.</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>المنازل العشرية على الأكثر: %2.</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>أدخل تاريخًا، مثل %1.</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>أدخل مبلغًا، مثل %1.</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>أدخل السنة بأربعة أرقام.</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>هل هو %1 أم %2؟ أدخل الشهر بالحروف.</translation>
    </message>
    <message>
      <source>today</source>
      <translation>اليوم</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation>تسجيل الدفعة (&amp;R)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(اختياري)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation>المبلغ، %1</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>الرصيد %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>اختر طريقة الدفع.</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>أدخل مبلغًا أكبر من الصفر.</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>أدخل يوم الاستلام.</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>تُنشأ دفعة مستلمة واحدة في Zoho Books وتُطبَّق على هذه الفاتورة.</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>تسجيل دفعة لـ %1</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>الرصيد %1؛ ولا يمكن أن تزيد الدفعة عليه.</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1 في الطريق</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1: موقوفة</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1: تتعذر القراءة</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>وصل 0 من %1.</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>مسح كل المرشحات</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>الاطلاع من جديد</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>تظهر الجديدة هنا تلقائيًا.</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>لا %1</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>لا يطابق أي من %1 %2</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>تجري قراءة %1…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>تشغيل…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>زامن الآن</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>تتعذر قراءة السجلات</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>تظهر هنا صفحة بعد صفحة.</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>لا تُقرأ من Zoho Books.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>إعادة المحاولة</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>لا يوجد شيء منها في Zoho Books، بالاطلاع في %1. تظهر الجديدة هنا تلقائيًا.</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>في الاتجاهين</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>العملاء المعروفون</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>اتجاه %1</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>من Zoho Books فقط</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>إلى Zoho Books فقط</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>هذا الربط للقراءة فقط.</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>هذا النوع موقوف أعلاه.</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>ما يحق لـ zbdesk فعله</translation>
    </message>
    <message>
      <source>change</source>
      <translation>تغيير</translation>
    </message>
    <message>
      <source>create</source>
      <translation>إنشاء</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>حذف</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>ترك الموردين دون مساس</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>الربط بالبريد الإلكتروني</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>الربط بالاسم المطابق</translation>
    </message>
  </context>
  <context>
    <name>PreflightPane</name>
    <message>
      <source>%1, %2.</source>
      <translation>%1، %2.</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>رجوع (&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>تشغيل تجريبي (&amp;D)…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>نُظر فيها مسبقًا</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>استرجاع (&amp;K)…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>مجاميع المستندات الجديدة</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>ما سيُكتب</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>نحو %1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>إلى %1</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>عندما يسمح Zoho Books بالاستدعاءات من جديد</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>الصف</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation>عدد السجلات: %1</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>طباعة (&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation>حفظ بصيغة PDF (&amp;S)…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>بالعرض</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>الرصيد</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>الدائن</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>التاريخ</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>الاستحقاق</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation>تعذرت الكتابة هناك. اختر مكانًا آخر أو طابعة أخرى.</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>البنود</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>PDF document (*.pdf)</source>
      <translation>مستند PDF (*.pdf)</translation>
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation>الورق (&amp;A)</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>الصفحة %1 من %2</translation>
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation>الصفحات كما ستُطبع</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>الورق</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>الدفعات</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>طباعة %1</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>الكمية</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>المرجع</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation>حفظ بصيغة PDF</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>الحالة</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation>أول %1 من %2 سجلات. التصدير يشملها كلها.</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>أبلغت الطابعة عن خطأ. لم يُطبع شيء.</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>بالطول</translation>
    </message>
    <message>
      <source>zbdesk, %1</source>
      <translation>zbdesk، %1</translation>
    </message>
  </context>
  <context>
    <name>PrivacyRows</name>
    <message>
      <source>A locked screen may show notifications. Parties and amounts never stand in them.</source>
      <translation>قد تعرض الشاشة المقفلة الإشعارات. لا ترد فيها الأطراف ولا المبالغ أبدًا.</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>تغطية النافذة</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>يُخفي Ctrl+Shift+H كل الأرقام حتى نقرة أو ضغطة مفتاح. وتستمر المزامنة.</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>البحث عن إصدار جديد مرة في اليوم</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>ذكر المؤسسة في الإشعارات</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>الإصدارات الجديدة</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>الإشعارات</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>سؤال واحد إلى خادمنا، بلا شيء عنك. لا يُنزَّل شيء ولا يُثبَّت.</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>التقارير</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>عرض تقرير بعد خلل في zbdesk</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>ما يمكن للآخرين رؤيته</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>عندما يقترب أحد</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>بنصه الكامل، للنسخ أو الحفظ. لا يرسل zbdesk شيئًا إلى أي مكان من تلقاء نفسه.</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation>
        <numerusform>لا أسباب</numerusform>
        <numerusform>سبب واحد</numerusform>
        <numerusform>سببان</numerusform>
        <numerusform>%n أسباب</numerusform>
        <numerusform>%n سببًا</numerusform>
        <numerusform>%n سبب</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>لا مشكلات</numerusform>
        <numerusform>مشكلة واحدة</numerusform>
        <numerusform>مشكلتان</numerusform>
        <numerusform>%n مشكلات</numerusform>
        <numerusform>%n مشكلة</numerusform>
        <numerusform>%n مشكلة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>لا سجلات</numerusform>
        <numerusform>سجل واحد</numerusform>
        <numerusform>سجلان</numerusform>
        <numerusform>%n سجلات</numerusform>
        <numerusform>%n سجلًا</numerusform>
        <numerusform>%n سجل</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tried %n time(s)</source>
      <translation>
        <numerusform>لم يُحاول بعد</numerusform>
        <numerusform>حُوول مرة واحدة</numerusform>
        <numerusform>حُوول مرتين</numerusform>
        <numerusform>حُوول %n مرات</numerusform>
        <numerusform>حُوول %n مرة</numerusform>
        <numerusform>حُوول %n مرة</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>كُتبت %1 من المشكلات في %2.</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>المتجاهلة (%1) (&amp;D)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>تُعاد محاولتها كلها الآن.</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>مسموح بها؛ تُرسل الآن.</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>العودة إلى المشكلات (&amp;B)</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>العودة إلى المشكلات</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>ملف CSV (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>المتجاهلة</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>تم التجاهل. لا تُعاد المحاولة؛ ويبقى التراجع ممكنًا ضمن «المتجاهلة».</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>تم تجاهل: %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>تصدير CSV (&amp;X)…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>أمكن تنفيذ كل ما جرت محاولته.</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>تصدير المشكلات</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>لا مشكلات</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>لا شيء متجاهل</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>المشكلات</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>تجري قراءة المشكلات…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>عرض من جديد</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>تتعذر قراءة المشكلات</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>سُوّي هذا التشغيل في هذه الأثناء.</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>لا توجد صفحات ويب في هذا الخادم.</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>تُعاد المحاولة الآن: %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>إعادة محاولة الكل (&amp;A)</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>تراجع (&amp;O)</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>ربط مؤسسة أخرى – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>فُصل الربط، مع ملاحظة</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>تسجيل الدخول من جديد – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>ترك الاستيراد (&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>إبقاؤه كما هو (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>إبقاؤه قيد العمل (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>إنهاء (&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>عرض (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>إيقاف الاستيراد (&amp;S)</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>التغيير الآن (&amp;N)</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>هل يُغيَّر هذا الآن؟</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>ترك هذا الاستيراد؟</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>متابعة (&amp;O)</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>يواصل المزامنة وينتظر قرب الساعة. يمكن تغيير ذلك في الإعدادات، «إغلاق النافذة».</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>إبقاء zbdesk قيد العمل عند إغلاق النافذة؟</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>انظر في Zoho Books (%1) هل زالت فعلًا. إذا كان كذلك، فستُعلَّم هنا أيضًا محذوفة؛ ولا يُحذف شيء في Zoho Books.</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>لم يُستورد شيء بعد. سيُفقد ما صححته واخترته هنا؛ ويبقى الملف كما هو.</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>هل يُعرض %1 الآن؟</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>البقاء هنا (&amp;H)</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>إيقاف الاستيراد؟</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>تُبنى النافذة من جديد لذلك. شيء مفتوح لم يُحفظ بعد؛ وسيضيع ما كُتب.</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>تعرض النافذة مؤسسة واحدة في كل مرة؛ وتستمر مزامنة الجميع. قبل كتابة أول تغيير إلى %1 يُطلب منك التأكيد.</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>لقد زالت: تعليمها محذوفة (&amp;G)</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>الإصدار %1. يبقي سجلات هذه الشركة وZoho Books لديها متوافقين. رخصة MIT.</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>يبقى ما استُورد حتى الآن ويمكن التراجع عنه. واستيراد الملف من جديد يتابع من هناك.</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho وZoho Books اسمان لشركة Zoho Corporation، ولا علاقة لها بهذا البرنامج.</translation>
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation>ساعة واحدة</translation>
    </message>
    <message>
      <source>30 minutes</source>
      <translation>30 دقيقة</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>كتم</translation>
    </message>
    <message>
      <source>Mute for a while</source>
      <translation>كتم لفترة</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>مكتومة حتى %1، بقي %2.</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>تُعرض الإشعارات.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>الآن</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>عرضها من جديد</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>حتى الغد</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>وقت الوصول</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>كما وصل</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>محتوى الحدث</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>نوع المحتوى</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>نسخ (&amp;Y)</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>نُسخ</translation>
    </message>
    <message>
      <source>Laid out</source>
      <translation>منسقًا</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>قراءة من جديد (&amp;G)</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>الطلب</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>التوقيع</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>الحجم</translation>
    </message>
    <message>
      <source>View</source>
      <translation>العرض</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>مرحّل</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>لا شيء أمكن التحقق منه؛ مجرد تلميح</translation>
    </message>
    <message>
      <source>right</source>
      <translation>صحيح</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>المستمع</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>الاطلاع من جديد (&amp;L)</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>، وإلا </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>حقل نصي في Zoho Books يرفض القيم المكررة. ومعه لا يمكن أبدًا لطلب متأخر أن ينشئ سجلًا ثانيًا.</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>الحقل «zbdesk ID»</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>الوضع الحالي</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>يرفض القيم المكررة (&amp;P)</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>لا سجل مرتين</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>غير مرتبط</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>يُتعرف عليه بـ</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>إعداد الحقل (&amp;T)</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>جارٍ سؤال Zoho Books…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>يرفض Zoho Books نفسه سجلًا ثانيًا في %1 من %2 أنواع.</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>عنوان البريد الإلكتروني</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>رقمه الخاص</translation>
    </message>
    <message>
      <source>name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>لا شيء</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>رقم المرجع</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>الحقل «zbdesk ID»</translation>
    </message>
  </context>
  <context>
    <name>Records</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 من %2</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>إعادة المحاولة</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation>و%1 غيرها؛ تُعاد محاولتها كلها معًا وهي مدرجة في ملف CSV</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>عناوين الأعمدة</translation>
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation>عدد السجلات: %1</translation>
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation>عرض في المجلد (&amp;O)</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>تُدخل هذه في Zoho Books.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>هذا الربط للقراءة فقط.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>لم يعد هذا السجل هنا.</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>«%1» غير معروف هنا. اختر واحدًا من القائمة.</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>تغيير تاريخه…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>تغيير الرقم…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>تغيير تواريخها…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>اختيار غيره…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>تعديل…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>ربط به…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>الاطلاع على التشغيل…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>فتح Zoho Books</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>فتح جهات الاتصال في Zoho Books</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>فتح العملات في Zoho Books</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>فتح مجلد البيانات</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>فتح الأصناف في Zoho Books</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>فتح مجلد السجل (log)</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>فتح الإعدادات</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>فتح قفل المعاملات</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>فتح المستخدمين والأدوار</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>إعادة التسمية هنا…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>بيان المقصود…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>بيان هل زالت…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>تسجيل الدخول من جديد</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>تسجيل الدخول من جديد…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>إعادة المحاولة</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation>
        <numerusform>لا تغييرات لم تُرسل.</numerusform>
        <numerusform>تغيير واحد لم يُرسل بعد.</numerusform>
        <numerusform>تغييران لم يُرسلا بعد.</numerusform>
        <numerusform>%n تغييرات لم تُرسل بعد.</numerusform>
        <numerusform>%n تغييرًا لم تُرسل بعد.</numerusform>
        <numerusform>%n تغيير لم تُرسل بعد.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>حذف البيانات المحلية</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>حذف البيانات المحلية…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>فصل الربط</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>يفصل الربط ويحذف السجلات من هذا الحاسوب. يحتفظ Zoho Books بكل شيء.</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>فصل الربط…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>الإنهاء</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>ينهي تسجيل الدخول لدى Zoho. تبقى السجلات والروابط؛ والربط من جديد يتابع من هناك.</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>نسيان خريطة السجلات</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>نسيان خريطة السجلات…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>يُبقي الجانبين ويُسقط مقابلة السجلات بعضها ببعض. لا يلزم إلا بعد استعادة الدفاتر من نسخة.</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>إزالته (&amp;R)</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>جارٍ الإزالة…</translation>
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>نسخ (&amp;C)</translation>
    </message>
    <message>
      <source>Nothing is lost. This is the whole report; it goes nowhere unless you send it.</source>
      <translation>لم يُفقد شيء. هذا هو التقرير كاملًا؛ ولا يذهب إلى أي مكان ما لم ترسله.</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>التقرير</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>صادف zbdesk خللًا فيه</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>سليم</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>غير ممكن</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>غير ممكن، انتهى تسجيل الدخول</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>متوقف</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>قيد التنفيذ</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>مع مشكلات</translation>
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation>استُرجع %1 من %2.</translation>
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation>يبقى %1 كما هو؛ والسبب مذكور بجانب كل منها.</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>نسخ القائمة (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>التراجع عن %1 (&amp;R)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>المبلغ</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>نُسخ</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>السجل</translation>
    </message>
    <message>
      <source>Records of this run</source>
      <translation>سجلات هذا التشغيل</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>يجري استرجاع تشغيل %1</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>استُرجع تشغيل %1</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>ما يحدث</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>السبب وما يبقى</translation>
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> و </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation>%1 وحده</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>سُوّي %1</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>أخذ هذا الجانب دائمًا لهذه الحقول بلا سؤال (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation>تسوية (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation>تسوية %1 (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation>أي تعارضات (&amp;W)</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>اختر جانبًا لمعرفة ما يفعله.</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>إبقاء ما في Zoho Books (&amp;Z)</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>إبقاء ما على هذا الحاسوب (&amp;T)</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>تُترك كما هي: %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>لا يتغير أي مبلغ هناك.</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>لم يُختر جانب.</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>لا يمكن تسوية أي من هذه بهذه الطريقة.</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>يؤخذ جانب واحد لكل حقول هذه. وترى الأرقام قبل إرسال أي شيء.</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>تسوية التعارضات وفق قاعدة</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>التشغيل التجريبي قيد التنفيذ.</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>تعذر التشغيل التجريبي.</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>أي تعارضات</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>جارٍ الحساب…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>و%1 غيرها</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation>لم يُكتب شيء إلى Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1، %2: دائمًا %3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>تُنشأ قاعدة لحقول مفردة من أي تعارض؛ وهنا تنتهي.</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>السؤال من جديد</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>تصبح مستندات هذه المصادر بندًا واحدًا بإجماليها. عند التعدد تفصل بينها فواصل.</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>نوع المستند</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>لا شيء. تغيّر الجانبان: اسألني ضمن «التعارضات».</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>بند واحد، الكمية 1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>القواعد</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>المصادر ذات البند الواحد</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>عند تغيّر الجانبين</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>أسماء المصادر</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>هذا الحاسوب</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · المستندات %2، رُفض منها %3</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>%1 من المستندات موجودة هنا وتبقى؛ ولم يُنظر في غيرها. واستيراد الملف من جديد يتابع.</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>إغلاق (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>حفظ قائمة التصحيح (&amp;S)…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>كل المستندات (%1) موجودة هنا بالفعل كما هي في الملف.</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>استيراد</translation>
    </message>
    <message>
      <source>Importing %1</source>
      <translation>استيراد %1</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>لا جديد</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>لم يُستورد شيء</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>تراجع (&amp;B)…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>إيقاف (&amp;T)</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>عرض السجلات (&amp;R)</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>بعض الصفوف غير صالحة، وقد طُلب الكل أو لا شيء.</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>ينهي الإيقاف الاستيراد بعد المستندات التي يجري أخذها؛ وهي تبقى. والملف نفسه من جديد يتابع من حيث توقف: ما هو موجود هنا لا يؤخذ مرتين.</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>متوقف</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>جارٍ الإيقاف…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>تُرسل المستندات إلى Zoho Books مع المزامنة التالية.</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>تنتظر المستندات ضمن «الصادر» حتى تُفرج عنها.</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>تعذر تنفيذ الاستيراد</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>اكتمل الاستيراد</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>الاستيراد قيد التنفيذ…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>حُفظت القائمة.</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>يمكن استخدام النافذة في هذه الأثناء.</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>تبقى كما هي: %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>تُحذف %1</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>تُلغى %1</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>تغيّر %1</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>أُنشئ %1</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>حُذف %1</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>حُذف أو أُلغي %1؛ يجوز %2 بلا مراجعة</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>تستعيد %1 قيمها</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>يستعيد %1 قيمه</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>تزول %1 أو تصبح غير نشطة</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>يزول %1 أو يصبح غير نشط</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>%1 إجمالًا؛ يجوز %2 بلا مراجعة</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>يُحذف %1</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>يُلغى %1</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>عُلّم %1 بغير ذلك</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>السجلات %1؛ يجوز %2 بلا مراجعة</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>تبقى %1 وتُدرج</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>يبقى %1 ويُدرج</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>لا سجلات</numerusform>
        <numerusform>سجل واحد</numerusform>
        <numerusform>سجلان</numerusform>
        <numerusform>%n سجلات</numerusform>
        <numerusform>%n سجلًا</numerusform>
        <numerusform>%n سجل</numerusform>
      </translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>محذوف</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation>يستعيد قيمه</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>يُحذف</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>يُلغى</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>لم يُكتب شيء</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>مستعاد</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>التراجع عن تشغيل %1؟</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>تعود الحالة</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>عادت الحالة</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>يبقى</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>أُلغي</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>فارغ</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>تراجع (&amp;B)…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>عمليات التشغيل</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>استُرجع %1.</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>يجري استرجاع التشغيل؛ ويظهر تقريره هنا.</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>قيد التنفيذ</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>ما نتج عنه</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>ما نتج عنه…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>الوقت</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>كُتب إلى Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>البحث في السجلات والأوامر</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>كبح، حذف، عمليات الحذف، مبالغ، السؤال أولًا</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>إغلاق، إنهاء، خروج، إبقاء قيد العمل، البدء مع الحاسوب</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>قاعدة بيانات، نسخة احتياطية، مكان، ملفات، مجلد</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>فاصل زمني، دقائق، جدول، مؤقت، ساعات، بطارية</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>حدود، استدعاءات في الدقيقة، استدعاءات في اليوم</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>قوائم، اختيار، تشغيل، إيقاف، قراءة فقط، سياسة</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>واجهة محلية، تصدير مجدول، رموز وصول</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>كتم، تأجيل، هدوء</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>بيانات شخصية، خصوصية، تقارير</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>خادم وكيل، بروكسي، شهادة، إنترنت</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>تسجيل الدخول من جديد، فصل، مؤسسة، مركز البيانات، تسليم</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>سمة، داكن، فاتح، تباين، ألوان، لغة</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>تغيير السر (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>إنشاء السر (&amp;M)</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>يُنشأ سر جديد ويُعرض مرة واحدة. ويبقى الحالي صالحًا سبعة أيام، لتتمكن من تغيير عناصر webhook في Zoho Books واحدًا واحدًا.</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>قيد الإنشاء…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>تغيير السر؟</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>نسخ (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>انسخ السر الآن</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>تم</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>تُقبل الأحداث الموقعة بالسر السابق سبعة أيام أخرى.</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>افتح في Zoho Books كل webhook، وعلّم الخيار الذي يؤمّنه، وألصق هذا في Secret Token. وهو محفوظ في سلسلة مفاتيح هذا الحاسوب ولا يُعرض مرة أخرى.</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>يوقّع كل حدث، فلا يستطيع غيره إرسال حدث. يُعرض مرة واحدة، الآن، لتلصقه في Zoho Books.</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>إنشاء السر لـ Zoho Books؟</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>السر</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>السر معروض. انسخه الآن.</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>إخفاء السر</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>إظهار السر</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>المحاسب</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>المصارف</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>القوائم والإعدادات</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>المشاريع</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>المشتريات</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>المبيعات</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>حُدد %1</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> و </translation>
    </message>
    <message>
      <source> or </source>
      <translation> أو </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>تغيير %1 من %2</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>إنشاء %1 من %2</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>حذف %1 من %2</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 موجود في الدفاتر بالفعل (%3). أعطِ هذا رقمًا آخر، أو اترك الصف.</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>إلغاء %1 من %2</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 يحاول zbdesk مرة أخرى في التشغيل التالي.</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>أجاب %1 بشيء آخر: عطل هناك، أو وكيل أو صفحة دخول شبكة في الطريق. ما هو هنا يبقى كما هو؛ حاول بعد بضع دقائق (المزامنة تفعل ذلك تلقائيًا).</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>يجيب %1، لكنه لا يجد شيئًا عند طرفه هنا.</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1: تُستبعد من الآن فصاعدًا.</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1: ليست ضمن خطة هذه المؤسسة أو إصدارها.</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>لا يمكن حذف %1 هنا. انظر في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>تتعذر قراءة %1 (%2). يجب أن يكون ملكًا لمن يشغّل zbdesk.</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>تتعذر قراءة %1.</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>يتعذر بدء %1: %2.</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>تتعذر كتابة %1 (%2). وفّر مساحة أو اسمح بالكتابة هناك، ثم اختر «إعادة المحاولة». ما حُفظ من قبل لم يُمس.</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>لا يمكن لبرامج أخرى كتابة %1.</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>لا يمكن أن يكون في %1 حقل فريد في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>تغيّر %1 في Zoho Books وأُخذ إلى هنا: %2.</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>تغيّر %1 في Zoho Books: %2.</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>تعذرت قراءة %1.</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>تعذرت قراءة %1: %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>تعذرت كتابة %1 في قاعدة البيانات.</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>تعذرت كتابة %1.</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>أُنشئ %1 في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>حُذف %1 في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>لم يسمح %1 لـ zbdesk بالدخول.</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>رُفض من المستندات: %1.</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>لا يجيب %1 في الوقت المناسب.</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>لا يجيب %1.</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>لا توجد أعمدة التعيين في %1.</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>انتهى %1 بالرمز %2.</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>انتهى %1: %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>وُجد %1 جديدًا في Zoho Books وأُخذ إلى هنا.</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%1 من %2 إلى %3</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>المنازل العشرية في %1 هي %2؛ وفي هذا المبلغ أكثر. قرّبه.</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>في %1 علامة اقتباس في السطر %2 لا تُغلق أبدًا.</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>في %1 عناوين ولا صفوف فيه.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>فقد %1 اتصاله ويبحث عن آخر.</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>فقد %1 اتصاله ويبحث عن آخر: %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>ليس لـ %1 امتداد يستطيع zbdesk كتابته.</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>لا توجد في %1 الورقة «%2».</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>مفتاح %1 هو %2.</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>محتوى %1 هو نفسه محتوى %2 الذي استُورد في %3 UTC. لم يؤخذ منه شيء.</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>هذه العناوين في %1 على أكثر من ورقة.</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>لا يوجد إجراء «%2» لـ %1.</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1: بلا تاريخ أو مبلغ.</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1: بلا رقم خاص بها يمكن كتابته.</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>لا يوجد إعداد «%2» لـ %1.</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 هو %2، وليس جدولًا يمكن قراءته.</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 مجلد.</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 هدف بالفعل.</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>طُبّق %1، وهو أكثر من الدفعة %2.</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 متصل.</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 فارغ.</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>بقي على %2 %1، وهذا يبلغ %3.</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 مقفل من برنامج آخر أو لا تجوز قراءته.</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 مقفل.</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 ليس تاريخًا.</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 ليس سجلًا زمنيًا من zbdesk.</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 ليس نوع حدث ولا محتوى.</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 ليس مطابقة ولا اعتمادًا من zbdesk.</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 ليس ملف %2 سليمًا.</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 غير نشط في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 ليس قاعدة بيانات SQLite، أو أنه مشفّر أو تالف.</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 ليس في تعارض.</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 غير معروف لخدمة الأسماء</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 ليس نصًا بهذا الترميز.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>المفتوح على %2 هو %1؛ لا يمكن أن يغطي الرصيد أكثر من ذلك.</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>المفتوح على %2 هو %1؛ لا يمكن أن تغطي الدفعة أكثر من ذلك.</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 محمي بكلمة مرور.</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>يجري بدء %1.</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>ما زالت كتابة %1 جارية.</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 متوقف.</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 ملغى.</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 تحت المراقبة بالفعل.</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>لا يسمح %1 بمرور رسائل أخرى في الوقت الحالي.</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>رُبط %1 يدويًا بـ «%2» في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>رُبط %1 بما كان موجودًا في Zoho Books.</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>لا ينشئ %1 اتصالًا آمنًا.</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>يجب أن يكون %1 قائمة.</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>لم يُسلَّم %1 إلى %2.</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 من %2</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>ينقص %1 من %2 %3 في القائمة التي أرسلها Zoho Books. لم يُزل شيء.</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2: حدث %1 في Zoho Books %4 مرات بدل مرة (%3).</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>استُخدم %1 من استدعاءات Zoho Books اليوم البالغة %2.</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>يرفض %1 الرسالة قبل وصولها إلى هنا.</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>الصفوف: %1، المأخوذ: %2.</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>يحيل %1 إلى %2، ولا يتبع Zoho Books ذلك.</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>لا يقبل %1 رسالة بهذا الحجم.</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>لم يذكر %1 عنوانًا عامًا خلال %2 ثانية.</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>بانتظارك: %1.</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>بانتظارك: %1.</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>تغيّر %1 هنا وفي Zoho Books: %2.</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>حُذف %1 في Zoho Books ويُحذف هنا أيضًا.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>استُرجع %1: %2 من %3 سجل.</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>استُرجع %1: %2 من %3 سجل؛ وبقي %4 كما هو، والتقرير يذكر السبب.</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>ستكون صفوف %1 أكثر مما يسعه الجدول (%2).</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 ينظر zbdesk مرة أخرى تلقائيًا.</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 يبحث zbdesk عن السجل قبل أن يرسل أي شيء من جديد.</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 لا يجري zbdesk أي استدعاء قبل ذلك، ثم يتابع من حيث توقف.</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 يعيد zbdesk المحاولة تلقائيًا؛ ولا يُفقد شيء.</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1، المسموح %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1، أو اختر آخر بواسطة --data-dir. ما هو مخزّن هناك يبقى كما هو.</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1، بدأ هنا</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1: أُنشئ %2 من %3، وغُيّر %4، ورُفض %5.</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1: يجب أن يكون %2 %3.</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1: الصفوف %2، أُنشئ %3، غُيّر %4، بلا تغيير %5، رُفض %6.</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1: أجاب Zoho Books بقائمة فارغة. لم يُزل شيء هنا بسببها.</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1: سُوّي تعارض (%2).</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1: حُذف في Zoho Books. يُحتفظ هنا بآخر وضع معروف.</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1: بدأ استرجاع الاستيراد: %2 سجل سبق إرساله.</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1: استُرجع الاستيراد: أُزيل %2، وعاد كما كان %3، وبقي %4.</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1: أُرسل «%2» إلى Zoho Books.</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1؛ الوكيل الذي يفحص حركة البيانات يحتاج إلى شهادته هنا</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>لا تغيير</numerusform>
        <numerusform>تغيير واحد</numerusform>
        <numerusform>تغييران</numerusform>
        <numerusform>%n تغييرات</numerusform>
        <numerusform>%n تغييرًا</numerusform>
        <numerusform>%n تغيير</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>لا تغييرات</numerusform>
        <numerusform>تغيير واحد</numerusform>
        <numerusform>تغييران</numerusform>
        <numerusform>%n تغييرات</numerusform>
        <numerusform>%n تغييرًا</numerusform>
        <numerusform>%n تغيير</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>لا تغييرات</numerusform>
        <numerusform>تغيير واحد</numerusform>
        <numerusform>تغييران</numerusform>
        <numerusform>%n تغييرات</numerusform>
        <numerusform>%n تغييرًا</numerusform>
        <numerusform>%n تغيير</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>لا تعارضات</numerusform>
        <numerusform>تعارض واحد</numerusform>
        <numerusform>تعارضان</numerusform>
        <numerusform>%n تعارضات</numerusform>
        <numerusform>%n تعارضًا</numerusform>
        <numerusform>%n تعارض</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>لا إنشاء</numerusform>
        <numerusform>إنشاء واحد</numerusform>
        <numerusform>إنشاء اثنين</numerusform>
        <numerusform>إنشاء %n</numerusform>
        <numerusform>إنشاء %n</numerusform>
        <numerusform>إنشاء %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>أقل من يوم</numerusform>
        <numerusform>يوم واحد</numerusform>
        <numerusform>يومين</numerusform>
        <numerusform>%n أيام</numerusform>
        <numerusform>%n يومًا</numerusform>
        <numerusform>%n يوم</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>لا حذف</numerusform>
        <numerusform>حذف واحد</numerusform>
        <numerusform>حذف اثنين</numerusform>
        <numerusform>حذف %n</numerusform>
        <numerusform>حذف %n</numerusform>
        <numerusform>حذف %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>لا عمليات حذف</numerusform>
        <numerusform>عملية حذف واحدة</numerusform>
        <numerusform>عمليتا حذف</numerusform>
        <numerusform>%n عمليات حذف</numerusform>
        <numerusform>%n عملية حذف</numerusform>
        <numerusform>%n عملية حذف</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n documents</source>
      <translation>
        <numerusform>لا مستندات</numerusform>
        <numerusform>مستند واحد</numerusform>
        <numerusform>مستندان</numerusform>
        <numerusform>%n مستندات</numerusform>
        <numerusform>%n مستندًا</numerusform>
        <numerusform>%n مستند</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n events were</source>
      <translation>
        <numerusform>لا أحداث</numerusform>
        <numerusform>حدث واحد</numerusform>
        <numerusform>حدثان</numerusform>
        <numerusform>%n أحداث</numerusform>
        <numerusform>%n حدثًا</numerusform>
        <numerusform>%n حدث</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours</source>
      <translation>
        <numerusform>أقل من ساعة</numerusform>
        <numerusform>ساعة واحدة</numerusform>
        <numerusform>ساعتين</numerusform>
        <numerusform>%n ساعات</numerusform>
        <numerusform>%n ساعة</numerusform>
        <numerusform>%n ساعة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n linked</source>
      <translation>
        <numerusform>لا ربط</numerusform>
        <numerusform>ربط واحد</numerusform>
        <numerusform>ربط اثنين</numerusform>
        <numerusform>ربط %n</numerusform>
        <numerusform>ربط %n</numerusform>
        <numerusform>ربط %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lists</source>
      <translation>
        <numerusform>لا قوائم</numerusform>
        <numerusform>قائمة واحدة</numerusform>
        <numerusform>قائمتان</numerusform>
        <numerusform>%n قوائم</numerusform>
        <numerusform>%n قائمة</numerusform>
        <numerusform>%n قائمة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n marked otherwise</source>
      <translation>
        <numerusform>لا تغيير حالة</numerusform>
        <numerusform>تغيير حالة واحد</numerusform>
        <numerusform>تغيير حالتين</numerusform>
        <numerusform>تغيير %n حالات</numerusform>
        <numerusform>تغيير %n حالة</numerusform>
        <numerusform>تغيير %n حالة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes</source>
      <translation>
        <numerusform>أقل من دقيقة</numerusform>
        <numerusform>دقيقة واحدة</numerusform>
        <numerusform>دقيقتين</numerusform>
        <numerusform>%n دقائق</numerusform>
        <numerusform>%n دقيقة</numerusform>
        <numerusform>%n دقيقة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more lists</source>
      <translation>
        <numerusform>لا قوائم أخرى</numerusform>
        <numerusform>قائمة أخرى</numerusform>
        <numerusform>قائمتان أخريان</numerusform>
        <numerusform>%n قوائم أخرى</numerusform>
        <numerusform>%n قائمة أخرى</numerusform>
        <numerusform>%n قائمة أخرى</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>لا جديد</numerusform>
        <numerusform>جديد واحد</numerusform>
        <numerusform>جديدان</numerusform>
        <numerusform>%n جديدة</numerusform>
        <numerusform>%n جديدًا</numerusform>
        <numerusform>%n جديد</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems</source>
      <translation>
        <numerusform>لا مشكلات</numerusform>
        <numerusform>مشكلة واحدة</numerusform>
        <numerusform>مشكلتان</numerusform>
        <numerusform>%n مشكلات</numerusform>
        <numerusform>%n مشكلة</numerusform>
        <numerusform>%n مشكلة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>لا سجلات</numerusform>
        <numerusform>سجل واحد</numerusform>
        <numerusform>سجلان</numerusform>
        <numerusform>%n سجلات</numerusform>
        <numerusform>%n سجلًا</numerusform>
        <numerusform>%n سجل</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>لا صفوف</numerusform>
        <numerusform>صف واحد</numerusform>
        <numerusform>صفان</numerusform>
        <numerusform>%n صفوف</numerusform>
        <numerusform>%n صفًا</numerusform>
        <numerusform>%n صف</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>أقل من ثانية</numerusform>
        <numerusform>ثانية واحدة</numerusform>
        <numerusform>ثانيتين</numerusform>
        <numerusform>%n ثوانٍ</numerusform>
        <numerusform>%n ثانية</numerusform>
        <numerusform>%n ثانية</numerusform>
      </translation>
    </message>
    <message>
      <source>, </source>
      <translation>، </translation>
    </message>
    <message>
      <source>3 to 10 minutes</source>
      <translation>من 3 إلى 10 دقائق</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>%1 غير مغلق.</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>ينقص قوس في هذا المبلغ؛ اكتب (100.00) أو -100.00.</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>يعمل الرمز مرة واحدة ولمدة %1، وفقط في مركز البيانات الذي أنشأه (سُئل %2). أنشئ رمزًا جديدًا؛ وإذا أخفق أيضًا فتحقق من مركز البيانات.</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>جهة الاتصال عميل أو مورد.</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>طُبّق به رصيد أو رُدّ مال. تراجع عن ذلك في Zoho Books.</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>يحتاج الحقل المخصص إلى api_name (أو label) وإلى قيمة.</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>ليس في قاعدة بيانات في الذاكرة ما يُقرأ.</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>المستند كائن ذو حقول مسماة.</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>المطلوب هنا اسم حقل، كنص.</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>تحتاج النظرة الجديدة إلى نحو %1 استدعاء، وبقي اليوم %2.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>سطر القيد مدين أو دائن، وليس كليهما.</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>سطر القيد مدين أو دائن.</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>يحتاج سطر القيد إلى حساب.</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>يحتاج سطر القيد إلى مبلغ.</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>سطر مفقود أو مضاف أو في غير مكانه.</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>البند بلا صنف يحتاج إلى سعر.</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>المطلوب هنا قائمة.</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>ليس في التعيين هذا المفتاح؛ وفيه %1.</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>التعيين كائن JSON.</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>الرقم لا يزيد على %1 حرفًا.</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>رقم بهذا الطول فقد آخر أرقامه في الجدول. نسّق العمود كنص، وأدخله من جديد واحفظ الملف.</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>الدفعة أكبر من صفر.</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>علامة اقتباس غير مغلقة.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>سُمح بتشغيل يتجاوز الحدود: سجل %1.</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>سُمح بتشغيل يتجاوز الحدود: %1 سجل.</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>لا يُشغَّل هنا مصدر من النوع %1.</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>المصدر يقرأ فقط، بصلاحيات مستخدمه. تقول قاعدة البيانات: %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>المصدر يقرأ فقط. احذف الكلمة؛ وإن كانت اسم عمود فضعها بين علامتي اقتباس.</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>المصدر يقرأ فقط: اكتب SELECT واحدة، أو WITH ... SELECT. لم يُسأل شيء من قاعدة البيانات.</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>يجوز لعبارة من هذا النوع أن تطلب %1.</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>لا يمكن تسمية رمز %1.</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>ما زالت كتابة له بلا جواب؛ يجري التحقق منها أولًا.</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>رُفض الوصول في صفحة Zoho.</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>أضف %1 إلى Authorized Redirect URIs للعميل (Client) في API console، تمامًا كما هو مكتوب، ثم سجّل الدخول من جديد.</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>أضفها في Zoho Books ضمن الإعدادات، العملات؛ ثم يُرسل هذا المستند تلقائيًا.</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>أضف %1 هنا أو في Zoho Books؛ ثم يُرسل هذا السجل تلقائيًا.</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>أضف المصدر من جديد بعنوانه؛ وما جلبه يبقى.</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>اسمح في الوكيل بمحتوى حجمه 1 MB.</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>اسمح بذلك في الإعدادات، %1، أو تراجع عن التغيير هنا.</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>اسمح بالكتابة هناك</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>اسمح بالكتابة هناك، أو اختر مكانًا آخر بواسطة --data-dir.</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>اسمح لـ zbdesk في إعدادات سلسلة المفاتيح واختر إعادة المحاولة.</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>وصل مبلغ ككسر ثنائي وفقد أرقامًا؛ أعطه كنص.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>تعذر حفظ حدث ولم يؤكَّد استلامه. افحص قرص مجلد البيانات.</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>تعذر حفظ حدث ولم يؤكَّد استلامه؛ يرسله Zoho Books مرة أخرى حيث ضُبطت إعادة المحاولة، ويجد الاستطلاع التغيير. أفرغ بعض المساحة.</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>صنف في هذا المستند غير نشط في Zoho Books.</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>المطلوب هنا كائن ذو حقول مسماة.</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>يجيب برنامج آخر عند المنفذ %1 في هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>يقفلها برنامج آخر. أغلق البرنامج الآخر (أداة نسخ احتياطي أو zbdesk ثانٍ) وأعد المحاولة.</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>قد يكون منفذه لدى برنامج آخر: انظر المشكلات. تُعاد المحاولة تلقائيًا؛ ثم حاول مرة أخرى.</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>يستخدم برنامج آخر المنفذ %1.</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>صف آخر خاطئ، وطُلب الكل أو لا شيء.</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>يجري استرجاع تشغيل آخر. انتظر حتى ينتهي.</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>طبّق المفتوح على الأكثر.</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>طبّق المفتوح على الأكثر؛ وما زاد يبقى غير مستخدم على الدفعة.</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>اطلب فترة أقصر.</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>اسأل مرة أخرى، أو انظر في نافذته تحت Webhooks.</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>اطلب ممن يديره السماح بالعنوان العام، أو اختبر من شبكة أخرى.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>اطلب الوصول من مسؤول Zoho Books لديك، أو سجّل الدخول من جديد بهذا الإذن. وتعيد المزامنة الكاملة محاولته.</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>اطلب الإذن من مسؤول Zoho Books لديك، أو اربط من جديد مع هذا الجزء.</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>عند %1 تجيب صفحة أخرى.</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>عند المنفذ %1 في هذا الحاسوب يستمع zbdesk آخر بسر آخر.</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>النسخ الاحتياطية التي أُنشئت قبل التحديثات موجودة هنا، الأحدث أولًا: %1.</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>يمكن استيراد ملفات CSV وTSV وXLSX وXLSM وXLS وODS.</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>غيّر %1، أو أزله لاستخدام القيمة الافتراضية.</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>غيّره في إعدادات النظام، ضمن برامج بدء التشغيل.</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>غيّر السجل هنا كما يطلب Zoho Books، فيُرسل مرة أخرى.</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>تغيّر منذ ذلك الحين: %1.</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>جاءت تغييرات في Zoho Books بلا webhook ووُجدت بالنظر: %1.</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>تحقق من %1: الأحرف الكبيرة والمسافات مهمة. من دون عبارة المرور الصحيحة، أزل %2 وأعد الربط؛ تبقى السجلات على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>افحص كتابته، وأن مدخله موجود لدى مزود نطاقك؛ والمدخل الجديد يحتاج حتى ساعة.</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>افحص مكان التوريد: IGST للولايات الأخرى، وCGST وSGST للولاية نفسها.</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>تأكد من أن التصدير كان كاملًا.</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>افحص الملف في البرنامج الذي يكتبه.</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>تحقق من اتصال الإنترنت أو الخادم الوكيل. يعيد zbdesk المحاولة تلقائيًا؛ ولا يُفقد شيء.</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>افحص الاسم والمجلد.</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>تحقق من الشبكة وعنوان قاعدة البيانات؛ لا يُفقد شيء، وتستمر المزامنة عند عودتها.</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>افحص إعدادات الاحتساب العكسي.</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>اختر ربط Zoho Books في النافذة، أو شغّل `zbdesk connect`.</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>اختر ملف PEM في الإعدادات، الشبكة، أو لا شيء.</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>اختر اسمًا من 1 إلى %1 حرفًا ليس لرمز آخر، كاسم البرنامج.</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>اختر نفقًا أو عيّن عنوانك أولًا: `zbdesk webhooks tunnel`.</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>اختر نفقًا تحت Webhooks، أو ألصق عنوانك.</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>اختر حسابًا لكل بند من فاتورة المورد.</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>اختر وحدة أخرى.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>اختر اسمًا آخر.</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>اختر آخر بواسطة --data-dir أو %1، أو اسمح بالكتابة هناك.</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>اختر مكانًا آخر.</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>اختر نفقًا آخر إذا كان يجب التحقق من الأحداث بتوقيعها.</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>اختر وحدات أقل أو فترة أقصر، أو قارن بآخر ما قُرئ.</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>اختر ملفًا منه، أو راقب المجلد.</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>اختر واحدًا موجودًا؛ واقرأ القائمة من جديد إن كان جديدًا.</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>اختر ملف المفتاح من جديد: ليس حيث تقول الإعدادات.</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>أغلق نافذة عرض أخرى، أو البرنامج الذي يستخدمها، ثم ابدأ من جديد.</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>أغلقه في برنامج الجداول، أو اسمح بقراءته، وحاول مرة أخرى.</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>أغلقها، أو أزلها، وحاول مرة أخرى.</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>أغلقه، أو انتظر حتى ينتهي، وابدأ من جديد.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>أغلقه؛ تُحسب بقية العبارة منه.</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>أغلقها؛ تُحسب بقية العبارة نصًا.</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>أغلق ذلك البرنامج، أو اختر منفذًا آخر في الإعدادات وفي نفقك. يحاول zbdesk مرة أخرى تلقائيًا؛ وحتى ذلك الحين تأتي التغييرات بالاستطلاع.</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>أغلق zbdesk الآخر واختر «إعادة المحاولة».</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>لا يعطي Cloudflare أنفاقًا سريعة أخرى الآن. انتظر ساعة، أو أنشئ نفقًا مسمى، وهو مجاني.</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>قارن الضرائب والخصومات والتقريب بين الاثنين، ثم صحح المستند هنا أو في Zoho Books.</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>أعد الربط وامنح الإذن، أو تراجع عن التغيير هنا.</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>أعد الربط من دون «قراءة فقط»، أو تراجع عن التغيير هنا.</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>اربطها من جديد.</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>تم الربط بـ %1، للقراءة فقط.</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>تم الربط بـ %1.</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>يُختار أشخاص الاتصال للمستند في Zoho Books.</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>انسخ رمز النفق من لوحة Cloudflare من جديد، تحت الإعدادات، Webhooks.</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>انسخ العنوان كاملًا كما يعرضه المتصفح بعد اختيار Accept؛ يبدأ بـ http://localhost.</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>صحّح الخلية.</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>الفرق بين المدين والدائن %1.</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>احذفه هنا أيضًا، أو أرسله من جديد كسجل جديد.</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>احذف الزائد في Zoho Books. نشأ لأن ردًا من Zoho فُقد في الطريق.</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>لا يمكن إرسال التسليم %1 مرة أخرى.</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>هل صار «%1»؟</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>هل قصدت %1؟</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>هل قصدت «%1»؟</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>فُصل الربط بـ Zoho Books.</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>بدأ الفصل.</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>افعل ذلك في Zoho Books، ثم تراجع عن التغيير هنا.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>تشير إليه مستندات تبقى في Zoho Books.</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>تشير إليه مستندات تبقى في Zoho Books؛ فيُجعل غير نشط.</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>أنهِ ذلك البرنامج، أو اختر منفذًا آخر لـ zbdesk تحت الإعدادات، Webhooks.</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>أنهِ الآخر، أو أعطِ كلًا منهما منفذًا خاصًا تحت الإعدادات، Webhooks.</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>أدخله من جديد.</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>أدخل سعرًا في Zoho Books ضمن الإعدادات، العملات؛ ثم يُرسل هذا المستند تلقائيًا.</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>أدخل %1 أولًا، هنا أو في Zoho Books، أو صحّح الاسم.</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>أدخل السعر في Zoho Books تحت الإعدادات، العملات؛ ثم يخرج هذا المستند تلقائيًا.</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>تنتظر الأحداث عند المرحّل حتى ذلك الحين.</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>يحتاج كل مستند إلى المعرّف الذي له في مصدره.</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>كل شيء محدّث.</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>صدّره من جديد؛ يلزم صف عناوين وصف واحد.</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>ملفات من zbdesk مفقودة.</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>أكمل الصفحة التي فُتحت أخيرًا، وانسخ العنوان منها.</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>اكتملت المزامنة الأولى: وصل %1 من %2.</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>وُجد بالنظر: %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>أفرغ بعض المساحة أو اختر مكانًا آخر. ما كان هناك لم يتغير.</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>أفرغ بعض المساحة هناك</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>احصل على شهادة تحوي هذا العنوان، أو استخدم اسمًا.</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>احصل على شهادة تحوي هذا الاسم.</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>أعطِ كل حاسوب عنوانًا خاصًا به.</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>أعطِ «%1» أو «%2»، وليس كليهما.</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>أعطه اسمًا.</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>أعطه اسمًا آخر، أو غيّر اسم الآخر أو ادمجه في Zoho Books.</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>أعطِ يومها الأول أولًا.</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>أعطِ أقل، أو تراجع عما سُجّل عليه من قبل.</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>أعطِ العنوان بلا مسار: https:// والمضيف والمنفذ فقط.</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>أعطِ المستند رقمًا آخر، أو احذف الآخر في Zoho Books.</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>أعطِ المصدر عنوانه من جديد، بكلمة المرور الحالية.</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>إن دخل أكثر، فاذكر بـ amount_applied كم منه لهذا المستند.</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>استيراد %1</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>لا يوجد في %1 عميل (Client) بهذا المعرّف. قارنه بـ API console لمركز البيانات ذاك، وتحقق من أن مركز البيانات هو الوارد في عنوان Zoho Books لديك.</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>في تعارض: %1.</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>ثبّته من جديد، أو اختر نفقًا آخر.</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>ثبّته، أو حدد مكانه تحت الإعدادات، Webhooks، أو اختر نفقًا آخر.</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>ثبّت حزمة Python %1 مع zbdesk، ثم حاول مرة أخرى.</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>ثبّت zbdesk من جديد: صوره وترجماته ليست مع البرنامج.</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>ثبّت zbdesk من جديد؛ فهو يجلب الدليل معه.</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>أجاب بالحالة %1.</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>يجيب، لكن ليس عما سُئل.</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>يبدأ تلقائيًا أو بعد تسوية ما يوقفه: انظر لوحة المعلومات. لم يتغير شيء.</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>يخص مؤسسة أخرى على هذا الحاسوب. انتقل إليها أولًا؛ لم يتغير شيء.</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>لا يمكن حذفه؛ يُجعل غير نشط.</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>لا يمكن أن يزيد على الدفعة نفسها.</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>يتعذر الوصول إليه (%1).</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>تتعذر قراءته.</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>يغيّر ما يمرره، لذلك أحداثه مجرد إشارات.</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>لا يجيب عما يُرسل إليه.</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>لا يُذكر أيّ واحد (%1).</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>يعطي %1. لم يؤخذ منه شيء. صحّح الاستعلام، أو انظر في معاينته وعيّنه من جديد.</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>لقد نُفّذ. غيّر السجل بدلًا من ذلك.</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>لقد دُفع منذ ذلك الحين. أزل الدفعة في Zoho Books أولًا.</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>لقد دُفع؛ مبالغه تبقى.</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>لم يعد له مستند على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>ليس فيه عناوين أو سطرنا الأخير. الحفظ في برنامج جداول يزيلها.</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>إصدار بنيتها %1؛ ويعرف هذا البرنامج الإصدارات حتى %2. لم يتغير شيء. حدّث zbdesk، أو استخدم الإصدار الذي أنشأها.</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>فيه: %1. اختر واحدة منها في التعيين.</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>يحوي %1.</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>يحوي اسم مستخدم أو كلمة مرور، يراها الجميع في الطريق.</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>يحوي مسافات أو علامات لا توجد في عنوان ويب، أو أنه طويل جدًا.</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>فيها جداول لم ينشئها zbdesk، فلم يُكتب شيء. اختر مجلد بيانات آخر.</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>يحوي {port}، وهذا يحتاج إلى المنفذ البعيد 0.</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>هو ملف، وليس مجلدًا.</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>هو قائمة مبالغ معيّنة: %1.</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>هو أكبر بكثير مما يمكن أن يكون.</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>هو طويل جدًا.</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>هو لـ %1، وليس لـ %2.</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>لم يعد في Zoho Books.</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>هو في فترة مقفلة في Zoho Books.</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>هو في تعارض؛ سوِّ ذلك أولًا.</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>يُبحث عنه مرة أخرى تلقائيًا؛ وما جاء منه يبقى.</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>تُنشأ عند ربط Zoho Books أول مرة.</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>ليس عنوان ويب.</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>ليس عنوان وكيل.</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>لا يُعرف بعد هل أخذ Zoho Books هذا.</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>ليس في مسار البحث.</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>ليس JSON يمكن قراءته.</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>ليس هناك.</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>ليس هناك: حُذف أو غُيّر اسمه، أو أن محرّكه غير موصول.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>في الطريق إلى Zoho Books.</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>هو في الطريق إلى Zoho Books؛ انتظر الجواب.</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>هو حرف واحد، مثل «;»، أو واحد من comma, semicolon, tab, pipe.</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>هو واحد من %1.</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>هو المصدر %1. أزله أولًا، أو اختر مجلدًا آخر.</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>ما زال جاريًا، أو انقطع قبل قليل.</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>هي مطفأة، أو الشبكة غير متاحة. ما قُرئ من قبل يبقى؛ ويحاول zbdesk مرة أخرى في التشغيل التالي.</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>هو رقم الصف الذي فيه العناوين، بدءًا من 1.</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>تُعاد المحاولة تلقائيًا. إذا استمر، فأدخله في Zoho Books يدويًا لترى ما يعترض عليه Zoho.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>تُعاد المحاولة تلقائيًا. انظر إلى الشبكة وإلى dashboard.ngrok.com.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>تُعاد المحاولة تلقائيًا. انظر إلى الشبكة وهل يعمل الخادم.</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>تُعاد المحاولة تلقائيًا. انظر إلى الشبكة، وهل يسمح جدار حماية بخروج cloudflared (المنفذ 7844).</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>ليس واضحًا هل كُتبت نتيجة %1.</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>هو ملغى في Zoho Books بالفعل.</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>ينقصه الإذن %1. اربط من جديد معه، أو أعدّ webhooks يدويًا: الدليل يبيّن كل خطوة.</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>ربما لم يعد موجودًا.</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>ربما يخص ربطًا آخر.</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>ربما حُذف في هذه الأثناء.</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>ربما سُوّي في هذه الأثناء.</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>لا يجوز له إلا أن يضع ما يقوله Zoho Books.</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>يجب أن يكون أكبر من صفر.</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>يجب أن يبدأ بـ https://.</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>يجب أن يبدأ بـ https://: عبر http يستطيع كل من في الطريق قراءة سجلاتك.</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>يجب أن يشبه http://proxy.example.com:8080. غيّره في الإعدادات، الشبكة، أو في إعدادات النظام.</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>يجب أن يشبه https://accounts.example.com.</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>يجب أن تمس صفًا واحدًا بالضبط. تم التراجع؛ افحص WHERE في العبارة.</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>سمّى %1. لم يُرسل شيء إلى هناك. ابدأ تسجيل الدخول من جديد من zbdesk؛ وإذا تكرر ذلك فتحقق من مركز البيانات ومن خلو هذا الحاسوب من البرامج غير المرغوبة.</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>لا يذكر حاسوبًا يمكن البحث عنه.</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>لا يذكر حاسوبًا.</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>يعود كما كان قبل التشغيل.</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>يعمل تلقائيًا ما دام zbdesk يعمل.</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>الرسالة: %1.</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>يقول إنه ذهب نهائيًا (410).</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>يحيلنا إلى عنوان آخر (%1) لا يُتبع.</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>ينبغي أن يشبه %1.</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>يبقى في Zoho Books ملغى ويحتفظ برقمه.</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>غُيّر هنا منذ ذلك الحين، ولم يخرج ذلك بعد.</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>غُيّر في Zoho Books منذ ذلك الحين.</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>حُذف في Zoho Books. وإن أُدخل من جديد كان سجلًا آخر بسجل زمني آخر.</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>حُذف أو دُمج هناك.</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>سُلّم.</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>فُصل.</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>تُرك كما هو. ينظر zbdesk مرة أخرى غدًا.</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>تُرك كما هو تمامًا.</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>بُحث عنه في %1.</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>بُحث عنه في %1. سجّل الدخول من جديد؛ ما هو هنا يبقى، وتستمر المزامنة من هناك.</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>نُقلت أو غُيّر اسمها. أعطِ المصدر عنوانه من جديد.</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>أُزيل في هذه الأثناء.</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>استُرجع من قبل.</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>سُحب في Zoho، أو حلت محله 20 عملية تسجيل دخول أحدث للمستخدم نفسه (%1). سجّل الدخول من جديد؛ يبقى ما هو هنا، وتستمر المزامنة من هناك.</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>يناسب %1: صحّح الخلية، أو ترتيب التعيين.</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>لا يمكن استخدام عنوانه.</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>فُقد رده؛ وعُثر عليه هناك.</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>لم يُحفظ محتواه.</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>لم تُقرأ تفاصيله بعد. افتحها ثم حرّر.</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>ملفها أو مجلدها أو قرصها للقراءة فقط لهذا المستخدم. اجعله قابلًا للكتابة أو اختر مجلد بيانات آخر.</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>غُيّر معرّفه أو سره أو حُذف في API console (%1). أعد الربط بالجديد؛ ويبقى ما هو هنا.</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>آخر ما قاله: %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>رابطه ليس عنوان https.</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>لا يمكن كتابة اسمه كعنوان ويب.</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>في مساره علامات تجب كتابتها هناك بطريقة أخرى.</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>علاجه يقول ما العمل؛ ويعرضه `zbdesk problems`.</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>توقيعه آخر.</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>انتهت تجربتها أو خطتها. جدّدها في Zoho Books، ثم اربط.</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>أبقِ local أو remote.</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>المعروف %1 وcustom. وهو نهاية العنوان الذي تفتح عليه Zoho Books.</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>المعروف: %1.</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>احذف /*! ... */.</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>احذف FOR UPDATE أو FOR SHARE: لا يتغير شيء.</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>احذف كل شيء من علامة الاستفهام أو علامة الرقم فصاعدًا.</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>احذف ما بعد علامة الاستفهام.</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>اجعل منفذه يجيب بـ https، وليس http، بإصدار حديث من TLS.</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>اجعل المسار /webhooks يؤدي إلى http://127.0.0.1:%1 مع إبقاء المسار كله.</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>اجعل الوكيل يمرر الترويسة X-Zoho-Webhook-Signature، وتأكد من أن العنوان يؤدي إلى هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>اجعل الاستعلام يعطي نوعًا واحدًا، مثل CAST(... AS INTEGER).</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>اجعل الخادم يرسل شهاداته الوسيطة أيضًا.</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>اجعل النفق يؤدي إلى http://127.0.0.1:%1، وتأكد من أنه يعمل.</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>السطر %1 ليس كائنًا.</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>السطر %1 ليس JSON.</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>السطر %1، العمود %2: %3.</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>أسطر في النهاية مفقودة.</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>انظر إليها في متصفح، فهو يذكر السبب.</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>انظر إلى جهة اتصاله وأصنافه وحساباته وضرائبه في Zoho Books، واذكر غيرها هنا.</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>انظر إلى أرقامه مرة أخرى، ثم قرّر.</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>انظر إلى دفعاته، وكذلك التي لم تخرج بعد.</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>انظر إلى السجل في Zoho Books، ثم صحح هذه الحقول هنا أو هناك.</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>انظر إلى اسم الخادم وإلى الشبكة.</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>انظر إلى النفق تحت Webhooks.</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>انظر إليها تحت الصادر ودع هذه بالضبط تخرج، أو شغّل `zbdesk sync --allow-large`. الحدود في الإعدادات تحت قبل تشغيل كبير.</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>انظر في Zoho Books تحت الإعدادات، الأتمتة، سجلات سير العمل: هل القواعد مفعّلة، وهل استُنفدت 1,000 webhook لليوم.</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>انظر في Zoho Books هل حُذفت فعلًا. إذا كان كذلك فأكّد الإزالة؛ وإلا فتحقق من صلاحيات المستخدم الذي سجّل الدخول، ثم زامن من جديد.</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>انظر هل يعمل %1 ويؤدي إلى هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>انظر هل يعمل %1، وهل يسمح جدار حماية بدخول الاتصالات.</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>انظر لماذا لا يقبلها، ثم أرسلها مرة أخرى: `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>أنشئ قناة جديدة وألصق عنوانها.</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>أنشئ قناة جديدة: ربما يستمع غيرك إلى هذه، أو أن المرحّل متعثر.</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>اجعلها عرضًا (view) في قاعدة البيانات.</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>أنشئه، أو صِل محرّكه، أو اختر آخر في الإعدادات.</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>اجعل جهة الاتصال نشطة في Zoho Books، أو اختر أخرى.</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>اجعل جهة الاتصال نشطة، هنا أو في Zoho Books؛ ثم يخرج المستند تلقائيًا.</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>اجعل الصنف نشطًا في Zoho Books، أو اختر آخر.</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>اجعل الصنف نشطًا، هنا أو في Zoho Books؛ ثم يخرج المستند تلقائيًا.</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>صحّحه وانظر في المعاينة. تقول قاعدة البيانات: %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>صحّحه، أو انقله للبدء بالقيم الافتراضية.</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>ادمج الاثنين في Zoho Books بدلًا من ذلك.</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>ادمجها في Zoho Books، أو أعطِ السجل هنا البريد الإلكتروني للصحيح منها.</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>غائبة منذ آخر ملف بهذا الاسم (وهي باقية): %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>دُفع في Zoho Books أكثر مما سيبلغه (%1). خذ جانب Zoho.</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>أكثر من واحد</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>أكثر من واحد: %1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>يوجد أكثر من %1 فيه %2 «%3».</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>«%2» موجود أكثر من مرة (%1).</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>الأرجح أن السر في Zoho Books غير الذي هنا. أنشئ سرًا جديدًا تحت Webhooks وألصقه في webhook في Zoho Books. يزول هذا مع أول حدث صحيح.</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>اذكر ملفًا: sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>اذكره بمعرّفه المحلي أو معرّف Zoho أو رقمه أو SOURCE:ID.</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>اذكر واحدًا بمعرّف Zoho، أو اختر من بين: %1.</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>سمِّ أحدهما باسم آخر، مثل SELECT ... AS other_%1.</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>اذكر واحدًا منها، أو ملف JSON فيه تعيين.</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>سمِّ %1 بمعرّف المصدر أو بمعرّف Zoho، أو ادمج الاثنين في Zoho Books.</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>اذكر العمود الذي يبيّن متى تغيّر الصف (أو رقمه المتزايد).</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>اذكر السجل بكائن فيه واحد فقط من %1.</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>اذكر القيمة باسمها بدلًا من ذلك، مثل :since.</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>ضيّقه، أو أعطِ الأعمدة في WHERE فهرسًا. ما قُرئ من قبل يبقى.</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>لا يوجد «%2» (%1).</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>لا جواب خلال %1 ثانية.</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>لم يُجرَ أي استدعاء؛ وتستمر المزامنة بعد ذلك.</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>لا عمود يميّز المستندات؛ عيّن واحدًا إلى %1 أو إلى source_id.</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>لا أرقام مرفقة به.</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>لم يُعدّ أي نفق.</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>لم يجب أحد عن الإصدارات الجديدة.</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>لم يُحفظ شيء بعد.</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>لا شيء يجيب عند %1.</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>لم يعد يمكن فعل شيء به.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>لم يعد يمكن دفع شيء عليه.</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>لا يمكن دفع شيء عليه.</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>لا شيء فيه يبيّن ما هو.</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>لا شيء هنا اسمه «%1».</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>لم يُفقد شيء. تُعاد المحاولة تلقائيًا؛ والتفاصيل في السجل (log).</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>لم يُفقد شيء. ابدأ zbdesk من جديد؛ والتفاصيل في السجل (log).</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>لا شيء مفتوح على %1.</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>لم يُدفع شيء، ولا يُعرف قفل لفترته (%1).</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>لا يُكتب شيء في Zoho Books؛ ويأخذ هذا الحاسوب ما هناك.</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>لا يُكتب شيء حتى يؤكد أحد المؤسسة: إنها غير السابقة، أو تغيّرت.</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>لا يُكتب المزيد حتى تسمح به: التشغيل أكبر من الحدود في الإعدادات.</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>لم يُحفظ منه شيء. حاول مرة أخرى.</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>لا شيء مطلوب إن كانت الشبكة غير متاحة؛ وإلا فافحص العنوان.</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>لا شيء مطلوب: يُسأل مرة أخرى تلقائيًا.</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>لا شيء مطلوب: تُعاد المحاولة تلقائيًا.</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>لم يُطلب شيء. ويبقى ما هو هنا.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>لم يتغير شيء.</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>لم يُقرأ شيء. يحاول zbdesk مرة أخرى في التشغيل التالي.</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>لم يؤخذ منه شيء.</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>لم يؤخذ منه شيء.</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>لم يؤخذ منه شيء. ضيّقه بـ :since، أو ارفع حد الصفوف للمصدر.</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>أحد الأجزاء المختارة من Zoho Books لا يمكن منحه لهذا العميل (Client) في %1. اختر أجزاء أقل، أو أنشئ العميل في API console لمركز البيانات الصحيح.</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>لا يمكن لسجل واحد في Zoho أن يكون إلا مستندًا واحدًا.</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>المطلوب هنا قيمة واحدة لكل المستندات.</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>المطلوب هنا قيمة واحدة، لا قائمة ولا كائن.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>افتحه في برنامج الجداول واحفظه من جديد، أو صدّره مرة أخرى.</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>افتحه في برنامج الجداول، واحفظ نسخة بلا كلمة مرور واختر تلك النسخة.</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>افتحه في Zoho Books (%1) واحذف المدخل الزائد. ضاع جواب من Zoho في الطريق؛ يزول هذا تلقائيًا متى بقي واحد.</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>افتح الفترة في Zoho Books تحت الإعدادات، قفل المعاملات، أو غيّر التاريخ.</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>افتح السجل في Zoho Books. يُسأل عنه من جديد فور تغيره هناك.</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>المؤسسة %1 تخص مستخدمًا آخر أو مركز بيانات آخر. أعد الربط واختر المؤسسة من القائمة.</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>تستخدم برامج أخرى المنافذ %1.</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>خارج الساعات المختارة في الإعدادات. ومع ذلك يعمل «زامن الآن».</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>ألصق عنوان القناة، لا عنوان الموقع.</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>ألصق عنوان القناة النهائي.</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>ألصق العنوان النهائي، واجعل الوكيل يمرر /webhooks بلا إعادة توجيه.</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>متوقف مؤقتًا حتى %1.</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>متوقف مؤقتًا.</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>الدفعات والأرصدة التي كانت عليه تبقى للعميل رصيدًا.</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>المشكلة %1 ليست عن اسم أو سجل مأخوذ.</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>ضع فيها :source_id، مثل UPDATE ... WHERE id = :source_id.</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>ضع اسمها بعد المضيف: .../name.</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>ضع المفتاح العام لهذا الحاسوب على الخادم، وابدأ وكيل المفتاح إن كانت له عبارة مرور.</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>ارفع حد الوكيل أو النفق.</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>قُرئ من Zoho Books: %1.</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>أُوقفت القراءة.</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>أزله أولًا لتغيير ما يصله: `zbdesk webhooks targets remove`.</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>أزل zbdesk ضمن Zoho Accounts ثم Sessions ثم Connected Apps، وسجّل الدخول من جديد. لا يمكن استخدام عميل من نوع client-based (JavaScript)؛ ويمكن استخدام server-based.</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>جدّدها على الخادم أو الوكيل؛ فإن Zoho Books يرفضها أيضًا.</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>أعد تشغيل الحدث نفسه: `zbdesk webhooks replay`.</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>استعد %1 من نسخة احتياطية، أو أعد الربط؛ تبقى السجلات على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>يحتاج الاحتساب العكسي إلى ضريبة احتساب عكسي على البنود.</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>يقول الصف %1 من المستند نفسه «%2». الرقم الواحد مستند واحد: صحّح الرقم، أو اجعلهما متماثلين.</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>التشغيل %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>وكلاء SOCKS غير مدعومين.</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>احفظه من جديد بهذا الاسم.</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>احفظ النص من جديد بترميز UTF-8 عادي.</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>المحفوظ: %1.</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>اذكر كم من الدفعة له.</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>اذكر أين تكون البداية، مثلًا 2026-01-01، أو 0 لرقم.</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>اذكر لأيّ واحد هذا الجزء من الدفعة (%1).</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>اذكر أي حقل له أي قيمة: {“payment_mode”: “banktransfer”}.</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>اذكر أي عنوان هو أي حقل: {“Invoice no”: “invoice_number”}.</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>اذكر أي جزء من %1 هو، مثل %2.%3.</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>انظر Webhooks.</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>انظر `zbdesk problems meanings`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>انظر `zbdesk webhooks targets`.</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>انظر `zbdesk webhooks tunnel --help`، أو اختر آخر.</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>أرسل %1 من جديد كسجل جديد، أو سمِّ غيره في هذا السجل؛ ثم يُرسل تلقائيًا.</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>أُرسل إلى Zoho Books: %1.</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>اضبط %1 على عبارة المرور التي أُنشئ بها. لاستخدام سلسلة مفاتيح النظام بدلًا من ذلك، أزل %2 وأعد الربط؛ تبقى السجلات على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>اضبط ساعة هذا الحاسوب، أو ساعة الخادم الذي أصدرها.</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>أعدّ %1 في Zoho Books، أو سمِّ غيره في المستند.</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>تغيّرت الإعدادات (%1): %2.</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>سجّل الدخول بمن يستطيع فتح دفاتر الشركة في المتصفح، وافحص مركز البيانات (%1): هو نهاية عنوان Zoho Books لديك.</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>سجّل الدخول في dashboard.ngrok.com، وانسخ authtoken وأعطه لـ ngrok، أو هنا تحت Webhooks.</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>سجّل الدخول أولًا.</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>سجّل الخروج من هذا الحاسوب ثم ادخل من جديد، فيبدأ من جديد، %1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>اختار أحد Reject، أو لا يحق للمستخدم منح ذلك. سجّل الدخول من جديد واختر Accept، بمستخدم له وصول إلى المؤسسة.</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>أجاب بدلًا منه شيء بين هذا الحاسوب وZoho: وكيل، أو صفحة دخول شبكة، أو صفحة صيانة Zoho. يحاول zbdesk مرة أخرى تلقائيًا.</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>شيء يسميه هذا السجل لم يعد موجودًا في Zoho Books.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>حدث داخل zbdesk أمر غير متوقع.</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>حدث داخل zbdesk أمر غير متوقع. ما هو هنا في أمان؛ وفي السجل (log) التفاصيل اللازمة للإبلاغ.</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>ابدأ من جديد؛ لم يتغير شيء.</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>ابدأ zbdesk، أو انظر تحت المشكلات لماذا لم يبدأ مستقبِله.</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>تعذر تغيير البدء مع الجلسة.</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>تم الإيقاف. يُحتفظ بما قُرئ حتى الآن؛ وتتابع المزامنة التالية من هناك.</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>أوقف ما يعيد كتابة الطلبات: جدار حماية لتطبيقات الويب، أو مرشحات JSON، أو مرحّلًا يحلل المحتوى.</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>فعّل ضريبة المبيعات في Zoho Books، الإعدادات، الضرائب.</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>انتهت المزامنة قبل أن يُكتب هذا.</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>المزامنة لا تعمل، لذلك لا يمكن فعل هذا الآن.</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>توقفت المزامنة بسبب خلل في zbdesk.</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>استرجع الإجراء هنا.</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>أزل تسجيل الدخول أو المرشح عن /webhooks: لا يستطيع Zoho Books تسجيل الدخول هناك.</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>أزل الضريبة من سطر القيد هذا.</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>بدأ استرجاع التشغيل %1 بتاريخ %2 UTC: %3 سجل.</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>المطلوب هنا نص.</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>هذا العنوان يستخدمه ngrok آخر، ربما على حاسوب آخر. أنهِه هناك.</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>جهة الاتصال تلك %1، وهذه %2.</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>ذلك السجل يقابل مستندًا آخر هنا.</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>كانت تلك عمليات دخول عدة في وقت قصير.</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>ينقص: %1.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>دُفع في Zoho Books ولا يمكن حذفه (%1). أزل الدفعة هناك أولًا.</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>دُفع في Zoho Books ولا يمكن إلغاؤه (%1). أزل الدفعة هناك أولًا.</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>هو في فترة مقفلة في Zoho Books ولا يمكن تغييره هناك (%1). خذ جانب Zoho.</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>ينقص: %1.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>دُفع في Zoho Books، ولا يمكن حساب ما سيبلغه (%1). غيّره هناك.</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>دُفع في Zoho Books؛ لم يعد مبلغه يقبل التغيير (%1). خذ جانب Zoho.</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>دُفع جزئيًا، والتغيير يترك المدفوع في مكانه (%1).</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>هو ملغى في Zoho Books ولا يمكن تغييره هناك (%1). خذ جانب Zoho.</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>%1 «%2» في المستندات يعني «%3» في Zoho Books.</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>حُذف %1 «%2» في Zoho Books.</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>لا يمكن استخدام العنوان %1.</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>لا يذكر العنوان ملف SQLite.</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>لا يذكر العنوان قاعدة البيانات.</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>في العنوان الخيار %1، وهو غير معروف هنا.</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>العنوان غير مستخدم الآن.</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>يؤدي العنوان إلى zbdesk آخر، لا إلى هذا.</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>لا خيارات لعنوان ملف SQLite.</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>عنوان قناته مفقود.</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>لم يعد عنوان قاعدة البيانات %1 في سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>تتعذر قراءة عنوان قاعدة البيانات: مضيفه أو منفذه غير مكتوب صحيحًا.</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>لا يبيّن عنوان قاعدة البيانات نوع الخادم.</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>في عنوان قاعدة البيانات فاصل سطر أو حرف تحكم.</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>لم يأت الرد من Zoho Books.</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>ليس في الرد %1. لم يتغير شيء هنا؛ يُرجى الإبلاغ عن ذلك.</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>تعذر حفظ الأرشيف.</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>سطر المصرف مطابق لحساب آخر بالفعل.</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>البطارية دون %1 %. زامن الآن يعمل مع ذلك.</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>يتغير محتوى الرسالة في الطريق، فلا يمكن أن يصح توقيع.</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>يحتاج المتصفح إلى أحدها لتسليم تسجيل الدخول. أغلق البرنامج الآخر أو zbdesk الثاني، أو أدخل منفذًا آخر مسجلًا كعنوان إعادة توجيه في Zoho API console.</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>لا يمكن استخدام ملف الشهادة.</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>شهادة %1 %2.</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>لم يعد يمكن التراجع عن الاختيار.</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>لا يمكن تنفيذ الاختيار لـ %1.</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>Client secret خاطئ.</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>في العمود %1 أنواع مختلفة من القيم، فليس واضحًا أين يبدأ التشغيل التالي.</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>انقطع الاتصال في النهاية. لا تُكرر INSERT تلقائيًا؛ انظر إلى الجدول.</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>انتهى الاتصال قبل وصول جواب Zoho.</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>الاتصال أو Zoho بطيء حاليًا. يعيد zbdesk المحاولة تلقائيًا.</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>جهة الاتصال في هذا المستند غير نشطة في Zoho Books.</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>العملة %1 غير معدّة في Zoho Books.</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>لا يمكن استخدام مجلد البيانات.</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>لا تقبل قاعدة البيانات %1 اسم المستخدم وكلمة المرور هذين.</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>لا تسمح قاعدة البيانات %1 بهذا.</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>لا تجيب قاعدة البيانات %1.</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>قاعدة البيانات %1 مقفلة من برنامج آخر.</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>تتعذر الكتابة في قاعدة البيانات.</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>لا تنفذ قاعدة البيانات الاستعلام.</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>تعطي قاعدة البيانات هنا بايتات. اجعل الاستعلام يحوّلها إلى نص بـ CAST.</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>قاعدة البيانات تالفة.</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>قاعدة البيانات قيد الاستخدام.</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>تحفظ قاعدة البيانات هذا المبلغ ككسر ثنائي. اجعل الاستعلام يقرّبه، مثل ROUND(x, 2).</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>أنشأ قاعدة البيانات إصدار أحدث من zbdesk.</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>لم تجد شركة العرض منفذًا حرًا من %1 إلى %2.</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>تعذرت قراءة التفاصيل (%1): %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>تعذرت قراءة القرص أو الكتابة عليه.</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>تعذرت الكتابة على القرص.</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>القرص ممتلئ.</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>رقم المستند مفقود: كل مستند يحتاج إلى رقم.</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>يقول المستند %1%2، وبنوده تبلغ %3: %4 %5. لا يفسر التقريب ذلك (%6). صحّح البنود أو الضريبة أو الإجمالي.</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>قد يكون القرص مفصولًا أو معطلًا، أو مجلد شبكة لم يعد متاحًا. تحقق منه ثم أعد المحاولة.</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>تتعذر قراءة الملف: %1.</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>أول حرف لا يناسب هو %1. اختر ترميزًا آخر، أو احفظ الملف بـ UTF-8.</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>يحتاج التشغيل الأول إلى قيمة لـ :since.</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>لا يمكن مراقبة المجلد %1.</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>العنوان «%1» ليس في الصف %2. %3 صحّح الملف أو التعيين.</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>العنوان «%1» فوق الأعمدة %2. غيّر اسم أحدها، أو اذكر المقصود في التعيين بموضعه، مثل «#%3».</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>تسجيل الدخول المحفوظ تالف.</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>لا يمكن استخدام ملف المفتاح. اختر آخر، أو اجعله مقروءًا لك وحدك.</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>سلسلة المفاتيح</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>استُرجعت الخطوة الأخيرة ولم يُفقد شيء مما خُزن قبلها. وفّر بعض المساحة ثم زامن من جديد.</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>لا يبيّن البند لأي شيء هو: أعطِ صنفًا أو اسمًا.</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>غُيّر السطر بعد كتابته.</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>نُسيت روابط %1 سجل.</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>قائمة %1 لا تنتهي.</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>لا يجيب المستقبِل على هذا الحاسوب عند المنفذ %1.</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>لا يجيب المستقبِل على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>تتعذر كتابة السجل (log).</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>سلسلة مفاتيح macOS</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>الدليل مفقود.</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>لا يمكن استخدام التعيين %1.</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>لم يعد التعيين %1 للمصدر %2 موجودًا.</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>استُرجع معنى «%1».</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>الوحدات هي: %1.</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>الاسم %1 غير معروف.</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>تحاول المزامنة التالية من جديد. إذا استمر، فانظر في صفحة حالة Zoho أو أبلغ عنه.</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>ربما أُخذ الرقم من قبل، أو لا يمكن استخدام سجل مذكور هنا.</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>أجرت المؤسسة في دقيقة استدعاءات أكثر مما يسمح به Zoho؛ وتُحتسب البرامج الأخرى أيضًا.</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>استُنفدت استدعاءات المؤسسة لهذا اليوم.</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>نتيجة %1</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>نتائج %1 مستند</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>عبارة المرور لا تفتح الملف المختوم.</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>تطبّق الدفعة %1 على %2 حيث المفتوح %3.</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>تنتهي الفترة قبل أن تبدأ.</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>الفترة أطول من عشر سنوات.</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>المنفذ مأخوذ على الخادم، أو أن sshd لا يسمح بالتمرير. اختر منفذًا آخر.</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>لشخص الاتصال الرئيسي قيمة أخرى (%1).</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>البرنامج %1 غير مثبت.</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>انتهى البرنامج قبل هذه الجولة.</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>لا يسمح وكيل هذه الشبكة بخروج الاختبار.</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>لا يمكن استخدام عنوان الوكيل.</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>العنوان العام للنفق المسمى مفقود.</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>يطلب الاستعلام :since، ولا عمود يبيّن أين يبدأ التشغيل التالي.</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>لا يبدأ الاستعلام بـ SELECT.</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>يعطي الاستعلام أكثر من %1 صف.</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>يعطي الاستعلام عمودين باسم %1.</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>في الاستعلام الكلمة %1 التي تغيّر شيئًا.</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>يقفل الاستعلام ما يقرؤه.</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>لم يعد الاستعلام يعطي العمود %1.</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>لم يعد الاستعلام يعطي الأعمدة %1.</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>استغرق الاستعلام أكثر من %1 ثانية فأُوقف.</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>أُوقف الاستعلام.</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>كان طابور هذا الهدف ممتلئًا.</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>عنوان إعادة التوجيه غير مسجل لهذا العميل (Client).</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>يتعذر الوصول إلى المرحّل.</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>لا يقبل المرحّل الرسالة (%1).</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>أنهى المرحّل البث.</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>سكت المرحّل.</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>يجري سؤال المرحّل.</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>المرحّل متصل.</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>المرحّل متعثر (%1).</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>لا يُسأل المرحّل الآن.</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>يمرر المرحّل الأحداث، لكنه يكتبها من جديد، لذلك تُعدّ إشارات فقط.</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>يرفض المرحّل القناة (%1).</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>يحيلنا المرحّل إلى عنوان آخر.</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>أخذ المرحّل السؤال، ولم يخرج من القناة.</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>يؤدي عنوان المرحّل إلى صفحة عادية.</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>الباقي محفوظ لما تفعله بنفسك؛ وتستمر المزامنة في الخلفية بعد منتصف الليل لدى المؤسسة.</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>لا يمكن استرجاع التشغيل.</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>توقف التشغيل قبل أن يكتب %1 %2 إلى %3: %4. هذا أكثر مما يجوز بلا نظر: %5. لم يُكتب شيء.</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>لم يخبر zbdesk العامل كيف كان الاختبار.</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>لا يمكن فتح الملف المختوم.</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>الملف المختوم قيد الاستخدام من برنامج آخر.</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>سر هذا الهدف ليس في سلسلة المفاتيح: أزل الهدف وأضفه من جديد.</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>رفض هذا الحاسوب الاتصال الآمن بـ Zoho.</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>أعطى الخادم جوابًا غير الإشعار.</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>الخادم غير معروف هنا بعد. سجّل الدخول إليه مرة يدويًا بـ ssh وقارن مفتاحه.</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>الخادم ليس الذي كان. اسأل من يديره؛ وعندئذ فقط أزل مفتاحه القديم من known_hosts.</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>الخادم أو العنوان العام المؤدي إلى منفذه مفقود.</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>يجب أن يكون الإعداد %1 %2.</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>تعذر حفظ الإعدادات.</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>تتعذر قراءة ملف الإعدادات.</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>لا تسمح إعدادات هذا الربط بذلك لـ %1 في Zoho Books: %2.</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>تعذر حفظ تسجيل الدخول.</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>لم يتم تسجيل الدخول.</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>لا يسمح تسجيل الدخول لـ zbdesk بإعداد webhooks.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>لا يتضمن تسجيل الدخول الإذن %1.</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>لا يشمل تسجيل الدخول إذن حذفه (%1).</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>لم يكتمل تسجيل الدخول.</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>لم يكتمل تسجيل الدخول في المتصفح في الوقت المحدد.</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>تسجيل الدخول في ملف مختوم، ولم تُعطَ عبارة مرور.</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>لم يعد تسجيل الدخول في سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>أُلغي تسجيل الدخول.</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>أُرسل تسجيل الدخول إلى عنوان لا يخص Zoho.</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>لا يصل التوقيع، أو أن المستقبِل الذي وُصل إليه له سر آخر.</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>ليس للمستخدم المسجل دخوله وصول إلى هذه المؤسسة.</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>المستخدم المسجل دخوله، أو الأذونات الممنوحة عند تسجيل الدخول، لا تشمل %1.</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>يعرض الجدول هنا %1: صيغته فاشلة. صحّح الصيغة، أو أدخل القيمة.</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>لا تبيّن عبارة الكتابة الراجعة أي مستند تخص.</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>ليس في عبارة الكتابة الراجعة WHERE.</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>في عبارة الكتابة الراجعة الكلمة %1.</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>عبارة الكتابة الراجعة ليست UPDATE ولا INSERT.</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>في العبارة أكثر من %1 حرف.</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>في العبارة حرف NUL.</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>في العبارة تعليق ينفذه MySQL.</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>في العبارة علامة استفهام.</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>العبارة فارغة.</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>يقول النظام: %1.</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>يقول النظام: %1. حاول مرة أخرى.</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>الجدول</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>لا تجيب قاعدة بيانات الفريق.</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>لم يكتمل إعداد النفق %1.</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>لا يشملها دور المستخدم أو خطة المؤسسة أو الأذونات الممنوحة عند تسجيل الدخول. اسأل مسؤول Zoho Books لديك، أو أعد الربط متضمنًا هذا الجزء.</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>الطريق من الإنترنت إلى هذا الحاسوب مفتوح.</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>الطريق إلى هناك مغلق، أو بطيء جدًا.</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>لم يُختبر الطريق إلى هذا الحاسوب بعد.</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>لا يجيب مستقبِل webhooks في هذا zbdesk.</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>يوجد look وmake وvouch.</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>يوجد: %1.</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>يوجد مصدر باسم %1 بالفعل.</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>يوجد أكثر من عبارة.</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>لا يوجد %1 فيه %2 «%3».</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>لا يوجد «%2» في الدفاتر (%1).</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>لا توجد نسخة احتياطية بجانبها. انقلها إلى مكان آخر وأعد الربط: لا تزال السجلات في Zoho Books.</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>لا رمز فيما أُلصق.</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>لا يوجد تعارض %1.</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>لا يوجد مركز بيانات «%1».</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>لا توجد قاعدة بيانات %1 بين المصادر.</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>لا توجد قاعدة بيانات عند %1.</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>لا توجد مشكلة متجاهَلة %1.</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>لا يوجد ترميز «%1»؛ المعتاد utf-8, cp1252, cp1251, shift_jis, gb18030.</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>لا يوجد حدث %1 يمكن إعادته.</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>لا يوجد سعر صرف لـ %1 في Zoho Books.</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>لا يوجد ملف %1.</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>لا يوجد مجلد %1 للتصدير إليه.</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>لا يوجد استيراد %1.</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>لا توجد سلسلة مفاتيح على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>لا توجد قاعدة بيانات محلية بعد.</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>لا يوجد تعيين «%1».</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>لا توجد وحدة %1.</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>لا توجد مشكلة مفتوحة %1.</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>لا توجد مشكلة %1.</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>لا يوجد عنوان عام بعد.</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>لا يوجد تشغيل %1.</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>لا يوجد جانب %1.</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>لا يوجد مصدر %1.</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>لا يوجد سجل كهذا في Zoho Books.</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>لا يوجد هدف %1.</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>لا يوجد رمز باسم %1.</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>لا توجد قيمة لـ :%1.</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>لا يوجد بهذا المعرّف: انظر `zbdesk webhooks deliveries`.</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>هذه ما زالت في Zoho Books: %1. أزلها هناك تحت الإعدادات، الأتمتة.</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>هي على: %1. اذكر واحدة منها في التعيين بصفة «sheet».</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>تُعرف بطريقة أخرى؛ انظر `zbdesk recognition`.</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>يوجد %1 هذا %2 مرات في Zoho Books.</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>حُذف %1 هذا في Zoho Books.</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>هذا العنوان يخص تسجيل دخول آخر.</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>لا يمكن استخدام هذا العنوان.</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>في هذا المبلغ علامتا ناقص؛ واحدة تكفي.</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>هذا المبلغ بـ %1، والمستند بـ %2.</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>هذا المبلغ مدموج على الصفوف من %1 إلى %2. ألغِ الدمج واكتب في كل صف ما يخصه.</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>لا يمكن حفظ هذا.</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>كان هذا الحاسوب نائمًا. تستمر المزامنة فور إجابة Zoho Books.</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>هذا الحاسوب غير مرتبط بـ Zoho Books.</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>هذا الحاسوب على اتصال محدود. زامن الآن يعمل مع ذلك.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>ساعة هذا الحاسوب متقدمة %1.</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>ساعة هذا الحاسوب متأخرة %1.</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>ساعة هذا الحاسوب خاطئة.</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>هذا الربط للقراءة فقط، فلا يمكن ذلك لـ %1 في Zoho Books: %2.</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>هذا الربط للقراءة فقط.</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>مجلد البيانات هذا قيد الاستخدام: %1.</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>قاعدة البيانات هذه تخص برنامجًا آخر.</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>هذا لا يخص %1.</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>لم تُحسب هذه الصيغة قط، فلا قيمة لها في الملف. افتح الملف في برنامج الجداول، واحفظه هناك واستورده من جديد.</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>تغيّر هذا منذ فتح النموذج. افتحه من جديد لترى حاله الآن.</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>لا يمكن استرجاع هذا الاستيراد.</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>هنا TRUE أو FALSE حيث المطلوب مبلغ.</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>هنا تاريخ حيث المطلوب مبلغ؛ ربما حوّل الجدول 3.4 إلى تاريخ.</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>هنا نسبة مئوية حيث المطلوب مبلغ.</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>صار هذا تشغيلًا آخر.</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>ليس اسمًا صالحًا (%1).</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>ليس رقمًا. اجعل الاستعلام يتركه.</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>ليس مبلغًا؛ اكتبه مثل 1234.50.</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>هذه كتابة علمية فقدت أرقامًا. نسّق العمود كرقم.</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>هذا لا يذكر سجلًا.</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>هذا الرقم في الصف %1 أيضًا. أعطِ كل مستند رقمًا خاصًا، أو اذكر في التعيين أن عدة صفوف مستند واحد (row_per_line).</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>هذه المؤسسة قيد الاستخدام الآن.</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>لم تعد هذه المؤسسة معروفة على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>لا يوجد هذا السجل في Zoho Books.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>هذا السجل محذوف في Zoho Books بالفعل.</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>هذا السجل محذوف في Zoho Books.</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>هذا السجل موجود في Zoho Books بالفعل.</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>لم يعد هذا السجل هنا.</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>في هذا الصف %1 قيمة تحت %2 عنوان: إحداها تحوي الفاصل «%3» وليست بين علامتي اقتباس. ضعها بين علامتي اقتباس، أو احفظ الملف بفاصل آخر.</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>هذا الصف مفصول بـ «%1» والعناوين مفصولة بـ «%2». احفظ الملف كله بفاصل واحد.</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>لم ينته هذا التشغيل بعد.</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>لم يكتب هذا التشغيل شيئًا في Zoho Books.</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>هذا النص أطول من أن يكون مبلغًا.</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>ليس لهذا المستخدم مؤسسة في Zoho Books.</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>يزول هذا عادةً. إذا استمر، فتحقق في Zoho من أن المستخدم لا يزال له وصول إلى المؤسسة.</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>برامج كثيرة جدًا تسأل هذه المؤسسة في الوقت نفسه.</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>عمليات تسجيل دخول أو تجديد كثيرة جدًا في وقت قصير. أعد المحاولة بعد %1 دقائق؛ تسجيل الدخول نفسه سليم.</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>مع هذا المبلغ عملتان؛ واحدة تكفي.</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>يُقبل http بلا تشفير على هذا الحاسوب فقط (127.0.0.1, localhost).</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>حتى ذلك الحين ينظر zbdesk كل %1 دقيقة.</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>حتى ذلك الحين ينظر zbdesk كل %1 ثانية.</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>استخدم .csv أو .xlsx أو .json أو .jsonl أو .sqlite.</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>استخدم شهادة عامة، كالتي تعطيها Let's Encrypt.</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>استخدم واحدًا من %1.</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>انتظر %1 ثانية قبل التالي: يحظر Zoho المستخدم بعد كثير منها.</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>انتظر الجواب، ثم تراجع عنه كتغيير جديد.</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>انتظر الرد.</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>انتظر حتى ينتهي البرنامج الذي يكتبه، وحاول مرة أخرى.</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>تصل أحداث webhook بتوقيع خاطئ؛ وهي تُرفض.</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>لم تُعدّ webhooks.</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>تصل webhooks من جديد. غابت %1؛ ووُجد بالنظر %2، ولم يفت شيء.</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>تصل webhooks.</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>لا يمكن أن تصل webhooks: المنفذ %1 يستخدمه برنامج آخر.</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>لا تصل webhooks: %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>فاتت webhooks تغييرات، ولم يصل منها شيء منذ ذلك الحين.</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>يحسب Zoho Books ما يبلغه عند وصوله.</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>ما وُجد عن الإصدارات الجديدة ليس منا.</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>ما حُفظ من قبل لم يُمس.</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>ما كان هناك من قبل لم يُمس.</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>بدونها تتغير كل صفوف الجدول.</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>اكتب ملف .csv، أو رشّح أولًا. لم يُكتب شيء.</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>اكتبه مثل 2026-11-20.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>اكتبه مثل {"%1": {"%2": "..."}, "%3": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>اكتبه مثل {"%1": {"number": "..."}, "amount_applied": "12.50"}.</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>اكتبه مثل sqlite:///path/to/file.db أو postgresql://user:password@host/name أو mysql://user:password@host/name.</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>اكتب SELECT واحدة.</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>اكتب UPDATE واحدة فيها :source_id في WHERE، أو INSERT واحدة.</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>اكتب واحدة فقط: يجوز أن تكون فاصلة منقوطة في النهاية، لا في غيرها.</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>اكتب sqlite:///path/to/file.db.</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>مست الكتابة الراجعة %1 للمستند %2.</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX أو ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>لا يسمح حساب ngrok لديك بوكيل ثانٍ. أنهِ الآخر، أو اختر نفقًا آخر.</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>يُستخدم عنوانك الخاص.</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>أجاب Zoho (%1) بـ «%2». أعد المحاولة؛ وإذا استمر فتحقق من Client ID والسر ومركز البيانات.</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>يعرف Zoho (%1) معرّف Client ID، لكن ليس بهذا السر. انسخه من جديد من API console؛ من دون تشغيل كل مراكز البيانات يكون لكل منها سره.</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>لدى Zoho Books بالفعل سجل فيه %1 نفسه.</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>أجاب Zoho Books عن %1 بصيغة لا يعرفها zbdesk.</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>طلب Zoho Books التوقف مؤقتًا حتى %1 بتوقيت UTC.</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>يطلب Zoho Books التوقف مؤقتًا حتى %1 بتوقيت UTC.</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>الحساب في Zoho Books %1، وفي المصدر %2.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>لم يقبل Zoho Books الطريقة التي طُلب بها %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>لم يقبل Zoho Books هذا.</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>لم يحتفظ Zoho Books بما أُرسل: %1.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>لم يقبله Zoho Books بعد؛ تُعاد المحاولة في المزامنة التالية.</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>لم يقبله Zoho Books: %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>لا يسمح Zoho Books بالوصول إلى %1.</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>لا يسمح Zoho Books للبرامج الأخرى بذلك لـ %1: %2.</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>يخفق Zoho Books في كل مرة يُرسل فيها %1 هذا.</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>في Zoho Books خلل حاليًا.</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>في Zoho Books أكثر من %1 قد يكون «%2».</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>ليس في Zoho Books %1 «%2».</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>ليس في Zoho Books إجراء «%1» لـ %2.</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>ليس في Zoho Books سعر صرف لـ %1.</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>ليس في Zoho Books %1 كهذا.</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>لا طريق في Zoho Books من %1 رجوعًا إلى %2.</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>ليس في Zoho Books ما يُختار منه.</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>لم يقل Zoho Books هل أُنشئ (%1 %2).</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>في Zoho Books شيء آخر الآن؛ وهو تحت التعارضات.</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>يُبقيهما Zoho Books منفصلين.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>يجب تسجيل الدخول إلى Zoho Books من جديد.</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>يجب تسجيل الدخول إلى Zoho Books من جديد. لم يُطلب شيء.</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>تعذر الوصول إلى Zoho.</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>لم يقبل Zoho الرمز.</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>لم يجب Zoho خلال %1 ثوانٍ.</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>لا يقبل Zoho تسجيل دخول من هناك. اضبط التاريخ والوقت والمنطقة الزمنية، والأفضل تلقائيًا عبر الشبكة، وسجّل الدخول من جديد.</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>لا يمنح Zoho الأذونات المطلوبة.</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>لا يعرف Zoho معرّف Client ID هذا.</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>لم يمنح Zoho إذنًا دائمًا.</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>لم يذكر Zoho سببًا.</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>لم يعد Zoho يقبل تسجيل الدخول هذا.</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>لم يعد Zoho يعرف هذا العميل (Client).</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>رفض Zoho تسجيل دخول جدّده للتو.</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>يقول Zoho: %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>يقول Zoho: %1 (الرمز %2). هذا خلل في zbdesk؛ يُرجى الإبلاغ عنه.</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>أرسل Zoho الصفحة %1 مرة أخرى كصفحة تالية. لم يتغير شيء هنا بذلك؛ تُقرأ من جديد في الجولة التالية.</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>لم يُبلَّغ Zoho. أنهِ تسجيل الدخول هناك: %1, Sessions, Connected Apps.</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>ليس في جواب Zoho السجل.</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>كان جواب Zoho خطأ لا يبيّن هل تم الأمر.</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>شهادة Zoho غير مقبولة هنا. تحقق من تاريخ هذا الحاسوب ووقته؛ وفي شبكة شركة اسأل هل يجب تثبيت شهادتها الخاصة.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>يطلب خادم تسجيل الدخول لدى Zoho التوقف مؤقتًا.</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>لم يعط خادم تسجيل الدخول لدى Zoho ردًا صالحًا.</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>يسردها `zbdesk interface tokens`.</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>يسردها `zbdesk runs`.</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>يسردها `zbdesk sources`.</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>يسرد `zbdesk webhooks events` ما هو هنا؛ ولا يمكن إعادة النظر إلا في أحداث تذكر سجلًا.</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>ملف JSON (يقبله `zbdesk put`)</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>مستند PDF</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>أرشيف مضغوط</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>قاعدة بيانات</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>قائمة من منفذ إلى عشرة منافذ بين 1024 و65535</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>رقم</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>صورة</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>مرحّل يُستطلع</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>سعر</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>مرحّل smee، أحداثه إشارات فقط</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>جدول</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>مستند نصي</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>صفحة ويب باسم جدول</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>عدد صحيح</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>عن حقل يكتبه zbdesk</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>ملف XML</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>حساب</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>مبلغ</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>zbdesk آخر</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>zbdesk آخر (العملية %1)</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>zbdesk آخر (العملية %1) منذ %2 UTC</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>zbdesk آخر منذ %1 UTC</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>أقصى ما يجوز أن يكون هنا</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both أو pull أو push</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>البايت %1 بعد السطر %2</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>لا يمكن أن يصح: هذا المرحّل يكتب المحتوى من جديد</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>الشهادة صالحة</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>الشهادة صالحة حتى %1 %2 %3</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>تغيّر</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>فاصلة</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>تعليق</translation>
    </message>
    <message>
      <source>created</source>
      <translation>إنشاء</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>عميل</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>يوم-شهر-سنة</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>حُذف</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>نص بين علامات الدولار</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>يجب أن يكون كل جزء كائنًا.</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>تنتهي إلى جهة ليست عامة</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>وُجد عند %1</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>انتهت صلاحيتها</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>هي لعنوان آخر</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>هي لاسم آخر</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>هي من جهة غير معروفة هنا</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>لا تُقبل</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>ليست صالحة بعد</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>موقّعة ذاتيًا، ولا يقبل Zoho Books ذلك</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>تتعذر قراءته</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>لا يجيب</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>لا يُذكر أيّ واحد (%1).</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>ليس PEM</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>ليس TOML</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>ليس نص UTF-8</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>ليست موثوقة</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>يحتاج إلى مبلغ أكبر من صفر.</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>لا يقبل الاتصال</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>استغرق وقتًا طويلًا</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>ليس في عنوانه منفذ صالح</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>يجب أن يشبه عنوانه http://proxy.example.com:8080</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>حالته</translation>
    </message>
    <message>
      <source>less</source>
      <translation>أقل</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>السطر %1</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>السطر %1 ليس TOML</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>السطر %1 من %2</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>بندًا بندًا</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>بنود</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>بنود</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>ربط</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local أو remote أو ask</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>بحث عنه الوكيل</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>ذاكرة هذه العملية فقط</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>شهر-يوم-سنة</translation>
    </message>
    <message>
      <source>more</source>
      <translation>أكثر</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>أسماء مصادر بينها فواصل</translation>
    </message>
    <message>
      <source>new</source>
      <translation>جديد</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>لا جواب؛ ربما يوجد جدار حماية في الطريق</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>لا اتصال</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>لا صف</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>لم ينشأ اتصال آمن</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>غير لازم على هذا الحاسوب</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>لا شيء</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>واحد من %1</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>أو عيّن %1 لحفظ الأسرار في ملف مختوم بعبارة مرور.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>نقطة</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>المنفذ %1، هذا الحاسوب فقط</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>JSON يمكن قراءته</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>صف يمكن قراءته</translation>
    </message>
    <message>
      <source>record</source>
      <translation>سجل</translation>
    </message>
    <message>
      <source>records</source>
      <translation>سجلات</translation>
    </message>
    <message>
      <source>rounded at the end</source>
      <translation>التقريب في النهاية</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>الحالة %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>الضريبة على المجموع</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>الضريبة بكل المنازل العشرية</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>نص بين علامتي اقتباس</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>نص مثل %1</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>قُطع الاتصال</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>مدخل سلسلة المفاتيح</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>الاسم %1 غير معروف</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>الحقل الجديد</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>يطلب الوكيل تسجيل دخول</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>لا يسمح الوكيل بمروره (يقول %1)</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>أنهى الوكيل الاتصال</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>يرفض الوكيل الاسم أو كلمة المرور</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>عنوان إعادة التوجيه</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>الملف المختوم %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>النفق</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>نافذة zbdesk</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>نافذة zbdesk (العملية %1)</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>نافذة zbdesk (العملية %1) منذ %2 UTC</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>يوجد ملف بهذا الاسم</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>هذا الحاسوب نفسه</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true أو false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>دقيقتان</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>مورد</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>إلغاء</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>ما عاد ليس جواب خادم ويب</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>بأسعار مقرّبة</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>سنة-يوم-شهر</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>سنة-شهر-يوم</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes أو no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>عنوانك العام الخاص</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>لا يستطيع zbdesk الكتابة في مجلد بياناته.</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>ليس لدى zbdesk هنا برنامج تشغيل لـ %1.</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>zbdesk قيد الإغلاق، فلم يعد الجواب مطلوبًا. لم يتغير شيء.</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>يحفظ zbdesk تسجيل الدخول في سلسلة مفاتيح النظام فقط. ثبّت واحدة (gnome-keyring أو KWallet في Linux) وسجّل الدخول إلى سطح المكتب من جديد، %1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>يحتاج zbdesk إليها لتسجيل الدخول. افتح قفلها واختر إعادة المحاولة؛ ولا يُفقد شيء في الأثناء.</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>يذهب «%1» إلى %2 بالفعل؛ عمود واحد فقط يستطيع ذلك.</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>يمكن أن يكون «%1» %2%3 أو %4.%5. اذكر في التعيين هل يكتب الملف نقطة عشرية أم فاصلة عشرية.</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>يمكن أن يكون «%1» %2. اذكر في التعيين بأي ترتيب يكتب الملف اليوم والشهر والسنة.</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>لا يمكن ملء «%1» من عمود.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>لا يناسب «%1» علامة عشرية %2: آلافه ليست ثلاثًا ثلاثًا. صحّحه، أو اذكر أن العلامة العشرية في الملف %3.</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>لا يناسب «%1» علامة عشرية %2؛ وربما يكتب الملف علامة عشرية %3.</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>لا يبيّن «%1» أي أرقامه السنة. اكتب السنة بأربعة أرقام.</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>في «%1» جزء زائد: %2 قيمة واحدة.</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>فقد «%1» آخر أرقامه في جدول. نسّق العمود كنص، وأدخله من جديد واحفظ الملف.</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>في «%1» أكثر من %2 منزلة عشرية أو أنه كبير جدًا.</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>في «%1» أكثر من علامة عشرية (%2).</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>في «%1» أكثر من ست منازل عشرية أو أنه كبير جدًا.</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>ليس لـ «%1» معنى خاص به.</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>في «%1» السنة %2 من التقويم البوذي. اكتبه %3 واستورد من جديد.</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>في «%1» السنة %2. صحّح الخلية.</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>«%1» تاريخ بلا فواصل. اذكر في التعيين بأي ترتيب يكتبه الملف.</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>«%1» رقم حيث المطلوب تاريخ. نسّق العمود كتاريخ.</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>«%1» رقم يوم في جدول. نسّق العمود كتاريخ واحفظ الملف من جديد.</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>«%1» ليس صحيحًا ولا خاطئًا.</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>«%1» ليس نعم ولا لا.</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>«%1» ليس رمز عملة؛ اكتبه مثل EUR.</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>«%1» ليس عملة. اكتب رمزها، مثل EUR.</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>«%1» ليس حقلًا مخصصًا؛ اكتبه مثل custom_fields.cf_region.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>«%1» ليس تاريخًا بالترتيب %2.</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>«%1» ليس تاريخًا بالترتيب %2. صحّح الخلية.</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>«%1» ليس اسم حقل.</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>«%1» ليس تاريخًا؛ اكتبه مثل 2026-11-20.</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>«%1» ليس نسبة بين 0 % و100 %.</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>«%1» ليس مبلغًا؛ اكتبه مثل 1234.50.</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>«%1» ليس منها.</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>«%1» علامة عدة عملات. اكتب الرمز، مثل USD.</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>يجب أن يكون «%1» أكبر من صفر.</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>«%1» لا يذكر سجلًا؛ أنهِه بواحد من %2.</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>إنشاؤها (&amp;M)</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>تُعلَّم الوحدة تلقائيًا في القائمة عند وصول أول حدث لها.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>العنوان</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>قيد الإنشاء في Zoho Books…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>قيد الإزالة من Zoho Books…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>يدويًا بدلًا من ذلك (&amp;H)…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
    <message>
      <source>For</source>
      <translation>من أجل</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>الوحدة</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation>إزالة ما أُنشئ (&amp;V)</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>إعداد webhooks في Zoho Books؟</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>السبب مذكور بجانب كل منها؛ ويمكن فعل كل شيء يدويًا.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>ينقص تسجيل الدخول الإذن ZohoBooks.settings.CREATE. افعل ذلك يدويًا أو أعد الربط.</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>ينقص تسجيل الدخول الإذن ZohoBooks.settings.DELETE.</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>هذه محاولة: يوثّق Zoho الاستدعاءات لكن ليس كل مفرداتها. يُنشأ لكل وحدة webhook وقاعدة للتغييرات، وزوج لعمليات الحذف. وما يخفق يُذكر ويمكن فعله يدويًا.</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>ما آل إليه</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>ما يحدث</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>ما يُنشأ في Zoho Books</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>السبب</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>يُنشأ webhook وقاعدة</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>التغييرات</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>عمليات الحذف</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>موجود</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>تُجرى محاولة؛ وقد يرفضها Zoho</translation>
    </message>
    <message>
      <source>made</source>
      <translation>أُنشئ</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>لم يُجرَّب</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>مرفوض</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>أزيل</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>كان موجودًا</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>ميزانية الاستدعاءات</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>عمليات الربط</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>البيانات والسجلات (logs)</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>الصادرات والبرامج</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>اللغة والمظهر</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>الوحدات والاتجاه</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>الشبكة</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>الإشعارات</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>الخصوصية</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>حدود الأمان</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>تجري المزامنة</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>النافذة وشريط النظام</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>بحث عن إعداد</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>مجموعات الإعدادات</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>لا يوجد إعداد بهذه الكلمات.</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>الإعدادات</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>تتابع %1 فورًا: %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>هو في Zoho Books (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>استخدامه (&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>استخدامه لـ %1 (&amp;U)</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>اختر واحدًا.</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>يُحفظ ذلك ويسري على كل مستند يستخدم هذا الاسم.</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>سبقت تسويته.</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>ربط به</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>لا شيء يطابق ما كتبته.</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>تجري قراءة ما في Zoho Books…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>بيان المقصود</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>يُدمج هذا السجل معه ويأخذ ما في Zoho Books.</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>اكتب للعثور عليه</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>ما في Zoho Books</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>أي %1 في Zoho Books هو «%2»؟</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>لا يوجد شيء منها في Zoho Books؛ أعدّه هناك أولًا.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>و%1 غيرها</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation>تتبعها %1 بعد تسوية هذه.</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>فاصلة: %1 (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>اليوم أولًا (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>الشهر أولًا (&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>نقطة: %1 (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>السنة أولًا (&amp;Y)</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>التواريخ: %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>اليوم أولًا</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>العلامة العشرية: %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>كم يساوي %1؟</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>تركها تنتظر (&amp;W)</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>تصحيح (&amp;N)</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>صحح كلًا منها أدناه، أو اترك مستنداتها تنتظر على هذا الحاسوب حتى تتوفر الأسماء.</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>الشهر أولًا</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>الأسماء غير الموجودة في الدفاتر تنتظر</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>لا شيء. يمكن استيراد كل صف كما هو.</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>الصف %1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>الصف %1 و%2 غيره</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>صفوف مثل %1 لا تحتمل إلا %2، لكن zbdesk لا يخمّن التواريخ.</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>عرض</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>استرجاع</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>أخذ «%1»</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>لا يبيّن الملف هل علامته العشرية نقطة أم فاصلة.</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>لا يبيّن الملف ذلك. إجابة واحدة تسري على كل تواريخه.</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>للتسوية هنا</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>يظهر هنا ما يلزم تسويته بعد فحص الصفوف.</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>ما ينبغي أن يكون</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>أي يوم هو %1؟</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>السنة أولًا</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>قيد الفحص…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>فاصلة</translation>
    </message>
    <message>
      <source>point</source>
      <translation>نقطة</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>مؤرخ</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>تواريخ تتوقف على الساعة</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>اليوم بتوقيت UTC</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>يوم المؤسسة</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>يوم هذا الحاسوب</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>وقت الإنشاء</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>السجل</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>الأيام في شهر واحد.</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>الأيام في شهرين.</translation>
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>لا توجد في هذا الخادم صفحات ويب لسجلاته.</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Connect Zoho Books</source>
      <translation>ربط Zoho Books</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>استيراد %1</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>إلى</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>يُحفظ ما أدخلته إذا أغلقت هذه النافذة. ويُطلب Client secret من جديد.</translation>
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation>إلغاء (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation>اعتماد (&amp;S)…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(اختياري)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>يُكتب ملف بقائمة التحقق ومجاميع الجانبين وبصمتها من أجل %1.</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>أدخل اسم الشخص الذي يعتمد.</translation>
    </message>
    <message>
      <source>No&amp;te</source>
      <translation>ملاحظة (&amp;T)</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>ملاحظة</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation>لا يتغير شيء في Zoho Books.</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>اعتماد</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>اعتماد %1؟</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>هذه النقاط مفتوحة وستُكتب مفتوحة:</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>اسمك (&amp;M)</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>اسمك</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>%1 min %2 s</source>
      <translation>%1 د %2 ث</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 ث</translation>
    </message>
    <message>
      <source>%1, opened at %2</source>
      <translation>%1، فُتحت في %2</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>فتح من جديد (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>أخذه (&amp;T)</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>فُتحت صفحة من Zoho في متصفحك. سجّل الدخول هناك واختر Accept ثم عد إلى هنا.</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>العنوان أو الرمز من المتصفح (&amp;D)</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>إلغاء تسجيل الدخول</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>اختر «نسخ الرابط» وافتحه في متصفح لديك على هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>نسخ الرابط (&amp;L)</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>انسخ الرابط أدناه وافتحه</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>جارٍ استبداله</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>تقدم تسجيل الدخول</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>إذا كان تسجيل دخولك إلى Zoho في متصفح آخر، فانسخ الرابط وافتحه هناك. وإذا قال المتصفح إنه لا يستطيع الوصول إلى localhost، فانسخ عنوان تلك الصفحة كاملًا واختر «لصق الرمز».</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>إذا قال المتصفح إنه لا يستطيع الوصول إلى localhost، فاستخدم «لصق الرمز».</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>انتهى هنا</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>التالي، تلقائيًا</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>تعذر فتح متصفح.</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>لم يحدث شيء في المتصفح؟</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>يجري فتح صفحة تسجيل الدخول</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>لصق الرمز (&amp;C)…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>تجري قراءة مؤسساتك</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>سجّل الدخول إلى Zoho في متصفحك</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>تسجيل الدخول بالرمز</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>إتمام تسجيل الدخول</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>الرمز جاهز</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>صفحة تسجيل الدخول مفتوحة</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>صفحة تسجيل الدخول جاهزة</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>فُتحت صفحة تسجيل الدخول من جديد</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>العنوان الكامل للصفحة التي تعذر الوصول إليها، أو الرمز وحده.</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>تتابع هذه الصفحة تلقائيًا بعد تسجيل الدخول.</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>الوقت المتبقي</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>الوقت المتبقي:</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>الوقت المتبقي: %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>إعادة المحاولة (&amp;A)</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>أعد المحاولة، أو ارجع وغيّر شيئًا.</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>الانتظار 10 دقائق من الآن (&amp;M)</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>في انتظار أن تختار Accept</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>اخترت Accept</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>تسرد صفحة Zoho ما يطلبه zbdesk. اختر Accept هناك؛ ثم تخبرك الصفحة أنه يمكنك العودة.

لا يستطيع متصفح على حاسوب آخر الوصول إلى هذا الحاسوب. انسخ العنوان الذي لم يستطع فتحه وألصقه هنا، أو ارجع وسجّل الدخول برمز.</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>يستبدل zbdesk الرمز لدى Zoho؛ ويستغرق ذلك بضع ثوانٍ.</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>يستمع zbdesk على %1 في هذا الحاسوب</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>%1 كما كانت</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>تغيّر %1</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>%1 ناقصة</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 جديدة</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>%1 مرفوضة</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>كل ما يناسب %1</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>الأوامر</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>قاعدة البيانات</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>تم</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>أخفق</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>مساعدة</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>سليم</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>لم يعمل بعد</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>الصفحات</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>موقوف مؤقتًا</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>تم التراجع</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>الإعدادات</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>بعضها مرفوض</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>متوقف</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>قيد التنفيذ</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>مجلد مراقب</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>كل أقل من دقيقة</numerusform>
        <numerusform>كل دقيقة</numerusform>
        <numerusform>كل دقيقتين</numerusform>
        <numerusform>كل %n دقائق</numerusform>
        <numerusform>كل %n دقيقة</numerusform>
        <numerusform>كل %n دقيقة</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>تعيين الحقول %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>لا ملف فيه صف غير صالح</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>ليس الآن</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>عندما تطلب ذلك فقط</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>يقرأ فقط</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>يكتب الرد</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1 من المصادر تُقرأ به؛ وستخفق حتى يُحفظ من جديد بهذا الاسم.</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>إزالة قاعدة البيانات (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>إزالة تعيين الحقول (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>إبطال رمز الوصول (&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>إيقاف المراقبة (&amp;S)</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>لا تُستورد بعد ذلك الملفات التي توضع هناك. يبقى المجلد وملفاته، وكذلك ما في done وfailed؛ ويبقى ما جاء منه.</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>لا تُسأل بعد ذلك، ويُحذف عنوانها من سلسلة المفاتيح. لا يتغير شيء في قاعدة البيانات؛ ويبقى ما جاء منها. وإذا أضيفت من جديد تُقرأ من بدايتها.</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>إزالة قاعدة البيانات %1؟</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>إزالة تعيين الحقول %1؟</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>إبطال رمز الوصول %1؟</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>إيقاف مراقبة %1؟</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>يُرفض البرنامج الذي يستخدمه فورًا. ويبقى ما أتى به. ورمز الوصول المُبطل لا يفتح مرة أخرى أبدًا.</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>يبقى ما استُورد به.</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1 يتابع.</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>تجري قراءة %1…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1 موقوف مؤقتًا.</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>أزيل %1؛ ويبقى ما جاء منه.</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>متابعة (&amp;G)</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>يأخذ المجلد المراقب الملفات التي يضعها فيه برنامج آخر؛ وتُسأل قاعدة البيانات تلقائيًا.</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>تعديل (&amp;T)…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>يُبحث عنه من جديد تلقائيًا.</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>آخر تشغيل</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>لا مجلد مراقب، ولا قاعدة بيانات تُسأل.</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>لا جديد.</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>إيقاف المصدر مؤقتًا (&amp;C)</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>إزالة (&amp;M)…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>مرفوض</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>تشغيل الآن (&amp;O)</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>قيد العمل</translation>
    </message>
    <message>
      <source>State</source>
      <translation>الوضع</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>مقبول</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>مراقبة مجلد…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>المجلدات المراقبة وقواعد البيانات</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>ما أبلغ عنه</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>أين</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>إضافة قاعدة بيانات (&amp;A)…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>استيراد ملف (&amp;I)…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>الصادرات والبرامج</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>المجلدات وقواعد البيانات</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>تعيينات الحقول</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>عمليات الاستيراد السابقة</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>المصادر</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>مراقبة مجلد (&amp;D)…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>من أين تأتي المستندات، وإلى أين تذهب تلقائيًا</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>أي جزء</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>البطارية</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>البطارية أقل من</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>منخفضة دون</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>الشبكة</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>إيقاف مؤقت تلقائي</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>يظهر السبب عندئذ أسفل النافذة؛ ومع ذلك يعمل «زامن الآن» مرة واحدة.</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>على اتصال محدود البيانات</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>عندما تنخفض البطارية</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>تغييره (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>الوتيرة (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>الاسم (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>الاستعلام (&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>اختبار ومعاينة (&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>إعادة كتابة الرقم والحالة والمبلغ المدفوع (&amp;W)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(اختياري)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>العنوان (&amp;D)</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation>إضافة قاعدة بيانات</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>إضافة قاعدة البيانات (&amp;E)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>العنوان</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>تغيير قاعدة البيانات</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>عمود :since (&amp;S)</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>عمود :since</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>أدخل عنوان قاعدة البيانات.</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>كل %1 ساعات</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>كل %1 دقائق</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>كل ساعة</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>أول قيمة لـ :since (&amp;V)</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>الصفوف الأولى من الاستعلام</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>أول قيمة لـ :since</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>أعطِ قاعدة البيانات اسمًا.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>الوتيرة</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>الاسم</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>حاليًا %1. اتركه فارغًا للإبقاء عليه.</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>عبارة SELECT واحدة. إذا تضمنت :since، لا يُقرأ إلا ما تغير منذ آخر تشغيل.</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>عبارة UPDATE واحدة مع :source_id، و:number أو :status أو :paid أو :total أو :remote_id.</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>يُطرح استعلام واحد على اتصال للقراءة فقط. جرّبه قبل حفظه.</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>عندما أطلب ذلك فقط</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>الاستعلام</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>تتذكره السجلات مصدرًا لها؛ ولا يمكن تغييره لاحقًا.</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite أو PostgreSQL أو MySQL أو MariaDB. يُحفظ في سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>عبارة إعادة الكتابة (&amp;B)</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>عبارة إعادة الكتابة</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>عمود الاستعلام الذي يبيّن متى تغير الصف، أو رقمه المتزايد.</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>الاتصال يعمل. أول %1 صفوف. %2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>جارٍ سؤال قاعدة البيانات…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>اكتب الاستعلام.</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>تغييره (&amp;G)…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>تُكتب السجلات المختارة في مجلد كل عدد من الساعات، للتقارير والبرامج الأخرى.</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>تصدير الآن (&amp;X)</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>كل %1 ساعات إلى %2</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>الصادرات والبرامج</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>آخر كتابة %1</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>الواجهة المحلية</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>لم يُنشأ رمز وصول: لا يُسمح لأحد بالدخول.</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>تعذرت كتابة كل شيء.</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>لم يُكتب بعد</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>موقوف</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>مفعّل لحواسيب أخرى أيضًا، على المنفذ %1</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>مفعّل، على المنفذ %1</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>تستطيع برامج هذا الحاسوب تسليم مستندات والسؤال عما آلت إليه.</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>تصدير مجدول</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>إعداده (&amp;T)…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>الإعداد ورموز الوصول (&amp;K)…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>كُتب التصدير.</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>رموز الوصول: %1</translation>
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>%1; a newer version is announced, not confirmed yet</source>
      <translation>%1؛ أُعلن عن نسخة أحدث لم تُؤكَّد بعد</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>نشط</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>قيد الفحص</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>تعارض</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>محذوف هناك</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>من Zoho Books</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>في الجانبين</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>يُرسل الآن</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>يلزم تسجيل الدخول</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>غير مرتبط</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>غير متصل</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>غير متصل منذ {time}</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>موقوف مؤقتًا</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>موقوف مؤقتًا حتى {time}</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>مشكلة</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>توقف بسبب خطأ</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>تجري المزامنة</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>ينتظر الإرسال</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1، سليم في %2</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>جارٍ القراءة…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>جارٍ الإيقاف؛ يُحتفظ بما وصل</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>تجري المزامنة</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>مزامنة %1، وصل %2</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>مزامنة %1، %2 من %3</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>استدعاءات Zoho Books اليوم {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>استدعاءات Zoho Books اليوم {used} من {limit}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>يبدأ من جديد {time}</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>مقبول</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>نشط</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>أضيف يدويًا</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>معتمد</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>قابل للفوترة</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>مفوتر</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>ملغى</translation>
    </message>
    <message>
      <source>Categorized</source>
      <translation>مصنف</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>مغلق</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>مؤكد</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>مرفوض</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>مسودة</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>منتهي الصلاحية</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>غير نشط</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>المفوتر</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>مطابق</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>غير قابل للفوترة</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>غير مفوتر</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>مفتوح</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>متأخرة</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>مدفوعة</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>مفوتر جزئيًا (مورد)</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>مفوتر جزئيًا</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>مدفوعة جزئيًا</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>منشور</translation>
    </message>
    <message>
      <source>Reimbursed</source>
      <translation>تم تعويضه</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>مرسل</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>متوقف</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>غير مصنف</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>غير مدفوعة</translation>
    </message>
    <message>
      <source>Viewed</source>
      <translation>تم الاطلاع</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>ملغاة</translation>
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation>في انتظار الاعتماد</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>الخطوة %1 من %2: %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>الخطوة %1 من %2: %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>الاستدعاءات: %1</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>لا أيام</numerusform>
        <numerusform>يوم واحد</numerusform>
        <numerusform>يومان</numerusform>
        <numerusform>%n أيام</numerusform>
        <numerusform>%n يومًا</numerusform>
        <numerusform>%n يوم</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation>قبل أن تبدأ</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>الاستدعاءات</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>من استدعاءات اليوم البالغة %1</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>الحذف في Zoho Books</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>البنود</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>لا مستند مرتين</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>لا شيء أثناء المزامنة الأولى. وبعدها فقط ما تستورده أو تدخله أو تُفرج عنه هنا.</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>لا شيء. الاتجاه للقراءة فقط؛ ويمكنك تغييره لاحقًا في الإعدادات.</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>لا سجلات في أي وحدة</numerusform>
        <numerusform>سجلات في وحدة واحدة</numerusform>
        <numerusform>سجلات في وحدتين</numerusform>
        <numerusform>سجلات في %n وحدات</numerusform>
        <numerusform>سجلات في %n وحدة</numerusform>
        <numerusform>سجلات في %n وحدة</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>الوقت</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>ما سيُقرأ</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>ما سيُكتب</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>أقل من ساعة</numerusform>
        <numerusform>نحو ساعة</numerusform>
        <numerusform>نحو ساعتين</numerusform>
        <numerusform>نحو %n ساعات</numerusform>
        <numerusform>نحو %n ساعة</numerusform>
        <numerusform>نحو %n ساعة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>أقل من دقيقة</numerusform>
        <numerusform>نحو دقيقة</numerusform>
        <numerusform>نحو دقيقتين</numerusform>
        <numerusform>نحو %n دقائق</numerusform>
        <numerusform>نحو %n دقيقة</numerusform>
        <numerusform>نحو %n دقيقة</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>على الأقل</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>أقل من دقيقة</translation>
    </message>
    <message>
      <source>never</source>
      <translation>أبدًا</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>يبحث zbdesk عما أرسله قبل أن يكرر أي شيء: بحقل يرفض Zoho Books فيه القيم المكررة إن وُجد، وإلا فبرقمك الخاص أو البريد الإلكتروني أو المرجع. تبيّن الإعدادات أيها، وتعرض إنشاء الحقل.</translation>
    </message>
  </context>
  <context>
    <name>TableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>إلغاء</translation>
    </message>
  </context>
  <context>
    <name>TableMenus</name>
    <message>
      <source>&amp;Columns…</source>
      <translation>الأعمدة (&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>تصدير (&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation>تصفية حسب %1 (&amp;F)…</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>إخفاء (&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>أضيق (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>الترتيب والعرض (&amp;O)…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>طباعة السجل (&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>أعرض (&amp;W)</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>اختر سجلًا أولًا.</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>نسخ الصفوف (&amp;R)</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>نسخ بلا عناوين (&amp;I)</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>التفاصيل (&amp;T)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>فتح في Zoho Books (&amp;Z)</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>فرز تنازلي (&amp;D)</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>فرز تصاعدي (&amp;U)</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>تبقى %1: حُرّرت منذ ذلك الحين، أو أنشأها استيراد سابق.</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>التراجع عن المستندات (%1) (&amp;R)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>إغلاق</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>في Zoho Books، مع المزامنة التالية: %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>لا يمكن استرجاعه الآن: %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>لا يمكن استرجاع شيء منه.</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>على هذا الحاسوب: تُزال %1، وتعود %2 كما كانت.</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>سجلات هذا الاستيراد التي خرجت</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>التراجع عن استيراد %1؟</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>تم التراجع: أزيل %1، وعاد %2 كما كان.</translation>
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
      <translation>نُسخ %1</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 من %2</translation>
    </message>
    <message>
      <source>%1 written to %2.</source>
      <translation>كُتب %1 إلى %2.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>إلغاء</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>تصدير %1</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>تم الإيقاف. لم يُكتب شيء.</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>تجري كتابة %1…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>لا يتلقى %1 شيئًا بعد الآن. يُسقط ما ينتظره هنا ويُنسى سره.</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>العنوان (&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>إبقاء (&amp;K)</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>إضافته (&amp;D)</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>تغيير ما يُمرَّر</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>التغييرات</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>نسخ (&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>انسخ السر الآن</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>عمليات الحذف</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>تم</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>لغير ذلك أضف هدفًا خاصًا به.</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>يوقّع ما يُرسل إلى هناك (X-Zbdesk-Signature). لا يُعرض مرة أخرى.</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>هذه الأحداث فقط؛ عدم الاختيار يعني الكل</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>هذه الوحدات فقط؛ عدم الاختيار يعني الكل</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>عندئذ لا تحتاج أنظمتك الأخرى إلى نفق. ما لا تقبله ينتظر هنا وتُعاد محاولته.</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>تمرير الأحداث إلى عنوان آخر</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>التوقف عن تمرير أي شيء إلى هناك؟</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>السر</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>سر هذا الهدف</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>الحدث كما وصل (بتوقيع صحيح فقط)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>السجل، كما عرضه Zoho Books بعد الحدث</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>أضيف الهدف. انسخ سره الآن.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>هذا مطلوب.</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>ما يتلقاه (&amp;H)</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>ما يتلقاه</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>يُسمح بـ http على هذا الحاسوب وفي شبكتك الخاصة.</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>لم يُفقد شيء. في السجل (log) تفاصيل أكثر؛ حاول هذه الخطوة من جديد.</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>صادف zbdesk خللًا فيه.</translation>
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>العملة</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>الفرق</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>هنا</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>الوحدة والفترة</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>السجلات في Zoho Books</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>السجلات على هذا الحاسوب</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation>قيمتها في Zoho Books</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>قيمتها على هذا الحاسوب</translation>
    </message>
    <message>
      <source>There</source>
      <translation>هناك</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>هذا الحاسوب ناقص Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>المطابقة</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>القيمة هنا</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>القيمة هناك</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>ما يختلف</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>و%1 غيرها: في الملفات</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>متساوٍ</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>غير معروف</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>بلا اسم</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>لا مبلغ لأي من هذه المستندات.</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>المجاميع حسب العملة</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>لا شيء ينتظرك</numerusform>
        <numerusform>أمر واحد ينتظرك</numerusform>
        <numerusform>أمران ينتظرانك</numerusform>
        <numerusform>%n أمور تنتظرك</numerusform>
        <numerusform>%n أمرًا تنتظرك</numerusform>
        <numerusform>%n أمر تنتظرك</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>، آخر نجاح %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>سليم</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>سليم، آخر اطلاع %1</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>سجّل الدخول من جديد</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>توقف بسبب خطأ</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>تجري المزامنة</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>تجري المزامنة، وصل %1</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>تجري المزامنة، %1 من %2</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk: غير مرتبط بـ Zoho Books</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>كل الملفات (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>الثقة أيضًا بـ</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>الشهادات</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation>الشهادات (*.pem *.crt *.cer)</translation>
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation>اختيار ملف (&amp;A)…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>ملف بشهادات إضافية</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>الشهادات التي يثق بها هذا الحاسوب تسري دائمًا. ويضيف ملف PEM هنا إليها، لخادم وكيل يفحص حركة البيانات.</translation>
    </message>
    <message>
      <source>none</source>
      <translation>لا شيء</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>ليس الآن</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>أوقف مسؤول هذا الحاسوب هذه الميزة.</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>هذه النسخة لا تبحث عن تحديثات.</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>ما الجديد</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>لديك %1. لا يُنزَّل شيء تلقائيًا.</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>zbdesk %1 متاح.</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>في ملف مشفّر (&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>الاطلاع من جديد (&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>كتابة عبارة مرور (&amp;T)</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>سلسلة المفاتيح جزء من سطح المكتب: Credential Manager على Windows، وKeychain على macOS، وGNOME Keyring أو KWallet على Linux. يحفظ zbdesk الأسرار هناك دون غيره.

وإن لم توجد، فالبديل ملف مشفّر. ولا تُخزَّن عبارة مروره أبدًا.</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>يوجد على هذا الحاسوب بالفعل ملف مختوم لـ zbdesk. أدخل عبارة المرور التي أُنشئ بها.</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>اختر «الاطلاع من جديد» عندما تتوفر سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>أدخل عبارة مرور من ثمانية رموز أو أكثر للمتابعة.</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>أدخل عبارة المرور للمتابعة.</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>مقبولة. كلمة أخرى تجعلها قوية.</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>في سلسلة مفاتيح هذا الحاسوب (&amp;K)</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>على Linux ثبّت gnome-keyring أو KWallet وسجّل الدخول إلى سطح المكتب من جديد، أو افتح قفل سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>قوية.</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>الملف مختوم بعبارة مرور تدخلها عند بدء zbdesk. من دونها لا يستطيع أحد قراءة تسجيل الدخول، ونسيانها يعني تسجيل الدخول من جديد؛ ولا يُفقد أي سجل.</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>يجري تجريب المكان.</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>العبارة نفسها من جديد (&amp;G)</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>العبارتان مختلفتان. اكتب العبارة نفسها في الحقلين.</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>قصيرة جدًا: ثمانية رموز أو أكثر؛ وأربع كلمات يسهل تذكرها.</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>اكتب عبارة المرور مرة ثانية للمتابعة.</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>ضعيفة: أضف كلمة أخرى.</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>أين يُحفظ تسجيل الدخول؟</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>لم يجد zbdesk سلسلة مفاتيح يمكنه استخدامها؛ اختر كيفية حماية السر وتسجيل الدخول.</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1 (يُفتح أولًا)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>حذف «%1» (&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>الاسم (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>فتح الجدول به (&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>إعادة تسمية «%1» (&amp;R)…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>حفظ (&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>حفظ باسم (&amp;S)…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>يحتاج العرض إلى اسم.</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>كل السجلات</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>إعادة تسمية هذا العرض</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>حفظ التغييرات في «%1» (&amp;C)</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>حفظ هذا العرض</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>طرق العرض المحفوظة</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>طرق العرض المحفوظة: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>المتبقي للدفع</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>يوجد عرض بهذا الاسم. اختر غيره، أو احفظ التغييرات في ذلك العرض.</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>طرق العرض (&amp;I)</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>حُذف العرض «%1».</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>حُفظ العرض «%1».</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>اختيار</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>اختر ما يُقرأ ووتيرته</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>كل شيء يعمل بلا فأرة</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>مساعدة</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>اطّلع على %1 %2 مما وصل</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>مفتوح</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>فتح %1</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation>تظهر السجلات صفحة بعد صفحة</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>عرض المفاتيح</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>يعمل الفرز والتصفية على ما وصل</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>ما هو موقوف لا يستهلك استدعاءات</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>أثناء الانتظار</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>عرض الكل</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>لقد زالت (&amp;G)…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>في انتظارك</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>ملف المفتاح (اختياري) (&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>اسم نفق مسمى (اختياري) (&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>المنفذ المراد فتحه هناك (&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>استخدام هذا الطريق (&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>الطريق (&amp;W)</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>الرسالة المزورة تُرفض بتوقيعها.</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>للنفق المسمى عنوان عام: أدخله.</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>المنفذ رقم من 0 إلى 65535؛ و0 يترك الاختيار للخادم.</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation>القناة (&amp;H)</translation>
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>تنهي Cloudflare اتصال https ويمكنها قراءة الرسائل. يُحفظ رمز الوصول في سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>فارغ: يُبحث عنه في مسار البحث.</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>تنتهي كل الطرق عند المستمع نفسه، الذي لا يصل إليه إلا هذا الحاسوب ويتحقق من كل توقيع.</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>لشبكة لا تسمح بدخول شيء ولا يجوز تثبيت برنامج فيها. يجب أن تثق بالمرحّل.</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>عُثر عليه: %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>من لوحة Cloudflare. من دونه يتغير العنوان بعد كل بدء. والفارغ يُبقي الحالي.</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>من لوحة ngrok؛ الإصدار 3.16 أو أحدث. والفارغ يُبقي الحالي.</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>كيف يصل Zoho Books إلى هذا الحاسوب؟</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>ليس على هذا الحاسوب. ثبّته من Cloudflare (developers.cloudflare.com، قسم Downloads)، ثم افتح هذا من جديد، أو حدد مكانه أدناه.</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>ليس على هذا الحاسوب. ثبّته من ngrok (ngrok.com، قسم Download)، ثم افتح هذا من جديد، أو حدد مكانه أدناه.</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>عنوانه العام (&amp;A)</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>نوع المرحّل (&amp;I)</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>يُبقي الرسائل كما هي (التوقيعات صالحة)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>نوع المرحّل</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>اجعل مساره /webhooks/ يؤدي إلى المنفذ %1 في هذا الحاسوب، مع إبقاء المسار وعدم مس المحتوى.</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>عنواني الخاص (خادم ويب أو وكيل أو نفق يتولاه شخص ما)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>لا يرى الرسائل إلا خادمك أنت.</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>بلا طريق: تأتي التغييرات بالاطلاع</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>لا شيء يستطيع الوصول إلى هذا الحاسوب.</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>لا شيء يؤدي إلى هنا. يطّلع zbdesk بالفاصل الزمني المختار، ولا يُفقد شيء أبدًا.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>لم يتغير شيء.</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>العنوان العام (&amp;A)</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>العنوان العام الذي يؤدي إليه (&amp;A)</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>مرحّل بالسحب: يجلب zbdesk بنفسه، ولا يلزم أن يصل شيء إلى هذا الحاسوب</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>عنوان محجوز (اختياري) (&amp;A)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>الخادم (&amp;E)</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>سجّل الدخول هناك مرة يدويًا ليُعرف مفتاحه هنا: لا يوثق أبدًا بخادم غير معروف.</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>رمز الوصول (&amp;O)</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>رمز وصول النفق (اختياري) (&amp;O)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>يستطيع المرحّل قراءة الرسائل. والمرحّل مثل smee يعيد كتابتها: لا يصلح أي توقيع، ويستطيع من يعرف القناة أن يرسل، ولا تفعل الأحداث إلا أن تجعل zbdesk يقرأ السجل من جديد.</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>تعذرت كتابة الإعدادات.</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>لا يوجد ssh على هذا الحاسوب. يأتي مع Windows ميزةً اختيارية (OpenSSH Client)، ومع كل Linux وmacOS.</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>هذا مطلوب.</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>الطريق</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>ما يحميه</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>ما يحتاجه هذا الطريق</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>مكان البرنامج (اختياري) (&amp;I)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>يستطيع من يدير العنوان قراءة الرسائل حيث ينتهي اتصال https.</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>لديك عنوان https عام. يدوّنه zbdesk فقط؛ ومن يديره يوجّهه إلى هنا.</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared، يبدؤه zbdesk</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>تنهي ngrok اتصال https ويمكنها قراءة الرسائل. يُحفظ رمز الوصول في سلسلة المفاتيح.</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok، يبدؤه zbdesk</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.io وما شابهه (لا يصلح أي توقيع)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>ssh إلى خادم خاص بي، يبدؤه zbdesk</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>يُبقي zbdesk اتصال SSH مفتوحًا يعيد توجيه منفذ. ويوجّه خادم الويب هناك /webhooks/ إليه.</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>يبدأ zbdesk البرنامج ويراقبه، ويعيد بدأه إذا انتهى، ويوقفه عند الإنهاء.</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>فات %1 من %2 تغييرات، آخر 7 أيام</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>%1 من %2 لدى Zoho في اليوم</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1، التالي في %2</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>لا شيء تعذر</numerusform>
        <numerusform>تعذر تنفيذ واحد</numerusform>
        <numerusform>تعذر تنفيذ اثنين</numerusform>
        <numerusform>تعذر تنفيذ %n</numerusform>
        <numerusform>تعذر تنفيذ %n</numerusform>
        <numerusform>تعذر تنفيذ %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>لا عمليات تسليم تُرسل من جديد</numerusform>
        <numerusform>تُرسل عملية تسليم واحدة من جديد</numerusform>
        <numerusform>تُرسل عمليتا تسليم من جديد</numerusform>
        <numerusform>تُرسل %n عمليات تسليم من جديد</numerusform>
        <numerusform>تُرسل %n عملية تسليم من جديد</numerusform>
        <numerusform>تُرسل %n عملية تسليم من جديد</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>لم يُنجز شيء</numerusform>
        <numerusform>أُنجز واحد</numerusform>
        <numerusform>أُنجز اثنان</numerusform>
        <numerusform>أُنجز %n</numerusform>
        <numerusform>أُنجز %n</numerusform>
        <numerusform>أُنجز %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>لم يُقرأ أي حدث من جديد</numerusform>
        <numerusform>قُرئ حدث واحد من جديد</numerusform>
        <numerusform>قُرئ حدثان من جديد</numerusform>
        <numerusform>قُرئت %n أحداث من جديد</numerusform>
        <numerusform>قُرئ %n حدثًا من جديد</numerusform>
        <numerusform>قُرئ %n حدث من جديد</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>لا محاولات</numerusform>
        <numerusform>محاولة واحدة</numerusform>
        <numerusform>محاولتان</numerusform>
        <numerusform>%n محاولات</numerusform>
        <numerusform>%n محاولة</numerusform>
        <numerusform>%n محاولة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>لم يُرد شيء</numerusform>
        <numerusform>رُد واحد</numerusform>
        <numerusform>رُد اثنان</numerusform>
        <numerusform>رُد %n</numerusform>
        <numerusform>رُد %n</numerusform>
        <numerusform>رُد %n</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>مؤسسة أخرى</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>تغيير السر…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>تفوت تغييرات</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>تصل التغييرات، عادةً في %1</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>متروك</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>زال من Zoho Books</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>محفوظ: لا يسمي سجلًا</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>الاطلاع على عمليات التسليم</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>الاطلاع على الطريق</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>لا تتم مزامنة الوحدة</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>لا يسمي سجلًا</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>ليس هنا ولا في Zoho Books</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>ليس هنا ولا هناك</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>جديد هنا</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>جديد هنا بعد %1</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>غير معدّ</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>لا يعرضه Zoho Books</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>لم يصل شيء اليوم</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>الاسم العام</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>نُحّي جانبًا: مؤسسة أخرى</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>نُحّي جانبًا: لا تتم مزامنة هذه الوحدة</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>قراءة من جديد</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>قُرئ من جديد بعد %1</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>تجري قراءة السجل من Zoho Books</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>اتصال آمن</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>التوقيع</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>مقبول</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>اختبار الطريق</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>هذا الحاسوب</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>النفق</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>غير معروف</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>ينتظر</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>ينتظر تسجيل الدخول</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>ينتظر نهاية الإيقاف المؤقت</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>ينتظر نهاية المزامنة</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>ينتظر أول حدث</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>ينتظر الشبكة</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>ينتظر حتى يسمح Zoho Books بمزيد من الاستدعاءات</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>كان هنا بالفعل</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>لا تصل أحداث webhook</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>Webhooks: يخفق %1</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>Webhooks: أجزاء الطريق الخمسة كلها سليمة</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>لا يعرض Zoho Books هذا السجل</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>لم يرد Zoho Books؛ يُسأل من جديد</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>وصل %1 مرات، وحُفظ مرة واحدة</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>لم يخفق</numerusform>
        <numerusform>أخفق مرة واحدة</numerusform>
        <numerusform>أخفق مرتين</numerusform>
        <numerusform>أخفق %n مرات</numerusform>
        <numerusform>أخفق %n مرة</numerusform>
        <numerusform>أخفق %n مرة</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>يخفق</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>في %1 م.ث</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>سليم</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>لا تغييرات للمقارنة بعد</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>بلا توقيع</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>غير مختبر</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>مرحّل بالسحب</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>معاد</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>سر %1</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>عنوانك الخاص</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>اختبار الطريق الآن (&amp;T)</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>تغيير السر…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>تأتي التغييرات كل %1 دقائق. ومع webhooks تأتي في ثوانٍ.</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>اختيار طريق آخر…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>اختر كيف يصل Zoho Books إلى هذا الحاسوب، وأنشئ سرًا، وأعدّ الوحدات هناك.</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>اختيار الطريق…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>تم الاختيار. يبدأ العمل به في ثوانٍ ثم يُختبر.</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>عمليات التسليم</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>الأحداث</translation>
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation>أحداثه تلميحات لا تفعل إلا أن تجعل zbdesk يقرأ السجل من جديد. لا تستخدم أبدًا مرحّلًا عامًا لدفاتر حقيقية.</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>فتح الإعدادات</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>يُمرَّر إلى</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>جارٍ الاختبار…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>لم يعط الاختبار نتيجة. أعد الاختبار.</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>هذا المرحّل يعيد كتابة الرسائل، فلا يمكن أن يصلح أي توقيع.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>إعادة المحاولة</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>حتى يُصلح، يطّلع zbdesk كل %1 دقائق منذ %2؛ ولا يُفقد شيء.</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhooks</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>ما يُدرج</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>ما يُلصق ومكانه…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · رُد منها حتى الآن %2</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>تأتي التغييرات بالاطلاع. ومع webhooks تأتي في ثوانٍ.</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>فحص كل أجزاء الطريق</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>إعداد webhooks</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>Webhooks اليوم</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>وصلت</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>تخفق</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>آخرها %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>تفوتها تغييرات</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>فاتت، بالمقارنة مع الاطلاع الدوري</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>عادةً هنا في %1</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>ينتظر أول حدث</translation>
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>مساعدة</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation>لا يُكتب شيء إلى Zoho Books قبل أن توافق على ذلك في الصفحة الأخيرة.</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation>ربط Zoho Books (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation>ربط شركة العرض التجريبي (&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>تجول مع شركة العرض التجريبي (&amp;L)</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>معرّف العميل Client ID وسره Client secret من Zoho API console</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>يأخذك «ربط Zoho Books» عبر خمس صفحات: مركز البيانات، Client ID والسر، تسجيل الدخول، المؤسسة، وما تتم مزامنته. لا يُخزَّن شيء ولا يُقرأ شيء قبل آخرها.

شركة العرض التجريبي هي Zoho Books صغير على هذا الحاسوب. لا تحتاج إلى حساب، ولا يقترب شيء من سجلاتها من سجلاتك.</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>مثل books.zoho.in. يبيّن أي مركز بيانات يحفظ دفاترك.</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>متابعة الربط (&amp;C)</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>جهّز ما يلي</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>لا شيء على الإطلاق</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>نقرة واحدة في صفحة تسجيل الدخول</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>عنوان Zoho Books لديك</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>تعمل شركة العرض التجريبي على هذا الحاسوب فقط. الخادم والعميل (Client) مملوءان.</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>يمكنك إنشاؤهما في أثناء ذلك: تبيّن الصفحات التالية أين، وما تلصقه.</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>تسجّل الدخول في صفحة Zoho في متصفحك. لا يرى zbdesk كلمة مرورك أبدًا.</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>يفتحها متصفحك كما يفتح صفحة Zoho.</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>تسجيل دخولك إلى Zoho</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>سجلاتك وZoho Books، متطابقان دائمًا</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>يُدخل zbdesk ما تصدره شركتك إلى Zoho Books مرة واحدة، ويجلب ما يتغير هناك إلى هذا الحاسوب. يتم الربط في نحو خمس دقائق.</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>%1 وحدات أخرى، كلها موقوفة (&amp;M)</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>%1 استدعاءات إضافية، الأحدث أولًا</translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>أقل من ساعة</numerusform>
        <numerusform>ساعة واحدة</numerusform>
        <numerusform>ساعتان</numerusform>
        <numerusform>%n ساعات</numerusform>
        <numerusform>%n ساعة</numerusform>
        <numerusform>%n ساعة</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>أقل من دقيقة</numerusform>
        <numerusform>دقيقة واحدة</numerusform>
        <numerusform>دقيقتان</numerusform>
        <numerusform>%n دقائق</numerusform>
        <numerusform>%n دقيقة</numerusform>
        <numerusform>%n دقيقة</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation>بنود كل المستندات (&amp;L)</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>عُدّت كل الوحدات</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>في الاتجاهين (&amp;Y)</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>اختر وحدة واحدة على الأقل للمتابعة.</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>اختر الوحدات واتجاهها؛ ويمكن تغيير كل ذلك لاحقًا في الإعدادات.</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>الاتجاه</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>وحدات أقل (&amp;M)</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>التكرار والبنود (&amp;A)</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>البحث عن التغييرات كل (&amp;K)</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>البحث عن التغييرات كل</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>تعذر عدّ كل شيء.</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>استدعاء لكل سجل؛ ومن دونه تُقرأ البنود عند فتح السجل أو تغيره.</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>القراءة فقط في الوقت الحالي (&amp;O)</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>السجلات هي ما يعدّه Zoho Books. يجلب الاستدعاء حتى 200 سجل؛ ويسمح Zoho بعدد من الاستدعاءات في اليوم حسب الخطة، ويحفظ zbdesk بعضها لنقراتك.

يختار مفتاح المسافة وحدة الصف الحالي. لا يُخزَّن شيء قبل أن تختار «بدء المزامنة الأولى».</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>بدء المزامنة الأولى (&amp;T)</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>بعد ثوانٍ عند إعداد webhooks.</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>يجري تخزين الربط.</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>التقدير أقل من الواقع؛ ولا تحتاج المزامنة نفسها إلى الأعداد.</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>طُلب تسجيل الدخول هذا للقراءة فقط.</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>ما يتغير في Zoho Books يأتي إلى هنا؛ وما تدخله أو تستورده هنا يذهب إلى هناك.</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>ما تتم مزامنته</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>من دونه تُقرأ البنود عند فتح السجل أو تغيره.</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>على أقل من يوم</numerusform>
        <numerusform>على نحو يوم</numerusform>
        <numerusform>على نحو يومين</numerusform>
        <numerusform>على نحو %n أيام</numerusform>
        <numerusform>على نحو %n يومًا</numerusform>
        <numerusform>على نحو %n يوم</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>لا يكتب zbdesk إلى Zoho Books أبدًا حتى يُغيَّر ذلك في الإعدادات.</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>السؤال</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>البدء بلا نافذة حيث يوجد شريط النظام</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>الإغلاق والبدء</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>إغلاق النافذة</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>البقاء قيد العمل قرب الساعة</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>المفاتيح</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>إنهاء</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>أحرف مفردة كمفاتيح، مثلًا ضمن «التعارضات»</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>البدء</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>البدء عند تسجيل دخولي إلى هذا الحاسوب</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>يتولى النظام نفسه البدء مع الجلسة؛ وما يُغيَّر هناك يظهر هنا. يبدأ في شريط النظام ولا يأخذ التركيز.</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>بلا شريط النظام، إغلاق النافذة يُنهي البرنامج دائمًا: لا يعمل zbdesk أبدًا دون أن يُرى.</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>جارٍ الحفظ…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>إلغاء</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>لم يصل رد بعد. يبقى ما كتبته هنا حتى يصل.</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>الأعمدة بترتيبها</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>تسري التغييرات فورًا؛ ولا شيء يلزم حفظه.</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>لـ %1 فقط</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>تجري قراءة التفاصيل؛ ويُفتح النموذج بها.</translation>
    </message>
  </context>
</TS>
