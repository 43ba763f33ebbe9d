<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;1 hour</source>
      <translation>1時間(&amp;1)</translation>
    </message>
    <message>
      <source>&amp;30 minutes</source>
      <translation>30分(&amp;3)</translation>
    </message>
    <message>
      <source>&amp;About zbdesk</source>
      <translation>zbdesk について(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Activity</source>
      <translation>アクティビティ(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Close window</source>
      <translation>ウィンドウを閉じる(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Conflicts</source>
      <translation>競合(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>行をコピー(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Dashboard</source>
      <translation>ダッシュボード(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Details</source>
      <translation>詳細(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Edit record…</source>
      <translation>レコードを編集(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>エクスポート(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter</source>
      <translation>フィルター(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>ファイルをインポート(&amp;I)…</translation>
    </message>
    <message>
      <source>&amp;Keys and help</source>
      <translation>キーとヘルプ(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Last records</source>
      <translation>最近のレコード(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Minimise</source>
      <translation>最小化(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Month end</source>
      <translation>月次締め(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Mute notifications</source>
      <translation>通知をミュート(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;New record…</source>
      <translation>新しいレコード(&amp;N)…</translation>
    </message>
    <message>
      <source>&amp;Next part of the window</source>
      <translation>ウィンドウの次の部分へ(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Open zbdesk</source>
      <translation>zbdeskを開く(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Outgoing</source>
      <translation>送信待ち(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Print table…</source>
      <translation>表を印刷(&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Problems</source>
      <translation>問題(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Quit zbdesk</source>
      <translation>zbdeskを終了(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Settings…</source>
      <translation>設定(&amp;S)…</translation>
    </message>
    <message>
      <source>&amp;Show them again</source>
      <translation>再び表示(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Webhooks</source>
      <translation>Webhook(&amp;W)</translation>
    </message>
    <message>
      <source>Change or&amp;ganization…</source>
      <translation>組織を切り替え(&amp;G)…</translation>
    </message>
    <message>
      <source>Co&amp;ver the window</source>
      <translation>ウィンドウを隠す(&amp;V)</translation>
    </message>
    <message>
      <source>Col&amp;umns…</source>
      <translation>列(&amp;C)…</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>見出しなしでコピー(&amp;I)</translation>
    </message>
    <message>
      <source>Month end mo&amp;de</source>
      <translation>月次締めモード(&amp;D)</translation>
    </message>
    <message>
      <source>Notifications &amp;muted until %1</source>
      <translation>%1まで通知をミュート中(&amp;M)</translation>
    </message>
    <message>
      <source>Open &amp;data folder</source>
      <translation>データフォルダーを開く(&amp;D)</translation>
    </message>
    <message>
      <source>Open &amp;log folder</source>
      <translation>ログフォルダーを開く(&amp;L)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Booksで開く(&amp;Z)</translation>
    </message>
    <message>
      <source>P&amp;rint record…</source>
      <translation>レコードを印刷(&amp;P)…</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>一時停止(&amp;U)</translation>
    </message>
    <message>
      <source>Read &amp;everything again</source>
      <translation>すべて読み直す(&amp;E)</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>再開(&amp;U)</translation>
    </message>
    <message>
      <source>Save &amp;this view…</source>
      <translation>このビューを保存(&amp;T)…</translation>
    </message>
    <message>
      <source>Searc&amp;h…</source>
      <translation>検索(&amp;H)…</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>停止(&amp;P)</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>停止しています…</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>今すぐ同期(&amp;N)</translation>
    </message>
    <message>
      <source>Until &amp;tomorrow</source>
      <translation>明日まで(&amp;T)</translation>
    </message>
    <message>
      <source>Until I &amp;resume</source>
      <translation>再開するまで(&amp;R)</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>%1まで</translation>
    </message>
  </context>
  <context>
    <name>ActivityModel</name>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>きっかけ</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>When</source>
      <translation>日時</translation>
    </message>
    <message>
      <source>a person</source>
      <translation>担当者</translation>
    </message>
    <message>
      <source>a webhook</source>
      <translation>Webhook</translation>
    </message>
    <message>
      <source>the first sync</source>
      <translation>初回同期</translation>
    </message>
    <message>
      <source>the timetable</source>
      <translation>スケジュール</translation>
    </message>
  </context>
  <context>
    <name>ActivityPage</name>
    <message>
      <source>Activity</source>
      <translation>アクティビティ</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>まだ何も行われていません</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>実行</translation>
    </message>
    <message>
      <source>The activity cannot be read</source>
      <translation>アクティビティを読み込めません</translation>
    </message>
    <message>
      <source>View</source>
      <translation>ビュー</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>What zbdesk reads and does is listed here.</source>
      <translation>zbdeskが読み取り、実行した内容がここに表示されます。</translation>
    </message>
  </context>
  <context>
    <name>ActivityTable</name>
    <message>
      <source>Activity</source>
      <translation>アクティビティ</translation>
    </message>
  </context>
  <context>
    <name>Acts</name>
    <message>
      <source>&amp;Cancel change</source>
      <translation>変更を取り消す(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Delete…</source>
      <translation>削除(&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Edit…</source>
      <translation>編集(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Void…</source>
      <translation>無効にする(&amp;V)…</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books.</source>
      <translation>Zoho Booksで削除されます。</translation>
    </message>
    <message>
      <source>It is leaving just now.</source>
      <translation>ただいま送信中です。</translation>
    </message>
    <message>
      <source>It is sent already.</source>
      <translation>送付済みです。</translation>
    </message>
    <message>
      <source>It is void already.</source>
      <translation>すでに無効です。</translation>
    </message>
    <message>
      <source>Mark as &amp;sent</source>
      <translation>送付済みにする(&amp;S)</translation>
    </message>
    <message>
      <source>Nothing is open.</source>
      <translation>未決済のものはありません。</translation>
    </message>
    <message>
      <source>Record pay&amp;ment…</source>
      <translation>入金を記録(&amp;M)…</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>この接続は読み取り専用です。</translation>
    </message>
  </context>
  <context>
    <name>AddressPanel</name>
    <message>
      <source>A&amp;ddress</source>
      <translation>アドレス(&amp;D)</translation>
    </message>
    <message>
      <source>Address and secret</source>
      <translation>アドレスとシークレット</translation>
    </message>
    <message>
      <source>Address for Zoho Books</source>
      <translation>Zoho Books用のアドレス</translation>
    </message>
    <message>
      <source>Change it…</source>
      <translation>変更…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer</source>
      <translation>Zoho Booksからこのコンピューターへの経路を選択</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>コピー</translation>
    </message>
    <message>
      <source>Copy the address</source>
      <translation>アドレスをコピー</translation>
    </message>
    <message>
      <source>It comes from %1.</source>
      <translation>%1から取得したものです。</translation>
    </message>
    <message>
      <source>Made %1. It was shown then and is not shown again.</source>
      <translation>%1に作成。作成時に一度表示され、再び表示されることはありません。</translation>
    </message>
    <message>
      <source>Made in Zoho Books by zbdesk: %1. Disconnecting removes it.</source>
      <translation>zbdeskがZoho Booksに作成済み: %1。接続を切断すると削除されます。</translation>
    </message>
    <message>
      <source>Make and show…</source>
      <translation>作成して表示…</translation>
    </message>
    <message>
      <source>Nobody has seen one yet.</source>
      <translation>まだ誰にも表示されていません。</translation>
    </message>
    <message>
      <source>Se&amp;cret</source>
      <translation>シークレット(&amp;C)</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>シークレット</translation>
    </message>
    <message>
      <source>Set up in Z&amp;oho Books for me…</source>
      <translation>Zoho Booksに自動設定(&amp;O)…</translation>
    </message>
    <message>
      <source>The one before this holds until %1; then only this one.</source>
      <translation>以前のシークレットは%1まで有効です。その後はこのシークレットだけになります。</translation>
    </message>
    <message>
      <source>There is no public address yet. Choose how Zoho Books reaches here.</source>
      <translation>公開アドレスがまだありません。Zoho Booksからここへの経路を選択してください。</translation>
    </message>
    <message>
      <source>Tunne&amp;l…</source>
      <translation>トンネル(&amp;L)…</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Zoho Booksのどこに何を貼り付けるか</translation>
    </message>
    <message>
      <source>Zoho Books keeps webhooks under Settings, Automation, Workflow Actions. Each module needs a rule of its own.</source>
      <translation>Zoho BooksのWebhookは、Settings → Automation → Workflow Actionsにあります。モジュールごとにルールが必要です。</translation>
    </message>
  </context>
  <context>
    <name>Age</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n日</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n時間</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n分</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AgeingPanel</name>
    <message>
      <source>%1 in %2</source>
      <translation>%1 (%2)</translation>
    </message>
    <message>
      <source>%1: %2 in %3</source>
      <translation>%1: %2 (%3)</translation>
    </message>
    <message>
      <source>%1–%2 days</source>
      <translation>%1～%2日</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>経過日数</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Currency of the receivables</source>
      <translation>売掛金の通貨</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>請求書</translation>
    </message>
    <message>
      <source>Nobody owes anything: no open invoices.</source>
      <translation>売掛金はありません。未決済の請求書がありません。</translation>
    </message>
    <message>
      <source>Not yet due</source>
      <translation>期日前</translation>
    </message>
    <message>
      <source>Over %1 days</source>
      <translation>%1日超</translation>
    </message>
    <message>
      <source>Receivables by age</source>
      <translation>売掛金の年齢表</translation>
    </message>
    <message>
      <source>Show invoices</source>
      <translation>請求書を表示</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>通貨なし</translation>
    </message>
  </context>
  <context>
    <name>AllowDialog</name>
    <message>
      <source>&amp;Write these %1</source>
      <translation>%1件を書き込む(&amp;W)</translation>
    </message>
    <message>
      <source>Amounts in %1</source>
      <translation>%1建ての金額</translation>
    </message>
    <message>
      <source>The run stopped before its first write, because it is larger than your settings let go by itself. Look whether this is what you meant. What comes on top of it asks again.</source>
      <translation>設定で自動送信が認められる規模を超えているため、最初の書き込みの前に実行を停止しました。意図した内容かご確認ください。さらに増えた場合は、再度確認を求めます。</translation>
    </message>
    <message>
      <source>Write %1 to %2?</source>
      <translation>%1を%2に書き込みますか?</translation>
    </message>
  </context>
  <context>
    <name>Announced</name>
    <message>
      <source>A webhook announced this at %1. It counts nowhere until zbdesk has read the record from Zoho Books.</source>
      <translation>%1 に Webhook がこれを通知しました。zbdesk が Zoho Books からレコードを読み取るまで、どこにも反映されません。</translation>
    </message>
    <message>
      <source>Also changed: %1</source>
      <translation>その他の変更: %1</translation>
    </message>
    <message>
      <source>The columns of the table stay as they are.</source>
      <translation>表の列はそのままです。</translation>
    </message>
    <message>
      <source>Unconfirmed</source>
      <translation>未確認</translation>
    </message>
  </context>
  <context>
    <name>Answers</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>呼び出し%n回</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>競合%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>問題%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) here</source>
      <translation>
        <numerusform>ここにあるレコード%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>All activity</source>
      <translation>すべてのアクティビティ</translation>
    </message>
    <message numerus="yes">
      <source>All but %n module(s)</source>
      <translation>
        <numerusform>%nモジュールを除くすべて</numerusform>
      </translation>
    </message>
    <message>
      <source>As of %1</source>
      <translation>%1時点</translation>
    </message>
    <message>
      <source>Changes are being read now</source>
      <translation>変更を読み取っています</translation>
    </message>
    <message>
      <source>Does anything wait for you?</source>
      <translation>対応待ちのものはありますか?</translation>
    </message>
    <message>
      <source>Each is in the list with its remedy</source>
      <translation>それぞれ対処方法とともにリストにあります</translation>
    </message>
    <message>
      <source>Internet</source>
      <translation>インターネット</translation>
    </message>
    <message>
      <source>Is everything from Zoho Books here?</source>
      <translation>Zoho Booksの内容はすべてここにありますか?</translation>
    </message>
    <message>
      <source>Last in order %1</source>
      <translation>最終正常 %1</translation>
    </message>
    <message>
      <source>Later changes are not here yet</source>
      <translation>その後の変更はまだ届いていません</translation>
    </message>
    <message>
      <source>Line items of %1 are read when opened</source>
      <translation>%1の明細は開いたときに読み取ります</translation>
    </message>
    <message>
      <source>Looking now</source>
      <translation>確認しています</translation>
    </message>
    <message>
      <source>Next at %1</source>
      <translation>次回 %1</translation>
    </message>
    <message>
      <source>No</source>
      <translation>いいえ</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>問題なし</translation>
    </message>
    <message>
      <source>No, nothing</source>
      <translation>いいえ、ありません</translation>
    </message>
    <message>
      <source>Not yet</source>
      <translation>まだです</translation>
    </message>
    <message>
      <source>Nothing is on its way</source>
      <translation>送信中のものはありません</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides</source>
      <translation>両側で変更されたものはありません</translation>
    </message>
    <message>
      <source>Quit zbdesk and start it again</source>
      <translation>zbdesk を終了し、もう一度起動してください</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>このコンピューターのレコード</translation>
    </message>
    <message>
      <source>Show problems</source>
      <translation>問題を表示</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>サインイン</translation>
    </message>
    <message>
      <source>The database is not where it was</source>
      <translation>データベースが元の場所にありません</translation>
    </message>
    <message>
      <source>The first look comes next</source>
      <translation>次が初めての確認です</translation>
    </message>
    <message>
      <source>The first sync is not at its end</source>
      <translation>初回同期が完了していません</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhook</translation>
    </message>
    <message>
      <source>What cannot be read is in the list below</source>
      <translation>読み取れないものは下のリストにあります</translation>
    </message>
    <message>
      <source>When was the last look?</source>
      <translation>最後に確認したのはいつですか?</translation>
    </message>
    <message numerus="yes">
      <source>Yes, %n thing(s)</source>
      <translation>
        <numerusform>はい、%n件あります</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes, everything</source>
      <translation>はい、すべてあります</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>終了済み</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>最終 %1</translation>
    </message>
    <message>
      <source>never</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>reached %1</source>
      <translation>接続 %1</translation>
    </message>
  </context>
  <context>
    <name>Arrangement</name>
    <message>
      <source>As they came</source>
      <translation>取得順</translation>
    </message>
  </context>
  <context>
    <name>AtAGlance</name>
    <message>
      <source>A record is missing or looks old?</source>
      <translation>レコードが見つからない、または古いようですか?</translation>
    </message>
    <message>
      <source>Choose Sign in again, in Settings under Connection. Records and their history stay.</source>
      <translation>設定の「接続」で「再サインイン」を選択してください。レコードとその履歴は残ります。</translation>
    </message>
    <message>
      <source>Choose Sync, Read everything again. It reads every list to its end and finds deletions.</source>
      <translation>「同期」→「すべて読み直す」を選択してください。すべてのリストを最後まで読み取り、削除も検出します。</translation>
    </message>
    <message>
      <source>Command line</source>
      <translation>コマンドライン</translation>
    </message>
    <message>
      <source>Copy the selected rows</source>
      <translation>選択した行をコピー</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>データフォルダー</translation>
    </message>
    <message>
      <source>Details of the current record</source>
      <translation>現在のレコードの詳細</translation>
    </message>
    <message>
      <source>Everything that is here can be read. Syncing goes on by itself when Zoho answers again.</source>
      <translation>ここにあるものはすべて参照できます。Zohoが再び応答すると、同期は自動的に再開します。</translation>
    </message>
    <message>
      <source>In the keychain of this computer or in a sealed file; never in the database or the logs.</source>
      <translation>このコンピューターのキーチェーンまたは暗号化されたファイルの中です。データベースやログには保存されません。</translation>
    </message>
    <message>
      <source>It reads what changed in Zoho Books since the last look. Without it, that happens by itself.</source>
      <translation>前回の確認以降にZoho Booksで変更された内容を読み取ります。押さなくても自動的に行われます。</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>キー</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>キーと記号</translation>
    </message>
    <message>
      <source>Sort by the column of the current cell</source>
      <translation>現在のセルの列で並べ替え</translation>
    </message>
    <message>
      <source>States of a record</source>
      <translation>レコードの状態</translation>
    </message>
    <message>
      <source>This program</source>
      <translation>このプログラム</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>バージョン</translation>
    </message>
    <message>
      <source>What does Sync now do?</source>
      <translation>「今すぐ同期」は何をしますか?</translation>
    </message>
    <message>
      <source>What if the internet is away?</source>
      <translation>インターネットに接続できないときは?</translation>
    </message>
    <message>
      <source>What people ask</source>
      <translation>よくある質問</translation>
    </message>
    <message>
      <source>Where are my secrets?</source>
      <translation>シークレットはどこにありますか?</translation>
    </message>
    <message>
      <source>Why does zbdesk wait?</source>
      <translation>zbdeskはなぜ待機するのですか?</translation>
    </message>
    <message>
      <source>Zoho allows a number of calls a minute and a day. Nothing is lost; it goes on by itself.</source>
      <translation>Zohoには1分ごと、1日ごとの呼び出し回数の上限があります。失われるものはなく、自動的に再開します。</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in?</source>
      <translation>Zohoでサインインが終了しましたか?</translation>
    </message>
  </context>
  <context>
    <name>Bar</name>
    <message>
      <source>&amp;Back</source>
      <translation>戻る(&amp;B)</translation>
    </message>
    <message>
      <source>&amp;List to mend, as CSV</source>
      <translation>修正リストをCSVで(&amp;L)</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>キャンセル</translation>
    </message>
    <message>
      <source>Esc</source>
      <translation>Esc</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>ヘルプ</translation>
    </message>
  </context>
  <context>
    <name>BudgetRows</name>
    <message>
      <source>%1 of %2 calls a day. What runs by itself stops before them; your own clicks go on.</source>
      <translation>1日の呼び出し%2回のうち%1回。自動処理はその手前で停止し、ご自身の操作は続けられます。</translation>
    </message>
    <message>
      <source>At most, a minute</source>
      <translation>1分あたりの上限</translation>
    </message>
    <message>
      <source>Calls a minute</source>
      <translation>1分あたりの呼び出し</translation>
    </message>
    <message>
      <source>Calls to Zoho Books</source>
      <translation>Zoho Booksへの呼び出し</translation>
    </message>
    <message>
      <source>Kept for your clicks</source>
      <translation>手動操作用の確保分</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>制限なし</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>未接続</translation>
    </message>
    <message>
      <source>Of the day’s calls. What runs by itself stops before it; your own clicks go on.</source>
      <translation>1日の呼び出しのうちの確保分です。自動処理はその手前で停止し、ご自身の操作は続けられます。</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今日</translation>
    </message>
    <message>
      <source>Zoho Books takes 100 a minute of one organization, of all its programs together.</source>
      <translation>Zoho Booksは1組織につき、全プログラム合計で毎分100回まで受け付けます。</translation>
    </message>
  </context>
  <context>
    <name>CallsPanel</name>
    <message>
      <source>%1 kept for your clicks</source>
      <translation>手動操作用に%1回確保</translation>
    </message>
    <message>
      <source>%1 of %2 used</source>
      <translation>%2回中%1回使用</translation>
    </message>
    <message>
      <source>%1 used, your plan's number is not known</source>
      <translation>%1回使用、プランの上限は不明</translation>
    </message>
    <message>
      <source>Nothing counted yet</source>
      <translation>まだ集計なし</translation>
    </message>
    <message>
      <source>Zoho Books calls today</source>
      <translation>本日のZoho Books呼び出し</translation>
    </message>
    <message>
      <source>starts again %1</source>
      <translation>%1に再開</translation>
    </message>
    <message>
      <source>waits until %1</source>
      <translation>%1まで待機</translation>
    </message>
  </context>
  <context>
    <name>CareDialog</name>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
  </context>
  <context>
    <name>CareRows</name>
    <message>
      <source>Handover</source>
      <translation>引き継ぎ</translation>
    </message>
    <message>
      <source>Handover car&amp;d…</source>
      <translation>引き継ぎカード(&amp;D)…</translation>
    </message>
    <message>
      <source>When somebody else takes over</source>
      <translation>担当者が交代するとき</translation>
    </message>
    <message>
      <source>Who signed in, what it may do, what stops when that person leaves; to copy or print.</source>
      <translation>誰がサインインしたか、何ができるか、その人が離れると何が止まるか。コピーまたは印刷用です。</translation>
    </message>
  </context>
  <context>
    <name>ChartPanel</name>
    <message>
      <source>Show as table</source>
      <translation>表で表示</translation>
    </message>
  </context>
  <context>
    <name>Charts</name>
    <message numerus="yes">
      <source>%n invoice(s)</source>
      <translation>
        <numerusform>請求書%n件</numerusform>
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
      <translation>%1: %2行は%3件の伝票です。まだ何も書き込まれていません。</translation>
    </message>
    <message>
      <source>&amp;Hold for review</source>
      <translation>確認のため保留(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Import</source>
      <translation>インポート(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Import %1 %2</source>
      <translation>インポート: %1 %2(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Save mapping</source>
      <translation>マッピングを保存(&amp;S)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(任意)</translation>
    </message>
    <message>
      <source>For the next file like this</source>
      <translation>次の同様のファイルのために</translation>
    </message>
    <message>
      <source>Give the mapping a name.</source>
      <translation>マッピングの名前を入力してください。</translation>
    </message>
    <message>
      <source>Go back to mend their cells, or leave them out; they are listed at the end.</source>
      <translation>戻ってセルを修正するか、除外してください。最後に一覧が表示されます。</translation>
    </message>
    <message>
      <source>How it is imported</source>
      <translation>インポートの方法</translation>
    </message>
    <message>
      <source>Name of the ma&amp;pping</source>
      <translation>マッピングの名前(&amp;P)</translation>
    </message>
    <message>
      <source>Name of the mapping</source>
      <translation>マッピングの名前</translation>
    </message>
    <message>
      <source>No document can be imported as it is.</source>
      <translation>そのままインポートできる伝票はありません。</translation>
    </message>
    <message>
      <source>Nothing has been written yet.</source>
      <translation>まだ何も書き込まれていません。</translation>
    </message>
    <message>
      <source>Nothing leaves for Zoho Books until you release it under Outgoing.</source>
      <translation>「送信待ち」で解除するまで、Zoho Booksには何も送信されません。</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>%1として保存しました。</translation>
    </message>
    <message>
      <source>Some rows are bad, and nothing is taken then. Mend them, or take the good ones.</source>
      <translation>不正な行があるため、このままでは何も取り込まれません。修正するか、正しいものだけを取り込んでください。</translation>
    </message>
    <message>
      <source>Take &amp;nothing as long as one row is bad</source>
      <translation>不正な行が1つでもあれば何も取り込まない(&amp;N)</translation>
    </message>
    <message>
      <source>Take the &amp;good documents, list the others</source>
      <translation>正しい伝票を取り込み、残りを一覧にする(&amp;G)</translation>
    </message>
    <message>
      <source>The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a whole, at the end of this import or later under Sources.</source>
      <translation>このインポートは1つのまとまりです。まだ何もZoho Booksに送信されていなければ、インポートの最後に、または後から「ソース」で、全体をロールバックできます。</translation>
    </message>
    <message>
      <source>The rows are being checked, %1 %</source>
      <translation>行を確認しています、%1 %</translation>
    </message>
    <message>
      <source>Watched folders and the command line use saved mappings by their name.</source>
      <translation>監視フォルダーとコマンドラインでは、保存したマッピングを名前で使用します。</translation>
    </message>
    <message>
      <source>What is imported leaves for Zoho Books with the next sync.</source>
      <translation>インポートした内容は次の同期でZoho Booksに送信されます。</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>インポートされる内容</translation>
    </message>
  </context>
  <context>
    <name>ChecklistPanel</name>
    <message>
      <source>%1 of %2 missed</source>
      <translation>%2件中%1件の取りこぼし</translation>
    </message>
    <message>
      <source>%1 of %2 modules</source>
      <translation>%2モジュール中%1</translation>
    </message>
    <message>
      <source>%1 today</source>
      <translation>本日%1</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1、%2</translation>
    </message>
    <message>
      <source>Set up in Zoho Books</source>
      <translation>Zoho Booksに設定</translation>
    </message>
    <message>
      <source>last %1</source>
      <translation>最終 %1</translation>
    </message>
    <message>
      <source>made by zbdesk, waits for its first event</source>
      <translation>zbdeskが作成、最初のイベント待ち</translation>
    </message>
    <message>
      <source>waits for its first event</source>
      <translation>最初のイベント待ち</translation>
    </message>
  </context>
  <context>
    <name>ChecksView</name>
    <message>
      <source>%1 of %2 points are open.</source>
      <translation>%2項目中%1項目が未完了です。</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>チェックリスト</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>すべての項目が完了しています。</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>表示</translation>
    </message>
    <message>
      <source>Show: %1</source>
      <translation>表示: %1</translation>
    </message>
    <message>
      <source>The period can be signed off.</source>
      <translation>この期間は承認できます。</translation>
    </message>
  </context>
  <context>
    <name>Chip</name>
    <message>
      <source>Remove filter %1</source>
      <translation>フィルター%1を解除</translation>
    </message>
  </context>
  <context>
    <name>Choices</name>
    <message>
      <source>Bank remittance</source>
      <translation>銀行送金</translation>
    </message>
    <message>
      <source>Bank transfer</source>
      <translation>銀行振込</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>現金</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>確認</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>貸方</translation>
    </message>
    <message>
      <source>Credit card</source>
      <translation>クレジットカード</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>顧客</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>借方</translation>
    </message>
    <message>
      <source>Goods</source>
      <translation>物品</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>その他</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>サービス</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>仕入先</translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message>
      <source>%1 made in an hour that is another month elsewhere</source>
      <translation>%1件が、他の時間帯では別の月になる時間に作成</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>レコード%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>両側は一致しています。</translation>
    </message>
    <message>
      <source>Changes came without an event, or events wait.</source>
      <translation>イベントなしで届いた変更があるか、待機中のイベントがあります。</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>チェックリスト</translation>
    </message>
    <message>
      <source>Compared with</source>
      <translation>比較対象</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>時計に左右される日付</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>差額</translation>
    </message>
    <message>
      <source>Differences, record by record</source>
      <translation>レコードごとの差異</translation>
    </message>
    <message>
      <source>Every point is done.</source>
      <translation>すべての項目が完了しています。</translation>
    </message>
    <message>
      <source>Hash of the tie-out</source>
      <translation>照合のハッシュ</translation>
    </message>
    <message>
      <source>Hash over these figures (SHA-256)</source>
      <translation>これらの数値のハッシュ (SHA-256)</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>作成日時</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>作成者</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Month-end sign-off</source>
      <translation>月次締めの承認</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>競合なし</translation>
    </message>
    <message>
      <source>No date slips over the end of a month</source>
      <translation>月末をまたいでずれる日付はありません</translation>
    </message>
    <message>
      <source>No drafts up to the end of the period</source>
      <translation>期末までの下書きはありません</translation>
    </message>
    <message>
      <source>No outcome is unknown</source>
      <translation>結果が不明なものはありません</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>問題なし</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>なし。</translation>
    </message>
    <message>
      <source>Not read to the end since the period was over: %1</source>
      <translation>期間終了後、最後まで読み取られていないもの: %1</translation>
    </message>
    <message>
      <source>Not read to the end yet: {names}. Their figures are not all there is.</source>
      <translation>最後まで読み取られていないもの: {names}。数値は全体ではありません。</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>メモ</translation>
    </message>
    <message>
      <source>Nothing waits to leave</source>
      <translation>送信待ちはありません</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>番号</translation>
    </message>
    <message>
      <source>Of one record nobody can tell the amount yet.</source>
      <translation>1件のレコードは、まだ金額が確定できません。</translation>
    </message>
    <message>
      <source>Of {count} records nobody can tell the amount yet.</source>
      <translation>{count}件のレコードは、まだ金額が確定できません。</translation>
    </message>
    <message>
      <source>One point is open. The period was signed off all the same.</source>
      <translation>1項目が未完了のまま、期間は承認されました。</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>組織</translation>
    </message>
    <message>
      <source>Party</source>
      <translation>取引先</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>期間</translation>
    </message>
    <message>
      <source>Quarter %2 of %1</source>
      <translation>%1年 第%2四半期</translation>
    </message>
    <message>
      <source>Records here</source>
      <translation>ここのレコード</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Zoho Booksのレコード</translation>
    </message>
    <message>
      <source>Sync is in order</source>
      <translation>同期は正常です</translation>
    </message>
    <message>
      <source>The history then ended at line {seq} with hash {hash}</source>
      <translation>その時点の履歴の末尾は{seq}、ハッシュは{hash}</translation>
    </message>
    <message>
      <source>The last sync did not come to its end, or is older than a day.</source>
      <translation>最後の同期が完了していないか、1日以上前のものです。</translation>
    </message>
    <message>
      <source>The two sides differ.</source>
      <translation>両側に差異があります。</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>このコンピューター</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>照合</translation>
    </message>
    <message>
      <source>Tie-out is equal</source>
      <translation>照合は一致しています</translation>
    </message>
    <message>
      <source>Webhooks arrive without a gap</source>
      <translation>Webhookは漏れなく届いています</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>相違点</translation>
    </message>
    <message>
      <source>Year %1</source>
      <translation>%1年</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>Zoho Books as it was last read; the oldest list is of {moment}</source>
      <translation>最後に読み取った時点のZoho Books。最も古いリストは{moment}のものです</translation>
    </message>
    <message>
      <source>Zoho Books, asked at {moment}</source>
      <translation>Zoho Books、{moment}に照会</translation>
    </message>
    <message>
      <source>a list that was never read to its end</source>
      <translation>最後まで読み取られていないリスト</translation>
    </message>
    <message>
      <source>another amount</source>
      <translation>金額が異なる</translation>
    </message>
    <message>
      <source>another currency</source>
      <translation>通貨が異なる</translation>
    </message>
    <message>
      <source>another period</source>
      <translation>期間が異なる</translation>
    </message>
    <message>
      <source>done</source>
      <translation>完了</translation>
    </message>
    <message>
      <source>has a problem</source>
      <translation>問題あり</translation>
    </message>
    <message>
      <source>has not left yet</source>
      <translation>未送信</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>競合中</translation>
    </message>
    <message>
      <source>made on {organization} for the organization, {utc} in UTC, {computer} on this computer</source>
      <translation>作成日時: 組織の時刻 {organization}、UTC {utc}、このコンピューター {computer}</translation>
    </message>
    <message>
      <source>no answer came</source>
      <translation>応答なし</translation>
    </message>
    <message>
      <source>only here</source>
      <translation>ここにのみ存在</translation>
    </message>
    <message>
      <source>only in Zoho Books</source>
      <translation>Zoho Booksにのみ存在</translation>
    </message>
    <message>
      <source>open</source>
      <translation>未完了</translation>
    </message>
    <message>
      <source>void here</source>
      <translation>ここで無効</translation>
    </message>
    <message>
      <source>void in Zoho Books</source>
      <translation>Zoho Booksで無効</translation>
    </message>
    <message>
      <source>worth a look</source>
      <translation>要確認</translation>
    </message>
    <message>
      <source>zbdesk tieout verify FILE tells whether the file still says what it said.</source>
      <translation>zbdesk tieout verify ファイル で、ファイルの内容が当時のままかを確認できます。</translation>
    </message>
    <message>
      <source>{count} more stand in the figures that travel in this file, and in the CSV.</source>
      <translation>さらに{count}件が、このファイルに付属する数値とCSVに含まれています。</translation>
    </message>
    <message>
      <source>{count} points are open. The period was signed off all the same.</source>
      <translation>{count}項目が未完了のまま、期間は承認されました。</translation>
    </message>
  </context>
  <context>
    <name>ClosingPage</name>
    <message>
      <source>%1 is written.</source>
      <translation>%1を書き込みました。</translation>
    </message>
    <message>
      <source>Asking Zoho Books: %1, %2</source>
      <translation>Zoho Booksに照会中: %1、%2</translation>
    </message>
    <message>
      <source>Asking Zoho Books…</source>
      <translation>Zoho Booksに照会しています…</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>月次締めモードを開始(&amp;M)</translation>
    </message>
    <message>
      <source>Both sides are equal.</source>
      <translation>両側は一致しています。</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSVファイル (*.csv)</translation>
    </message>
    <message>
      <source>Choose another one.</source>
      <translation>別のものを選択してください。</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as asked at %1.</source>
      <translation>%1に照会したZoho Booksと比較しました。</translation>
    </message>
    <message>
      <source>Compared with Zoho Books as last read; the oldest list is of %1.</source>
      <translation>最後に読み取ったZoho Booksと比較しました。最も古いリストは%1のものです。</translation>
    </message>
    <message>
      <source>Comparing…</source>
      <translation>比較しています…</translation>
    </message>
    <message>
      <source>End &amp;month end mode</source>
      <translation>月次締めモードを終了(&amp;M)</translation>
    </message>
    <message>
      <source>Every document near the end of a month was made on one and the same day by all clocks.</source>
      <translation>月末付近の伝票はすべて、どの時計でも同じ日に作成されています。</translation>
    </message>
    <message>
      <source>No date depends on the clock</source>
      <translation>時計に左右される日付はありません</translation>
    </message>
    <message>
      <source>No records in this period</source>
      <translation>この期間のレコードはありません</translation>
    </message>
    <message>
      <source>Not read to the end yet: %1.</source>
      <translation>最後まで読み取られていないもの: %1。</translation>
    </message>
    <message>
      <source>PDF file (*.pdf)</source>
      <translation>PDFファイル (*.pdf)</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Sign-off (*.json)</source>
      <translation>承認 (*.json)</translation>
    </message>
    <message>
      <source>The two sides differ in %1.</source>
      <translation>両側で%1に差異があります。</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>%1を書き込んでいます…</translation>
    </message>
    <message>
      <source>never</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>%1まで</translation>
    </message>
    <message>
      <source>until I end it</source>
      <translation>自分で終了するまで</translation>
    </message>
  </context>
  <context>
    <name>ColumnChooser</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1/%2</translation>
    </message>
    <message>
      <source>&amp;As they came</source>
      <translation>取得順(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Done</source>
      <translation>完了(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>狭く(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>広く(&amp;W)</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Move &amp;down</source>
      <translation>下へ移動(&amp;B)</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>上へ移動(&amp;U)</translation>
    </message>
    <message>
      <source>Space shows or hides, Alt with the arrow keys moves and resizes.</source>
      <translation>スペースキーで表示・非表示、Alt+矢印キーで移動と幅の変更ができます。</translation>
    </message>
    <message>
      <source>Width %1</source>
      <translation>幅 %1</translation>
    </message>
  </context>
  <context>
    <name>ColumnFilter</name>
    <message>
      <source>&amp;Apply</source>
      <translation>適用(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Contains</source>
      <translation>次を含む(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>開始(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Period</source>
      <translation>期間(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Remove filter</source>
      <translation>フィルターを解除(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>終了(&amp;T)</translation>
    </message>
    <message>
      <source>All words must occur, in any order; case and accents do not matter.</source>
      <translation>すべての語を含む必要があります(順不同)。大文字小文字やアクセント記号は区別しません。</translation>
    </message>
    <message>
      <source>Chosen days</source>
      <translation>指定した日</translation>
    </message>
    <message>
      <source>Empty: open on this side.</source>
      <translation>空欄の場合、こちら側は制限なしです。</translation>
    </message>
    <message>
      <source>Filter by %1</source>
      <translation>%1でフィルター</translation>
    </message>
    <message>
      <source>In each record's own currency. Empty: open on this side.</source>
      <translation>各レコードの通貨で指定します。空欄の場合、こちら側は制限なしです。</translation>
    </message>
    <message>
      <source>No record can hold such an amount.</source>
      <translation>このような金額のレコードはあり得ません。</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>期間</translation>
    </message>
    <message>
      <source>This end lies before the beginning.</source>
      <translation>終わりが始まりより前になっています。</translation>
    </message>
    <message>
      <source>last 30 days</source>
      <translation>過去30日間</translation>
    </message>
    <message>
      <source>last 7 days</source>
      <translation>過去7日間</translation>
    </message>
    <message>
      <source>last fiscal year</source>
      <translation>前会計年度</translation>
    </message>
    <message>
      <source>last month</source>
      <translation>先月</translation>
    </message>
    <message>
      <source>last quarter</source>
      <translation>前四半期</translation>
    </message>
    <message>
      <source>this fiscal year</source>
      <translation>今会計年度</translation>
    </message>
    <message>
      <source>this month</source>
      <translation>今月</translation>
    </message>
    <message>
      <source>this quarter</source>
      <translation>今四半期</translation>
    </message>
    <message>
      <source>today</source>
      <translation>今日</translation>
    </message>
  </context>
  <context>
    <name>Columns</name>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>残高</translation>
    </message>
    <message>
      <source>Bank</source>
      <translation>銀行</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>コード</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>会社</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>顧客</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>期日</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>番号</translation>
    </message>
    <message>
      <source>Payee</source>
      <translation>支払先</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>参照番号</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>ステータス</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>種類</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>仕入先</translation>
    </message>
  </context>
  <context>
    <name>ColumnsPage</name>
    <message>
      <source>%1 cells to mend</source>
      <translation>修正が必要なセル%1個</translation>
    </message>
    <message>
      <source>%1 rows</source>
      <translation>%1行</translation>
    </message>
    <message>
      <source>As guessed</source>
      <translation>推定どおり</translation>
    </message>
    <message>
      <source>Each field can be filled from one column. The number of the document is what tells it from others: the same number again is a change, not a second document.

F8 goes to the next cell to mend, Shift+F8 to the one before; Enter mends it in its place. The file itself is never changed.</source>
      <translation>各フィールドには1つの列を割り当てられます。伝票は番号で区別されます。同じ番号は変更とみなされ、別の伝票にはなりません。

F8で次の修正セルへ、Shift+F8で前のセルへ移動し、Enterでその場で修正します。ファイル自体は変更されません。</translation>
    </message>
    <message>
      <source>Give at least one column its field.</source>
      <translation>少なくとも1つの列にフィールドを割り当ててください。</translation>
    </message>
    <message>
      <source>Give each column of the file its field; what zbdesk guessed from names and contents is filled in.</source>
      <translation>ファイルの各列にフィールドを割り当ててください。名前と内容からzbdeskが推定したものは入力済みです。</translation>
    </message>
    <message>
      <source>Mappin&amp;g</source>
      <translation>マッピング(&amp;G)</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>マッピング</translation>
    </message>
    <message>
      <source>Next cell to mend</source>
      <translation>次の修正セル</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>前へ</translation>
    </message>
    <message>
      <source>Rows, as they will be read</source>
      <translation>読み取られる行</translation>
    </message>
    <message>
      <source>Say whether day or month comes first to go on.</source>
      <translation>続けるには、日と月のどちらが先かを指定してください。</translation>
    </message>
    <message>
      <source>Say whether point or comma is the decimal sign to go on.</source>
      <translation>続けるには、小数点がピリオドかカンマかを指定してください。</translation>
    </message>
    <message>
      <source>Settle what stands above the columns first.</source>
      <translation>まず列の上に表示されている項目を解決してください。</translation>
    </message>
    <message>
      <source>The mapping also has columns that are not in this file: %1</source>
      <translation>マッピングには、このファイルにない列もあります: %1</translation>
    </message>
    <message>
      <source>The next one is not among the rows that are shown; it is in the list to mend.</source>
      <translation>次のものは表示中の行にありません。修正リストにあります。</translation>
    </message>
    <message>
      <source>The rows are being checked…</source>
      <translation>行を確認しています…</translation>
    </message>
    <message>
      <source>Which column is what?</source>
      <translation>どの列が何を表しますか?</translation>
    </message>
    <message>
      <source>being checked, %1 %</source>
      <translation>確認中、%1 %</translation>
    </message>
    <message>
      <source>being read…</source>
      <translation>読み取り中…</translation>
    </message>
    <message>
      <source>first %1 rows</source>
      <translation>先頭%1行</translation>
    </message>
    <message>
      <source>nothing to mend</source>
      <translation>修正なし</translation>
    </message>
  </context>
  <context>
    <name>ColumnsTable</name>
    <message>
      <source>%1 is left out now: its field went to %2.</source>
      <translation>%1は除外されました。フィールドは%2に移りました。</translation>
    </message>
    <message>
      <source>Column in the file</source>
      <translation>ファイルの列</translation>
    </message>
    <message>
      <source>Columns and fields</source>
      <translation>列とフィールド</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>フィールド</translation>
    </message>
    <message>
      <source>Field of %1</source>
      <translation>%1のフィールド</translation>
    </message>
    <message>
      <source>First value</source>
      <translation>最初の値</translation>
    </message>
    <message>
      <source>Leave out</source>
      <translation>除外</translation>
    </message>
    <message>
      <source>What it shows</source>
      <translation>表示内容</translation>
    </message>
  </context>
  <context>
    <name>ConfirmDialog</name>
    <message>
      <source>%1: was %2, is %3</source>
      <translation>%1: 変更前 %2、変更後 %3</translation>
    </message>
    <message>
      <source>&amp;Delete %1</source>
      <translation>%1を削除(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Void %1</source>
      <translation>%1を無効にする(&amp;V)</translation>
    </message>
    <message numerus="yes">
      <source>&amp;Write %n change(s)</source>
      <translation>
        <numerusform>変更%n件を書き込む(&amp;W)</numerusform>
      </translation>
    </message>
    <message>
      <source>Asked once after each change of organization.</source>
      <translation>組織を切り替えるたびに一度だけ確認します。</translation>
    </message>
    <message>
      <source>Base currency</source>
      <translation>基準通貨</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>国</translation>
    </message>
    <message>
      <source>Delete %1?</source>
      <translation>%1を削除しますか?</translation>
    </message>
    <message>
      <source>First write after changing organization</source>
      <translation>組織切り替え後の最初の書き込み</translation>
    </message>
    <message>
      <source>Is this still %1?</source>
      <translation>これは引き続き%1で間違いありませんか?</translation>
    </message>
    <message>
      <source>It has not left yet, so nothing changes in Zoho Books. It is removed here.</source>
      <translation>まだ送信されていないため、Zoho Booksに変更はありません。ここから削除されます。</translation>
    </message>
    <message>
      <source>It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.</source>
      <translation>Zoho Booksとここで削除され、Zoho Booksにコピーは残りません。Zoho Books側で変更されていた場合は確認を求めます。</translation>
    </message>
    <message>
      <source>It leaves with the next run; until then Cancel change takes it back.</source>
      <translation>次の実行で送信されます。それまでは「変更を取り消す」で取り消せます。</translation>
    </message>
    <message>
      <source>It stays in Zoho Books with the status Void and counts no more.</source>
      <translation>ステータス「無効」でZoho Booksに残り、集計には含まれません。</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>組織の略称</translation>
    </message>
    <message>
      <source>Tax ID</source>
      <translation>税務ID</translation>
    </message>
    <message>
      <source>The open balance of %1 goes with it.</source>
      <translation>%1の未決済残高もなくなります。</translation>
    </message>
    <message>
      <source>This window showed %1 before. You are about to write to another organization.</source>
      <translation>このウィンドウは以前%1を表示していました。これから別の組織に書き込みます。</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>組織を確認するため%1と入力してください</translation>
    </message>
    <message>
      <source>Void %1?</source>
      <translation>%1を無効にしますか?</translation>
    </message>
    <message>
      <source>Zoho Books describes it differently now. Nothing is written until you agree.</source>
      <translation>Zoho Books側の情報が変わっています。同意するまで何も書き込まれません。</translation>
    </message>
  </context>
  <context>
    <name>ConflictDelegate</name>
    <message>
      <source>Settling…</source>
      <translation>解決しています…</translation>
    </message>
  </context>
  <context>
    <name>ConflictFilterBar</name>
    <message>
      <source> and </source>
      <translation> と </translation>
    </message>
    <message>
      <source>%1 days or more</source>
      <translation>%1日以上</translation>
    </message>
    <message>
      <source>%1 or more</source>
      <translation>%1以上</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>フィルターを追加(&amp;A)</translation>
    </message>
    <message>
      <source>Amount at stake</source>
      <translation>影響額</translation>
    </message>
    <message>
      <source>Any amount</source>
      <translation>すべての金額</translation>
    </message>
    <message>
      <source>At stake: %1</source>
      <translation>影響額: %1</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>フィールド</translation>
    </message>
    <message>
      <source>Filter by number or name</source>
      <translation>番号または名前でフィルター</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Most at stake first</source>
      <translation>影響額の大きい順</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>新しい順</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>古い順</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1を開く</translation>
    </message>
    <message>
      <source>Open for</source>
      <translation>未解決の期間</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>並び順</translation>
    </message>
    <message>
      <source>a day or more</source>
      <translation>1日以上</translation>
    </message>
  </context>
  <context>
    <name>ConflictList</name>
    <message>
      <source>Conflicts</source>
      <translation>競合</translation>
    </message>
  </context>
  <context>
    <name>ConflictRows</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n日</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n equal field(s)</source>
      <translation>
        <numerusform>一致するフィールド%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s)</source>
      <translation>
        <numerusform>明細%n行</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n line(s) differ</source>
      <translation>
        <numerusform>差異のある明細%n行</numerusform>
      </translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>(なし)</translation>
    </message>
    <message>
      <source>Created again</source>
      <translation>再作成</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>削除済み</translation>
    </message>
    <message>
      <source>Deleted here</source>
      <translation>ここで削除</translation>
    </message>
    <message>
      <source>Deleted in Zoho Books</source>
      <translation>Zoho Booksで削除</translation>
    </message>
    <message>
      <source>Edited</source>
      <translation>編集済み</translation>
    </message>
    <message>
      <source>Joined without a question: changed on one side only</source>
      <translation>自動で統合: 片側だけの変更</translation>
    </message>
    <message>
      <source>Kept as it is there</source>
      <translation>先方のまま維持</translation>
    </message>
    <message>
      <source>No</source>
      <translation>いいえ</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>価格</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>はい</translation>
    </message>
  </context>
  <context>
    <name>Conflicts</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>競合%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n field(s) to decide</source>
      <translation>
        <numerusform>判断が必要なフィールド%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to Zoho Books</source>
      <translation>
        <numerusform>Zoho Booksに書き込んだレコード%n件</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ConflictsFrame</name>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>すべてZoho Booksの値(&amp;O)</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>すべてこのコンピューターの値(&amp;C)</translation>
    </message>
    <message>
      <source>Apply &amp;this result</source>
      <translation>この結果を適用(&amp;T)</translation>
    </message>
    <message>
      <source>Back to the list</source>
      <translation>リストに戻る</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>すべてクリア</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>競合</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>競合</translation>
    </message>
    <message>
      <source>Histor&amp;y</source>
      <translation>履歴(&amp;Y)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Booksで開く(&amp;Z)</translation>
    </message>
    <message>
      <source>S&amp;kip</source>
      <translation>スキップ(&amp;K)</translation>
    </message>
    <message>
      <source>Settle &amp;by rule…</source>
      <translation>ルールで解決(&amp;B)…</translation>
    </message>
    <message>
      <source>Un&amp;do last</source>
      <translation>直前の操作を元に戻す(&amp;D)</translation>
    </message>
  </context>
  <context>
    <name>ConflictsPage</name>
    <message>
      <source>%1 checked</source>
      <translation>%1件をチェック</translation>
    </message>
    <message>
      <source>%1 from Zoh&amp;o Books…</source>
      <translation>%1件をZoho Booksの値に(&amp;O)…</translation>
    </message>
    <message>
      <source>%1 from this &amp;computer…</source>
      <translation>%1件をこのコンピューターの値に(&amp;C)…</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1/%2</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1件を解決</translation>
    </message>
    <message>
      <source>%1 settled. Z takes it back until it has left.</source>
      <translation>%1件を解決しました。送信前ならZで取り消せます。</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2。</translation>
    </message>
    <message>
      <source>All conflicts</source>
      <translation>すべての競合</translation>
    </message>
    <message>
      <source>All from Zoh&amp;o Books</source>
      <translation>すべてZoho Booksの値(&amp;O)</translation>
    </message>
    <message>
      <source>All from this &amp;computer</source>
      <translation>すべてこのコンピューターの値(&amp;C)</translation>
    </message>
    <message>
      <source>All that fit the filter</source>
      <translation>フィルターに合うすべて</translation>
    </message>
    <message>
      <source>Choose a side for each field to see it.</source>
      <translation>各フィールドの側を選択すると結果が表示されます。</translation>
    </message>
    <message>
      <source>Clear all</source>
      <translation>すべてクリア</translation>
    </message>
    <message>
      <source>J and K move through the list</source>
      <translation>JとKでリスト内を移動</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>そこで変わる金額はありません。</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>競合なし</translation>
    </message>
    <message>
      <source>None of %1 fit</source>
      <translation>%1件中、該当なし</translation>
    </message>
    <message>
      <source>Nothing is written there.</source>
      <translation>そちらには何も書き込まれません。</translation>
    </message>
    <message>
      <source>Nothing was changed on both sides.</source>
      <translation>両側で変更されたものはありません。</translation>
    </message>
    <message>
      <source>Reading the conflicts…</source>
      <translation>競合を読み込んでいます…</translation>
    </message>
    <message>
      <source>Taken back</source>
      <translation>取り消しました</translation>
    </message>
    <message>
      <source>Taken back; nothing of it has left.</source>
      <translation>取り消しました。何も送信されていません。</translation>
    </message>
    <message>
      <source>The checked ones</source>
      <translation>チェックしたもの</translation>
    </message>
    <message>
      <source>The conflicts cannot be read</source>
      <translation>競合を読み込めません</translation>
    </message>
    <message>
      <source>This cannot be done to the record as it is now.</source>
      <translation>現在の状態のレコードには実行できません。</translation>
    </message>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>このサーバーにはレコードのウェブページがありません。</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>計算しています…</translation>
    </message>
    <message>
      <source>at stake %1</source>
      <translation>影響額 %1</translation>
    </message>
    <message>
      <source>changed on both sides. Nothing is sent until you decide.</source>
      <translation>両側で変更されています。決定するまで何も送信されません。</translation>
    </message>
  </context>
  <context>
    <name>ConnectWizard</name>
    <message>
      <source>Client ID and secret</source>
      <translation>Client IDとシークレット</translation>
    </message>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Zoho Booksに接続</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>データセンター</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>接続を続ける(&amp;C)</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>組織</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>サインイン</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>同期する内容</translation>
    </message>
  </context>
  <context>
    <name>ConnectionPanel</name>
    <message>
      <source>Connection</source>
      <translation>接続</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>最終通信</translation>
    </message>
    <message>
      <source>Last in order</source>
      <translation>最終正常</translation>
    </message>
    <message>
      <source>Next look</source>
      <translation>次回の確認</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>このコンピューターのレコード</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>サインイン</translation>
    </message>
    <message>
      <source>has ended</source>
      <translation>終了済み</translation>
    </message>
    <message>
      <source>not planned</source>
      <translation>予定なし</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>まだ</translation>
    </message>
    <message>
      <source>now</source>
      <translation>今</translation>
    </message>
    <message>
      <source>renews itself</source>
      <translation>自動更新</translation>
    </message>
  </context>
  <context>
    <name>ConnectionRows</name>
    <message>
      <source>Not connected</source>
      <translation>未接続</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>組織</translation>
    </message>
    <message>
      <source>Renew it</source>
      <translation>更新</translation>
    </message>
    <message>
      <source>S&amp;ign in again…</source>
      <translation>再サインイン(&amp;I)…</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>サインイン</translation>
    </message>
    <message>
      <source>Sign-in of the organization in use</source>
      <translation>使用中の組織のサインイン</translation>
    </message>
    <message>
      <source>Signing in again keeps all records and what belongs to them.</source>
      <translation>再サインインしても、レコードと関連情報はすべて残ります。</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>読み書き</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>読み取りのみ</translation>
    </message>
    <message>
      <source>since %1</source>
      <translation>%1から</translation>
    </message>
  </context>
  <context>
    <name>CopyButton</name>
    <message>
      <source>&amp;Copy</source>
      <translation>コピー(&amp;C)</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>コピーしました</translation>
    </message>
  </context>
  <context>
    <name>Counts</name>
    <message>
      <source>Documents</source>
      <translation>伝票</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>The window is covered. Press a key to show it again.</source>
      <translation>ウィンドウは隠されています。キーを押すと再び表示されます。</translation>
    </message>
  </context>
  <context>
    <name>CredentialsPage</name>
    <message>
      <source>&amp;Client ID</source>
      <translation>Client ID(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Grant code</source>
      <translation>付与コード(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Kind of client in the console</source>
      <translation>コンソールのクライアントの種類(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;My browser cannot come back here: use a code</source>
      <translation>ブラウザーからここへ戻れない場合: コードを使用(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Open %1</source>
      <translation>%1を開く(&amp;O)</translation>
    </message>
    <message>
      <source>A free port is needed to go on.</source>
      <translation>続けるには空きポートが必要です。</translation>
    </message>
    <message>
      <source>Add Client</source>
      <translation>Add Client</translation>
    </message>
    <message>
      <source>Any free one from 1024 to 65535. The console has to know the new address.</source>
      <translation>1024～65535の空きポートならどれでも使えます。新しいアドレスをコンソールにも登録してください。</translation>
    </message>
    <message>
      <source>Ask &amp;Zoho for reading only</source>
      <translation>Zohoには読み取りのみを要求(&amp;Z)</translation>
    </message>
    <message>
      <source>Choose %1, then %2.</source>
      <translation>%1、%2の順に選択します。</translation>
    </message>
    <message>
      <source>Client ID and client secret</source>
      <translation>Client IDとClient Secret</translation>
    </message>
    <message>
      <source>Client secre&amp;t</source>
      <translation>Client Secret(&amp;T)</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>コピー(&amp;Y)</translation>
    </message>
    <message>
      <source>Copy al&amp;l</source>
      <translation>すべてコピー(&amp;L)</translation>
    </message>
    <message>
      <source>Correct the client ID to go on.</source>
      <translation>続けるには、Client IDを修正してください。</translation>
    </message>
    <message>
      <source>Enter a number from 1024 to 65535.</source>
      <translation>1024～65535の数値を入力してください。</translation>
    </message>
    <message>
      <source>Filled in for the demo company.</source>
      <translation>デモ会社用に入力済みです。</translation>
    </message>
    <message>
      <source>For locked-down computers: in the console choose Add Client, then Self Client. Under Generate Code paste the scope below, choose ten minutes, and paste the code here. Use the Self Client’s own ID and secret above.</source>
      <translation>制限されたコンピューターの場合: コンソールでAdd Client、Self Clientの順に選択します。Generate Codeに下のスコープを貼り付け、10分を選択し、コードをここに貼り付けます。上にはSelf Client自身のIDとシークレットを使用してください。</translation>
    </message>
    <message>
      <source>In the Zoho API console choose Add Client, then Server-based Applications. Enter any name, as homepage http://localhost, and under Authorized Redirect URIs the address shown here. Choose Create. The tab Client Secret then shows the ID and the secret.

If your company uses several data centres, open the client’s Settings tab and switch the others on.</source>
      <translation>Zoho APIコンソールでAdd Client、Server-based Applicationsの順に選択します。名前は任意、ホームページはhttp://localhost、Authorized Redirect URIsにはここに表示されたアドレスを入力し、Createを選択します。Client SecretタブにIDとシークレットが表示されます。

会社で複数のデータセンターを使用している場合は、クライアントのSettingsタブで他のデータセンターも有効にしてください。</translation>
    </message>
    <message>
      <source>It must be the same to the letter. Port %1 is free on this computer.</source>
      <translation>1文字も違わず一致する必要があります。ポート%1はこのコンピューターで空いています。</translation>
    </message>
    <message>
      <source>It works once, and only for the minutes chosen in the console.</source>
      <translation>一度だけ、コンソールで選択した時間内に限り有効です。</translation>
    </message>
    <message>
      <source>Its client is known to everybody and opens nothing but the demo. Choose Sign in to go on.</source>
      <translation>このクライアントは公開されており、デモ以外は開けません。「サインイン」を選択して進んでください。</translation>
    </message>
    <message>
      <source>Kept in %1 only. Spaces at the ends are removed when you paste.</source>
      <translation>%1にのみ保存されます。貼り付け時に前後の空白は取り除かれます。</translation>
    </message>
    <message>
      <source>Kept in this computer’s keychain only. Spaces at the ends are removed when you paste.</source>
      <translation>このコンピューターのキーチェーンにのみ保存されます。貼り付け時に前後の空白は取り除かれます。</translation>
    </message>
    <message>
      <source>Kind of client in the console</source>
      <translation>コンソールのクライアントの種類</translation>
    </message>
    <message>
      <source>Make a client for zbdesk in the Zoho API console, then paste its ID and secret here.</source>
      <translation>Zoho APIコンソールでzbdesk用のクライアントを作成し、そのIDとシークレットをここに貼り付けてください。</translation>
    </message>
    <message>
      <source>Mobile-based Applications (PKCE)</source>
      <translation>Mobile-based Applications (PKCE)</translation>
    </message>
    <message>
      <source>More choices for a&amp;dministrators</source>
      <translation>管理者向けの詳細設定(&amp;D)</translation>
    </message>
    <message>
      <source>No browser could be opened. Open %1 in a browser of your own.</source>
      <translation>ブラウザーを開けませんでした。お使いのブラウザーで%1を開いてください。</translation>
    </message>
    <message>
      <source>Open the console of the %1 data centre</source>
      <translation>%1データセンターのコンソールを開く</translation>
    </message>
    <message>
      <source>Open the console of this server</source>
      <translation>このサーバーのコンソールを開く</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>貼り付け</translation>
    </message>
    <message>
      <source>Paste the client ID to go on.</source>
      <translation>続けるには、Client IDを貼り付けてください。</translation>
    </message>
    <message>
      <source>Paste the client secret</source>
      <translation>Client Secretを貼り付け</translation>
    </message>
    <message>
      <source>Paste the client secret to go on.</source>
      <translation>続けるには、Client Secretを貼り付けてください。</translation>
    </message>
    <message>
      <source>Paste the grant code, or close that part, to go on.</source>
      <translation>続けるには、付与コードを貼り付けるか、その欄を閉じてください。</translation>
    </message>
    <message>
      <source>Paste this under “Authorized Redirect URIs” there</source>
      <translation>コンソールの「Authorized Redirect URIs」に貼り付けてください</translation>
    </message>
    <message>
      <source>Paste what the console shows under “Client Secret”</source>
      <translation>コンソールの「Client Secret」の内容を貼り付けてください</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>ポート</translation>
    </message>
    <message>
      <source>Redirect URI</source>
      <translation>リダイレクトURI</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>サインイン(&amp;I)</translation>
    </message>
    <message>
      <source>Scope</source>
      <translation>スコープ</translation>
    </message>
    <message>
      <source>Scope for the code</source>
      <translation>コード用のスコープ</translation>
    </message>
    <message>
      <source>Server-based Applications</source>
      <translation>Server-based Applications</translation>
    </message>
    <message>
      <source>Server-based is right unless your administrator made the client as another kind.</source>
      <translation>管理者が別の種類で作成した場合を除き、Server-basedが適切です。</translation>
    </message>
    <message>
      <source>The sign-in itself then cannot write. Writing later needs another sign-in.</source>
      <translation>このサインイン自体では書き込めなくなります。後で書き込むには、再度サインインが必要です。</translation>
    </message>
    <message>
      <source>There is a space inside. Copy the ID alone.</source>
      <translation>途中に空白があります。IDだけをコピーしてください。</translation>
    </message>
    <message>
      <source>This looks like an e-mail address. The ID begins with 1000.</source>
      <translation>メールアドレスのようです。IDは1000で始まります。</translation>
    </message>
    <message>
      <source>Use &amp;another port</source>
      <translation>別のポートを使用(&amp;A)</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>これを使用</translation>
    </message>
    <message>
      <source>Zoho’s client IDs begin with 1000. and go on in capitals and digits.</source>
      <translation>ZohoのClient IDは1000.で始まり、大文字と数字が続きます。</translation>
    </message>
  </context>
  <context>
    <name>Dashboard</name>
    <message>
      <source>Dashboard</source>
      <translation>ダッシュボード</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試行</translation>
    </message>
  </context>
  <context>
    <name>DataCentrePage</name>
    <message>
      <source>&amp;Address of your Zoho Books</source>
      <translation>Zoho Booksのアドレス(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Other servers (for tests and private set-ups)</source>
      <translation>その他のサーバー(テスト・専用環境用)(&amp;O)</translation>
    </message>
    <message>
      <source>(optional: copy it from the browser)</source>
      <translation>(任意: ブラウザーからコピー)</translation>
    </message>
    <message>
      <source>A company in Singapore usually has its books at books.zoho.com. If the choice is wrong, zbdesk notices at sign-in and puts it right.</source>
      <translation>シンガポールの会社の帳簿は、通常books.zoho.comにあります。選択が違っていても、zbdeskがサインイン時に検出して修正します。</translation>
    </message>
    <message>
      <source>A&amp;ccounts server</source>
      <translation>アカウントサーバー(&amp;C)</translation>
    </message>
    <message>
      <source>AP&amp;I server</source>
      <translation>APIサーバー(&amp;I)</translation>
    </message>
    <message>
      <source>Choose a data centre to go on.</source>
      <translation>続けるには、データセンターを選択してください。</translation>
    </message>
    <message>
      <source>Choose the data centre whose address you see in the browser when you open Zoho Books.</source>
      <translation>Zoho Booksを開いたときにブラウザーに表示されるアドレスのデータセンターを選択してください。</translation>
    </message>
    <message>
      <source>Correct the marked address to go on.</source>
      <translation>続けるには、印の付いたアドレスを修正してください。</translation>
    </message>
    <message>
      <source>Data centres</source>
      <translation>データセンター</translation>
    </message>
    <message>
      <source>Enter both servers to go on.</source>
      <translation>続けるには、両方のサーバーを入力してください。</translation>
    </message>
    <message>
      <source>Open Zoho Books in your browser and look at the address. The part after “books.” names the data centre: books.zoho.eu is Europe, books.zohocloud.ca is Canada.

Paste the whole address into the field, and the row is chosen for you. Arrow keys move through the rows.</source>
      <translation>ブラウザーでZoho Booksを開き、アドレスをご覧ください。「books.」の後の部分がデータセンターを示します。books.zoho.euはヨーロッパ、books.zohocloud.caはカナダです。

アドレス全体を欄に貼り付けると、行が自動的に選択されます。矢印キーで行を移動できます。</translation>
    </message>
    <message>
      <source>The address counts, not the country of your company.</source>
      <translation>会社の所在国ではなく、アドレスで決まります。</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre, but another one is chosen below.</source>
      <translation>このアドレスは%1データセンターのものですが、下では別のものが選択されています。</translation>
    </message>
    <message>
      <source>This address belongs to the %1 data centre. It is chosen below.</source>
      <translation>このアドレスは%1データセンターのものです。下で選択されています。</translation>
    </message>
    <message>
      <source>This address is not one of Zoho’s. Choose the data centre in the list.</source>
      <translation>Zohoのアドレスではありません。リストからデータセンターを選択してください。</translation>
    </message>
    <message>
      <source>Use &amp;these servers</source>
      <translation>これらのサーバーを使用(&amp;T)</translation>
    </message>
    <message>
      <source>Where are your books kept?</source>
      <translation>帳簿はどこにありますか?</translation>
    </message>
  </context>
  <context>
    <name>DataCentres</name>
    <message>
      <source>Australia</source>
      <translation>オーストラリア</translation>
    </message>
    <message>
      <source>Canada</source>
      <translation>カナダ</translation>
    </message>
    <message>
      <source>China</source>
      <translation>中国</translation>
    </message>
    <message>
      <source>Europe</source>
      <translation>ヨーロッパ</translation>
    </message>
    <message>
      <source>India</source>
      <translation>インド</translation>
    </message>
    <message>
      <source>Japan</source>
      <translation>日本</translation>
    </message>
    <message>
      <source>Saudi Arabia</source>
      <translation>サウジアラビア</translation>
    </message>
    <message>
      <source>United Arab Emirates</source>
      <translation>アラブ首長国連邦</translation>
    </message>
    <message>
      <source>United Kingdom</source>
      <translation>英国</translation>
    </message>
    <message>
      <source>United States</source>
      <translation>米国</translation>
    </message>
    <message>
      <source>own server</source>
      <translation>独自サーバー</translation>
    </message>
    <message>
      <source>{place} data centre</source>
      <translation>{place}データセンター</translation>
    </message>
  </context>
  <context>
    <name>DataRows</name>
    <message>
      <source>Before it is removed</source>
      <translation>削除の前に</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>データ</translation>
    </message>
    <message>
      <source>Ends the start with your session, asks about the data, and quits.</source>
      <translation>セッションと同時の起動をやめ、データについて確認して終了します。</translation>
    </message>
    <message>
      <source>On this computer</source>
      <translation>このコンピューター上</translation>
    </message>
    <message>
      <source>Only your own user can read the folder. No password or token is in it or in the logs. To keep it elsewhere, quit, move the folder, and start with --data-dir or ZBDESK_DATA_DIR.</source>
      <translation>このフォルダーを読めるのはご自身のユーザーだけです。フォルダーにもログにもパスワードやトークンは含まれません。別の場所に置くには、終了してフォルダーを移動し、--data-dirまたはZBDESK_DATA_DIRを指定して起動してください。</translation>
    </message>
    <message>
      <source>Open data f&amp;older</source>
      <translation>データフォルダーを開く(&amp;O)</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>場所</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk…</source>
      <translation>zbdesk の削除の準備…</translation>
    </message>
  </context>
  <context>
    <name>DatesDialog</name>
    <message>
      <source>&amp;Change %1</source>
      <translation>%1件を変更(&amp;C)</translation>
    </message>
    <message>
      <source>Change the date of %1</source>
      <translation>%1件の日付を変更</translation>
    </message>
    <message>
      <source>Each gets this date and is tried again at once.</source>
      <translation>それぞれにこの日付が設定され、すぐに再試行されます。</translation>
    </message>
    <message>
      <source>Enter a date.</source>
      <translation>日付を入力してください。</translation>
    </message>
    <message>
      <source>The first day that is not locked, or later.</source>
      <translation>ロックされていない最初の日、またはそれ以降。</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>ほか%1件</translation>
    </message>
  </context>
  <context>
    <name>DeleteDialog</name>
    <message numerus="yes">
      <source>&amp;Delete %n record(s)</source>
      <translation>
        <numerusform>レコード%n件を削除(&amp;D)</numerusform>
      </translation>
    </message>
    <message>
      <source>Delete the records of %1 on this computer?</source>
      <translation>このコンピューターの%1のレコードを削除しますか?</translation>
    </message>
    <message>
      <source>Short name of the organization</source>
      <translation>組織の略称</translation>
    </message>
    <message>
      <source>The connection is ended, and records, history, mappings and rules of this organization are deleted here. Zoho Books keeps everything. It cannot be undone.</source>
      <translation>接続は終了し、この組織のレコード、履歴、マッピング、ルールがここから削除されます。Zoho Booksの内容はすべて残ります。この操作は元に戻せません。</translation>
    </message>
    <message>
      <source>They would be lost.</source>
      <translation>これらは失われます。</translation>
    </message>
    <message>
      <source>Type %1 to confirm the organization</source>
      <translation>組織を確認するため%1と入力してください</translation>
    </message>
  </context>
  <context>
    <name>DeskState</name>
    <message>
      <source>Nothing is lost; syncing goes on after you sign in again.</source>
      <translation>失われるものはありません。再サインイン後に同期が続きます。</translation>
    </message>
    <message>
      <source>Reading goes on at {time} by itself.</source>
      <translation>{time}に読み取りを自動的に再開します。</translation>
    </message>
    <message>
      <source>Records can be read. Syncing goes on by itself when Zoho Books answers again.</source>
      <translation>レコードは参照できます。Zoho Booksが再び応答すると、同期は自動的に再開します。</translation>
    </message>
    <message>
      <source>Syncing stopped.</source>
      <translation>同期が停止しました。</translation>
    </message>
    <message>
      <source>This computer is offline since {time}.</source>
      <translation>このコンピューターは{time}からオフラインです。</translation>
    </message>
    <message>
      <source>Zoho Books allows no more calls for now.</source>
      <translation>Zoho Booksは現在これ以上の呼び出しを受け付けません。</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in.</source>
      <translation>Zohoがサインインを終了しました。</translation>
    </message>
  </context>
  <context>
    <name>DesktopNotices</name>
    <message>
      <source>Open zbdesk</source>
      <translation>zbdeskを開く</translation>
    </message>
  </context>
  <context>
    <name>DetailPane</name>
    <message>
      <source>%1 lines</source>
      <translation>明細%1行</translation>
    </message>
    <message>
      <source>%1, due %2</source>
      <translation>%1、期日 %2</translation>
    </message>
    <message>
      <source>%1, overdue</source>
      <translation>%1、期限超過</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>明細1行</translation>
    </message>
    <message>
      <source>All fields from &amp;Zoho Books</source>
      <translation>Zoho Booksの全フィールド(&amp;Z)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>残高</translation>
    </message>
    <message>
      <source>Changed there</source>
      <translation>先方で変更</translation>
    </message>
    <message>
      <source>Choose a record to see its details.</source>
      <translation>レコードを選択すると詳細が表示されます。</translation>
    </message>
    <message>
      <source>Close details</source>
      <translation>詳細を閉じる</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>詳細</translation>
    </message>
    <message>
      <source>Fields before and a&amp;fter</source>
      <translation>変更前後のフィールド(&amp;F)</translation>
    </message>
    <message>
      <source>History</source>
      <translation>履歴</translation>
    </message>
    <message>
      <source>Line items are only in Zoho Books; they are read when it answers again.</source>
      <translation>明細はZoho Booksにのみあります。再び応答したときに読み取ります。</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>Open in Zoho Books</source>
      <translation>Zoho Booksで開く</translation>
    </message>
    <message>
      <source>Reading lines from Zoho Books…</source>
      <translation>Zoho Booksから明細を読み取っています…</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>参照番号</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>ソース</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>ステータス</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>合計</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>ほか%1件(Zoho Books内)</translation>
    </message>
  </context>
  <context>
    <name>DetailParts</name>
    <message>
      <source>%1 entries</source>
      <translation>%1件</translation>
    </message>
    <message>
      <source>Applied credits</source>
      <translation>適用済みクレジット</translation>
    </message>
    <message>
      <source>Nothing of it has left; the record is again as both sides last agreed.</source>
      <translation>何も送信されていません。レコードは両側が最後に一致した状態に戻りました。</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>入出金</translation>
    </message>
    <message>
      <source>Put on</source>
      <translation>記録日時</translation>
    </message>
    <message>
      <source>Take &amp;back</source>
      <translation>取り消す(&amp;B)</translation>
    </message>
    <message>
      <source>To be changed in Zoho Books</source>
      <translation>Zoho Booksで変更予定</translation>
    </message>
    <message>
      <source>To be deleted in Zoho Books</source>
      <translation>Zoho Booksで削除予定</translation>
    </message>
    <message>
      <source>To be done in Zoho Books</source>
      <translation>Zoho Booksで実行予定</translation>
    </message>
    <message>
      <source>To be put into Zoho Books</source>
      <translation>Zoho Booksに登録予定</translation>
    </message>
    <message>
      <source>and %1 more fields</source>
      <translation>ほか%1フィールド</translation>
    </message>
    <message>
      <source>and %1 more, in Zoho Books</source>
      <translation>ほか%1件(Zoho Books内)</translation>
    </message>
    <message>
      <source>no</source>
      <translation>いいえ</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>はい</translation>
    </message>
  </context>
  <context>
    <name>DiagnosticsDialog</name>
    <message>
      <source>&amp;Copy this file</source>
      <translation>このファイルをコピー(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Save archive…</source>
      <translation>アーカイブを保存(&amp;S)…</translation>
    </message>
    <message>
      <source>Being put together…</source>
      <translation>まとめています…</translation>
    </message>
    <message>
      <source>Diagnostics for support</source>
      <translation>サポート用の診断情報</translation>
    </message>
    <message>
      <source>Files of the archive</source>
      <translation>アーカイブのファイル</translation>
    </message>
    <message>
      <source>Save archive</source>
      <translation>アーカイブを保存</translation>
    </message>
    <message>
      <source>Saved as %1.</source>
      <translation>%1として保存しました。</translation>
    </message>
    <message>
      <source>Text of the file</source>
      <translation>ファイルの内容</translation>
    </message>
    <message>
      <source>These files, and no others, go into the archive. Secrets, addresses, account numbers and names of customers are left out. Nothing is sent: you decide what becomes of the file.</source>
      <translation>アーカイブに入るのはこれらのファイルだけです。シークレット、アドレス、口座番号、顧客名は除かれます。何も送信されません。ファイルの扱いはご自身で決められます。</translation>
    </message>
  </context>
  <context>
    <name>DigestPanel</name>
    <message>
      <source>%1 of smaller amounts</source>
      <translation>少額分 %1</translation>
    </message>
    <message numerus="yes">
      <source>%n more change(s)</source>
      <translation>
        <numerusform>ほか変更%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark as seen</source>
      <translation>確認済みにする</translation>
    </message>
    <message>
      <source>Nothing has changed in Zoho Books since then.</source>
      <translation>それ以降、Zoho Booksに変更はありません。</translation>
    </message>
    <message>
      <source>Since you last looked</source>
      <translation>前回の確認以降</translation>
    </message>
    <message>
      <source>Since you last looked, %1</source>
      <translation>前回の確認以降、%1</translation>
    </message>
  </context>
  <context>
    <name>DisconnectDialog</name>
    <message>
      <source>&amp;Disconnect</source>
      <translation>切断(&amp;D)</translation>
    </message>
    <message>
      <source>Disconnect %1?</source>
      <translation>%1の接続を切断しますか?</translation>
    </message>
    <message>
      <source>The sign-in is ended at Zoho and forgotten here. Records and links stay on this computer; connecting again goes on where it stopped. Nothing is changed in Zoho Books.</source>
      <translation>Zohoでのサインインを終了し、ここからも消去します。レコードとリンクはこのコンピューターに残り、再接続すると中断したところから続きます。Zoho Booksの内容は変わりません。</translation>
    </message>
    <message>
      <source>They stay and leave after connecting again.</source>
      <translation>これらは残り、再接続後に送信されます。</translation>
    </message>
  </context>
  <context>
    <name>DismissDialog</name>
    <message>
      <source>&amp;Dismiss</source>
      <translation>却下(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Reason</source>
      <translation>理由(&amp;R)</translation>
    </message>
    <message>
      <source>Dismiss %1?</source>
      <translation>%1を却下しますか?</translation>
    </message>
    <message>
      <source>It leaves the list and is not tried again. Undo stays under Dismissed.</source>
      <translation>リストから外れ、再試行されません。「却下済み」から元に戻せます。</translation>
    </message>
    <message>
      <source>Say why, so that others can follow it later.</source>
      <translation>後で他の人にも分かるよう、理由を記入してください。</translation>
    </message>
  </context>
  <context>
    <name>DryRunDialog</name>
    <message>
      <source>&amp;Copy list</source>
      <translation>リストをコピー(&amp;C)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>コピーしました</translation>
    </message>
    <message>
      <source>In Zoho Books now</source>
      <translation>現在のZoho Books</translation>
    </message>
    <message>
      <source>No</source>
      <translation>いいえ</translation>
    </message>
    <message>
      <source>Planned writes</source>
      <translation>予定の書き込み</translation>
    </message>
    <message>
      <source>This is a dry run. Nothing has been sent.</source>
      <translation>これは試行です。何も送信されていません。</translation>
    </message>
    <message>
      <source>What</source>
      <translation>対象</translation>
    </message>
    <message>
      <source>What would be written: %1</source>
      <translation>書き込まれる内容: %1</translation>
    </message>
    <message>
      <source>Would be sent</source>
      <translation>送信される内容</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>はい</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>&amp;Discard it</source>
      <translation>破棄(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Go on editing</source>
      <translation>編集を続ける(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Save changes</source>
      <translation>変更を保存(&amp;S)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(任意)</translation>
    </message>
    <message>
      <source>Being checked…</source>
      <translation>確認しています…</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>選択してください。</translation>
    </message>
    <message>
      <source>Cr&amp;eate %1</source>
      <translation>%1を作成(&amp;E)</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>%1を編集</translation>
    </message>
    <message>
      <source>Enter at least one line.</source>
      <translation>明細を1行以上入力してください。</translation>
    </message>
    <message>
      <source>It leaves with the next run and can be cancelled until then.</source>
      <translation>次の実行で送信されます。それまでは取り消せます。</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>新規%1</translation>
    </message>
    <message>
      <source>This cannot be saved yet.</source>
      <translation>まだ保存できません。</translation>
    </message>
    <message>
      <source>What you typed is not saved.</source>
      <translation>入力内容は保存されていません。</translation>
    </message>
    <message>
      <source>Zoho Books needs this field.</source>
      <translation>Zoho Booksではこのフィールドが必須です。</translation>
    </message>
  </context>
  <context>
    <name>EffectPanel</name>
    <message>
      <source>No amount changes there.</source>
      <translation>そこで変わる金額はありません。</translation>
    </message>
    <message>
      <source>What the result changes in Zoho Books</source>
      <translation>この結果によるZoho Booksの変更点</translation>
    </message>
  </context>
  <context>
    <name>EventsModel</name>
    <message>
      <source>Arrived</source>
      <translation>到着</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>連絡先</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>What zbdesk did</source>
      <translation>zbdeskの処理</translation>
    </message>
  </context>
  <context>
    <name>EventsPanel</name>
    <message>
      <source>%1: wrong signature, last %2</source>
      <translation>%1: 署名が不正、最終 %2</translation>
    </message>
    <message>
      <source>All modules</source>
      <translation>すべてのモジュール</translation>
    </message>
    <message>
      <source>All results</source>
      <translation>すべての結果</translation>
    </message>
    <message>
      <source>Choose all to see them again.</source>
      <translation>「すべて」を選ぶと再び表示されます。</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>No event has come yet</source>
      <translation>イベントはまだ届いていません</translation>
    </message>
    <message>
      <source>No signature</source>
      <translation>署名なし</translation>
    </message>
    <message>
      <source>None of the events fits</source>
      <translation>該当するイベントはありません</translation>
    </message>
    <message>
      <source>Once Zoho Books has an address and a secret, each change is listed here as it arrives.</source>
      <translation>Zoho Booksにアドレスとシークレットを設定すると、変更が届くたびにここに表示されます。</translation>
    </message>
    <message>
      <source>Raw v&amp;iew</source>
      <translation>生データ表示(&amp;I)</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>読み直す(&amp;G)</translation>
    </message>
    <message>
      <source>Signature checked</source>
      <translation>署名を確認済み</translation>
    </message>
    <message>
      <source>The events cannot be read</source>
      <translation>イベントを読み込めません</translation>
    </message>
    <message>
      <source>This event is not kept any more.</source>
      <translation>このイベントは保存期間を過ぎています。</translation>
    </message>
    <message>
      <source>This event names no record that could be read.</source>
      <translation>このイベントには、読み取れるレコードの指定がありません。</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>処理結果</translation>
    </message>
  </context>
  <context>
    <name>EventsTable</name>
    <message>
      <source>Raw view</source>
      <translation>生データ表示</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>読み直す</translation>
    </message>
    <message>
      <source>Webhook events</source>
      <translation>Webhookイベント</translation>
    </message>
  </context>
  <context>
    <name>ExportDialog</name>
    <message>
      <source>&amp;Choose the file…</source>
      <translation>ファイルを選択(&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Format</source>
      <translation>形式(&amp;F)</translation>
    </message>
    <message>
      <source>A database always holds the whole module.</source>
      <translation>データベースには常にモジュール全体が入ります。</translation>
    </message>
    <message>
      <source>Amounts and dates are real numbers and dates; sums per currency.</source>
      <translation>金額と日付は本来の数値・日付として出力し、通貨ごとに合計します。</translation>
    </message>
    <message>
      <source>Begin with a &amp;mark of UTF-8 (some older programs need it)</source>
      <translation>先頭にUTF-8のマークを付ける(一部の古いプログラムで必要)(&amp;M)</translation>
    </message>
    <message>
      <source>CSV for other programs</source>
      <translation>他のプログラム用のCSV</translation>
    </message>
    <message>
      <source>CSV for this computer's spreadsheet</source>
      <translation>このコンピューターの表計算用のCSV</translation>
    </message>
    <message>
      <source>Commas between cells, points in amounts, UTF-8.</source>
      <translation>セルはカンマ区切り、小数点はピリオド、UTF-8。</translation>
    </message>
    <message>
      <source>E&amp;verything of this module, filtered or not (%1)</source>
      <translation>フィルターに関係なくこのモジュールのすべて(%1)(&amp;V)</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Excelブック</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>%1をエクスポート</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>形式</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON行</translation>
    </message>
    <message>
      <source>One list of objects.</source>
      <translation>オブジェクトの1つのリスト。</translation>
    </message>
    <message>
      <source>One object a line, for large files.</source>
      <translation>1行に1オブジェクト、大きなファイル向け。</translation>
    </message>
    <message>
      <source>Only what is se&amp;lected (%1)</source>
      <translation>選択したもののみ(%1)(&amp;L)</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>SQLite database</source>
      <translation>SQLiteデータベース</translation>
    </message>
    <message>
      <source>Separator and decimal sign as set on this computer, so that a double click opens it in columns.</source>
      <translation>区切り文字と小数点はこのコンピューターの設定に従い、ダブルクリックで列に分かれて開きます。</translation>
    </message>
    <message>
      <source>The whole module as a table, of one moment.</source>
      <translation>モジュール全体を1つの時点の表として出力します。</translation>
    </message>
    <message>
      <source>What the &amp;table shows, in its order (%1)</source>
      <translation>表の表示内容、その順序で(%1)(&amp;T)</translation>
    </message>
  </context>
  <context>
    <name>ExportRows</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>参照(&amp;B)…</translation>
    </message>
    <message>
      <source>Add recor&amp;ds</source>
      <translation>レコードを追加(&amp;D)</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>Choose a folder for exports</source>
      <translation>エクスポート用フォルダーを選択</translation>
    </message>
    <message>
      <source>Empty for no export.</source>
      <translation>空欄の場合はエクスポートしません。</translation>
    </message>
    <message>
      <source>Every %1 days</source>
      <translation>%1日ごと</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>%1時間ごと</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>毎日</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>1時間ごと</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>フォルダー</translation>
    </message>
    <message>
      <source>Folder for exports</source>
      <translation>エクスポート用フォルダー</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>形式</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>頻度</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON lines</source>
      <translation>JSON行</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>Records to export</source>
      <translation>エクスポートするレコード</translation>
    </message>
    <message>
      <source>SQLite snapshot</source>
      <translation>SQLiteスナップショット</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>定期エクスポート</translation>
    </message>
    <message>
      <source>Spreadsheet (XLSX)</source>
      <translation>スプレッドシート (XLSX)</translation>
    </message>
    <message>
      <source>This folder is not there now; the export waits for it.</source>
      <translation>このフォルダーは現在ありません。見つかるまでエクスポートは待機します。</translation>
    </message>
  </context>
  <context>
    <name>FaultList</name>
    <message>
      <source>Column</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Refused rows</source>
      <translation>拒否された行</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>値</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>誤りの内容</translation>
    </message>
  </context>
  <context>
    <name>Fields</name>
    <message>
      <source>Accept retainer</source>
      <translation>前受金を受け入れる</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>勘定科目</translation>
    </message>
    <message>
      <source>Acquisition vat</source>
      <translation>取得VAT</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>住所</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>調整</translation>
    </message>
    <message>
      <source>Adjustment description</source>
      <translation>調整の説明</translation>
    </message>
    <message>
      <source>Allow partial payments</source>
      <translation>一部支払を許可</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Amount applied</source>
      <translation>充当額</translation>
    </message>
    <message>
      <source>Attachments</source>
      <translation>添付ファイル</translation>
    </message>
    <message>
      <source>Attention</source>
      <translation>宛名</translation>
    </message>
    <message>
      <source>Avatax exempt no</source>
      <translation>Avatax免税番号</translation>
    </message>
    <message>
      <source>Avatax tax code</source>
      <translation>Avatax税コード</translation>
    </message>
    <message>
      <source>Avatax use code</source>
      <translation>Avatax使用コード</translation>
    </message>
    <message>
      <source>Bank charges</source>
      <translation>銀行手数料</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>支払請求書</translation>
    </message>
    <message>
      <source>Bill item</source>
      <translation>支払請求書明細</translation>
    </message>
    <message>
      <source>Bill number</source>
      <translation>支払請求書番号</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>請求可能</translation>
    </message>
    <message>
      <source>Billing address</source>
      <translation>請求先住所</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>支払請求書</translation>
    </message>
    <message>
      <source>Can reclaim vat on mileage</source>
      <translation>走行距離のVAT還付可</translation>
    </message>
    <message>
      <source>Cfdi reference type</source>
      <translation>CFDI参照タイプ</translation>
    </message>
    <message>
      <source>Cfdi usage</source>
      <translation>CFDI用途</translation>
    </message>
    <message>
      <source>City</source>
      <translation>市区町村</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>会社</translation>
    </message>
    <message>
      <source>Contact number</source>
      <translation>連絡先番号</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>担当者</translation>
    </message>
    <message>
      <source>Contact persons associated</source>
      <translation>関連する担当者</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>国</translation>
    </message>
    <message>
      <source>Country code</source>
      <translation>国コード</translation>
    </message>
    <message>
      <source>Credit</source>
      <translation>貸方</translation>
    </message>
    <message>
      <source>Credit limit</source>
      <translation>与信限度額</translation>
    </message>
    <message>
      <source>Credit note number</source>
      <translation>貸方票番号</translation>
    </message>
    <message>
      <source>Crm custom reference</source>
      <translation>CRMカスタム参照</translation>
    </message>
    <message>
      <source>Crm owner</source>
      <translation>CRM所有者</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Custom body</source>
      <translation>カスタム本文</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>カスタムフィールド</translation>
    </message>
    <message>
      <source>Custom subject</source>
      <translation>カスタム件名</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>顧客</translation>
    </message>
    <message>
      <source>Customer sub type</source>
      <translation>顧客区分</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>Debit</source>
      <translation>借方</translation>
    </message>
    <message>
      <source>Debit or credit</source>
      <translation>借方・貸方</translation>
    </message>
    <message>
      <source>Delivery customer</source>
      <translation>納品先顧客</translation>
    </message>
    <message>
      <source>Delivery date</source>
      <translation>納品日</translation>
    </message>
    <message>
      <source>Delivery method</source>
      <translation>納品方法</translation>
    </message>
    <message>
      <source>Delivery org address</source>
      <translation>納品先組織の住所</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>部署</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>説明</translation>
    </message>
    <message>
      <source>Designation</source>
      <translation>役職</translation>
    </message>
    <message>
      <source>Destination of supply</source>
      <translation>供給先</translation>
    </message>
    <message>
      <source>Discount</source>
      <translation>値引</translation>
    </message>
    <message>
      <source>Discount account</source>
      <translation>値引勘定</translation>
    </message>
    <message>
      <source>Distance</source>
      <translation>距離</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>伝票</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>支払期日</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>メール</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>従業員</translation>
    </message>
    <message>
      <source>End reading</source>
      <translation>終了メーター値</translation>
    </message>
    <message>
      <source>Engine capacity range</source>
      <translation>排気量区分</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>見積書</translation>
    </message>
    <message>
      <source>Estimate number</source>
      <translation>見積書番号</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>為替レート</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>経費</translation>
    </message>
    <message>
      <source>Facebook</source>
      <translation>Facebook</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>FAX</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>名</translation>
    </message>
    <message>
      <source>Fuel type</source>
      <translation>燃料の種類</translation>
    </message>
    <message>
      <source>GST treatment</source>
      <translation>GST区分</translation>
    </message>
    <message>
      <source>GSTIN</source>
      <translation>GSTIN</translation>
    </message>
    <message>
      <source>HSN or SAC</source>
      <translation>HSNまたはSAC</translation>
    </message>
    <message>
      <source>Header</source>
      <translation>見出し</translation>
    </message>
    <message>
      <source>Header name</source>
      <translation>見出し名</translation>
    </message>
    <message>
      <source>Include in vat return</source>
      <translation>VAT申告に含める</translation>
    </message>
    <message>
      <source>Inventory account</source>
      <translation>棚卸資産勘定</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>請求書</translation>
    </message>
    <message>
      <source>Invoice item</source>
      <translation>請求書明細</translation>
    </message>
    <message>
      <source>Invoice number</source>
      <translation>請求書番号</translation>
    </message>
    <message>
      <source>Invoiced estimate</source>
      <translation>請求済みの見積書</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>請求書</translation>
    </message>
    <message>
      <source>Is bas adjustment</source>
      <translation>BAS調整</translation>
    </message>
    <message>
      <source>Is discount before tax</source>
      <translation>税引前値引</translation>
    </message>
    <message>
      <source>Is draft</source>
      <translation>下書き</translation>
    </message>
    <message>
      <source>Is item level tax calc</source>
      <translation>明細単位の税計算</translation>
    </message>
    <message>
      <source>Is primary contact</source>
      <translation>主担当者</translation>
    </message>
    <message>
      <source>Is reverse charge applied</source>
      <translation>リバースチャージ適用</translation>
    </message>
    <message>
      <source>Is tds registered</source>
      <translation>TDS登録済み</translation>
    </message>
    <message>
      <source>Is update customer</source>
      <translation>顧客を更新</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Item tax preferences</source>
      <translation>商品の税設定</translation>
    </message>
    <message>
      <source>Item total</source>
      <translation>明細合計</translation>
    </message>
    <message>
      <source>Item type</source>
      <translation>商品タイプ</translation>
    </message>
    <message>
      <source>Journal date</source>
      <translation>仕訳日</translation>
    </message>
    <message>
      <source>Journal type</source>
      <translation>仕訳タイプ</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>種類</translation>
    </message>
    <message>
      <source>Kind of discount</source>
      <translation>値引の種類</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>言語</translation>
    </message>
    <message>
      <source>Last name</source>
      <translation>姓</translation>
    </message>
    <message>
      <source>Legal name</source>
      <translation>正式名称</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>拠点</translation>
    </message>
    <message>
      <source>Merchant</source>
      <translation>加盟店</translation>
    </message>
    <message>
      <source>Mileage rate</source>
      <translation>走行距離単価</translation>
    </message>
    <message>
      <source>Mileage type</source>
      <translation>走行距離の種類</translation>
    </message>
    <message>
      <source>Mileage unit</source>
      <translation>走行距離の単位</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>携帯電話</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>備考</translation>
    </message>
    <message>
      <source>Notes default</source>
      <translation>備考の既定値</translation>
    </message>
    <message>
      <source>Opening balance amount</source>
      <translation>期首残高の金額</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>期首残高</translation>
    </message>
    <message>
      <source>Order number</source>
      <translation>注文番号</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>所有者</translation>
    </message>
    <message>
      <source>Paid by</source>
      <translation>支払者</translation>
    </message>
    <message>
      <source>Paid from</source>
      <translation>支払元</translation>
    </message>
    <message>
      <source>Payment form</source>
      <translation>支払方法</translation>
    </message>
    <message>
      <source>Payment terms</source>
      <translation>支払条件</translation>
    </message>
    <message>
      <source>Permit number</source>
      <translation>許可番号</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>担当者</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>電話</translation>
    </message>
    <message>
      <source>Place of contact</source>
      <translation>連絡先の所在地</translation>
    </message>
    <message>
      <source>Place of supply</source>
      <translation>供給地</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>価格</translation>
    </message>
    <message>
      <source>Pricebook</source>
      <translation>価格表</translation>
    </message>
    <message>
      <source>Prices include tax</source>
      <translation>税込価格</translation>
    </message>
    <message>
      <source>Product type</source>
      <translation>商品区分</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>プロジェクト</translation>
    </message>
    <message>
      <source>Purchase account</source>
      <translation>購買勘定</translation>
    </message>
    <message>
      <source>Purchase description</source>
      <translation>購買説明</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>発注書</translation>
    </message>
    <message>
      <source>Purchase price</source>
      <translation>購買価格</translation>
    </message>
    <message>
      <source>Purchase tax exemption</source>
      <translation>購買の免税</translation>
    </message>
    <message>
      <source>Purchase tax rule</source>
      <translation>購買税ルール</translation>
    </message>
    <message>
      <source>Purchaseorder item</source>
      <translation>発注書明細</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>理由</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>定期支払請求書</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>定期請求書</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>参照番号</translation>
    </message>
    <message>
      <source>Reference invoice</source>
      <translation>参照請求書</translation>
    </message>
    <message>
      <source>Reorder level</source>
      <translation>発注点</translation>
    </message>
    <message>
      <source>Retainer percentage</source>
      <translation>前受金の割合</translation>
    </message>
    <message>
      <source>Retainerinvoice</source>
      <translation>前受金請求書</translation>
    </message>
    <message>
      <source>Reverse charge tax</source>
      <translation>リバースチャージ税</translation>
    </message>
    <message>
      <source>Reverse charge vat</source>
      <translation>リバースチャージVAT</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>受注</translation>
    </message>
    <message>
      <source>Sales tax rule</source>
      <translation>売上税ルール</translation>
    </message>
    <message>
      <source>Salesorder item</source>
      <translation>受注明細</translation>
    </message>
    <message>
      <source>Salesperson</source>
      <translation>営業担当</translation>
    </message>
    <message>
      <source>Salutation</source>
      <translation>敬称</translation>
    </message>
    <message>
      <source>Sat item key code</source>
      <translation>SAT品目コード</translation>
    </message>
    <message>
      <source>Ship via</source>
      <translation>出荷手段</translation>
    </message>
    <message>
      <source>Shipment date</source>
      <translation>出荷日</translation>
    </message>
    <message>
      <source>Shipping address</source>
      <translation>出荷先住所</translation>
    </message>
    <message>
      <source>Shipping charge</source>
      <translation>送料</translation>
    </message>
    <message>
      <source>Skype</source>
      <translation>Skype</translation>
    </message>
    <message>
      <source>Source line</source>
      <translation>元の明細</translation>
    </message>
    <message>
      <source>Source of supply</source>
      <translation>供給元</translation>
    </message>
    <message>
      <source>Start reading</source>
      <translation>開始メーター値</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>State code</source>
      <translation>州コード</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>ステータス</translation>
    </message>
    <message>
      <source>Street2</source>
      <translation>住所2</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>タグ</translation>
    </message>
    <message>
      <source>Tag option</source>
      <translation>タグの選択肢</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>タグ</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>税金</translation>
    </message>
    <message>
      <source>Tax amount</source>
      <translation>税額</translation>
    </message>
    <message>
      <source>Tax amount withheld</source>
      <translation>源泉徴収税額</translation>
    </message>
    <message>
      <source>Tax authority</source>
      <translation>税務当局</translation>
    </message>
    <message>
      <source>Tax authority name</source>
      <translation>税務当局名</translation>
    </message>
    <message>
      <source>Tax exemption</source>
      <translation>免税</translation>
    </message>
    <message>
      <source>Tax exemption certificate number</source>
      <translation>免税証明書番号</translation>
    </message>
    <message>
      <source>Tax exemption code</source>
      <translation>免税コード</translation>
    </message>
    <message>
      <source>Tax exemption type</source>
      <translation>免税の種類</translation>
    </message>
    <message>
      <source>Tax id type</source>
      <translation>税務IDの種類</translation>
    </message>
    <message>
      <source>Tax id value</source>
      <translation>税務IDの値</translation>
    </message>
    <message>
      <source>Tax percentage</source>
      <translation>税率</translation>
    </message>
    <message>
      <source>Tax reg no</source>
      <translation>税務登録番号</translation>
    </message>
    <message>
      <source>Tax regime</source>
      <translation>税制</translation>
    </message>
    <message>
      <source>Tax specification</source>
      <translation>税の指定</translation>
    </message>
    <message>
      <source>Tax treatment</source>
      <translation>課税区分</translation>
    </message>
    <message>
      <source>Tax treatment code</source>
      <translation>課税区分コード</translation>
    </message>
    <message>
      <source>Taxable</source>
      <translation>課税対象</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>税金</translation>
    </message>
    <message>
      <source>Tds tax</source>
      <translation>TDS税</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>テンプレート</translation>
    </message>
    <message>
      <source>Terms and conditions</source>
      <translation>取引条件</translation>
    </message>
    <message>
      <source>Terms default</source>
      <translation>取引条件の既定値</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>合計</translation>
    </message>
    <message>
      <source>Track 1099</source>
      <translation>1099の追跡</translation>
    </message>
    <message>
      <source>Twitter</source>
      <translation>Twitter</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>単位</translation>
    </message>
    <message>
      <source>Unitkey code</source>
      <translation>単位コード</translation>
    </message>
    <message>
      <source>VAT number</source>
      <translation>VAT番号</translation>
    </message>
    <message>
      <source>VAT treatment</source>
      <translation>VAT区分</translation>
    </message>
    <message>
      <source>Valid until</source>
      <translation>有効期限</translation>
    </message>
    <message>
      <source>Vehicle type</source>
      <translation>車両の種類</translation>
    </message>
    <message>
      <source>Vendor</source>
      <translation>仕入先</translation>
    </message>
    <message>
      <source>Vendor credit number</source>
      <translation>仕入先クレジット番号</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>ウェブサイト</translation>
    </message>
    <message>
      <source>Whole record</source>
      <translation>レコード全体</translation>
    </message>
    <message>
      <source>Zcrm potential</source>
      <translation>Zoho CRM商談</translation>
    </message>
    <message>
      <source>Zcrm potential name</source>
      <translation>Zoho CRM商談名</translation>
    </message>
    <message>
      <source>Zip</source>
      <translation>郵便番号</translation>
    </message>
  </context>
  <context>
    <name>FieldsModel</name>
    <message>
      <source>Difference</source>
      <translation>差額</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>フィールド</translation>
    </message>
    <message>
      <source>Last agreed</source>
      <translation>最後の一致</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>このコンピューター</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>選択済み</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>未選択</translation>
    </message>
    <message>
      <source>was %1</source>
      <translation>旧 %1</translation>
    </message>
  </context>
  <context>
    <name>FieldsTable</name>
    <message>
      <source>Fields on both sides</source>
      <translation>両側のフィールド</translation>
    </message>
  </context>
  <context>
    <name>FilePage</name>
    <message>
      <source>%1 columns</source>
      <translation>%1列</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>すべてのファイル (*)</translation>
    </message>
    <message>
      <source>Any table with a row of headings will do: an export of a shop, a bank or an old accounting program. A file with a password, a web page or a PDF cannot be read.

The same file again changes nothing: documents are known by their number.</source>
      <translation>見出し行のある表なら何でも使えます。ショップ、銀行、以前の会計ソフトのエクスポートなどです。パスワード付きファイル、ウェブページ、PDFは読み取れません。

同じファイルをもう一度使っても何も変わりません。伝票は番号で識別されます。</translation>
    </message>
    <message>
      <source>C&amp;hoose a file…</source>
      <translation>ファイルを選択(&amp;H)…</translation>
    </message>
    <message>
      <source>C&amp;hoose another file…</source>
      <translation>別のファイルを選択(&amp;H)…</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS or ODS</source>
      <translation>CSV、TSV、XLSX、XLSM、XLS、ODS</translation>
    </message>
    <message>
      <source>Choose a file to go on.</source>
      <translation>続けるには、ファイルを選択してください。</translation>
    </message>
    <message>
      <source>Choose a file to import</source>
      <translation>インポートするファイルを選択</translation>
    </message>
    <message>
      <source>Drop a file here, or choose one</source>
      <translation>ここにファイルをドロップするか、選択してください</translation>
    </message>
    <message>
      <source>Each document of the file becomes one of these. Lines of one document may stand in several rows.</source>
      <translation>ファイルの各伝票がこれらの1件になります。1つの伝票の明細は複数の行にまたがってかまいません。</translation>
    </message>
    <message>
      <source>Spreadsheets (%1)</source>
      <translation>スプレッドシート (%1)</translation>
    </message>
    <message>
      <source>The file is being opened…</source>
      <translation>ファイルを開いています…</translation>
    </message>
    <message>
      <source>What it brings lies on this computer first. Nothing is read from or written to Zoho Books here.</source>
      <translation>取り込んだ内容はまずこのコンピューターに置かれます。ここではZoho Booksとの読み書きは行われません。</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>行の内容(&amp;A)</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>行の内容</translation>
    </message>
    <message>
      <source>Which file?</source>
      <translation>どのファイルですか?</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source> and </source>
      <translation> と </translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1/%2</translation>
    </message>
    <message>
      <source>%1…</source>
      <translation>%1…</translation>
    </message>
    <message>
      <source>&amp;Add filter</source>
      <translation>フィルターを追加(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Clear all</source>
      <translation>すべてクリア(&amp;C)</translation>
    </message>
    <message>
      <source>Also what is deleted in Zoho Books</source>
      <translation>Zoho Booksで削除されたものも含む</translation>
    </message>
    <message>
      <source>By column</source>
      <translation>列ごと</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>ステータス</translation>
    </message>
  </context>
  <context>
    <name>FilterField</name>
    <message>
      <source>Filter</source>
      <translation>フィルター</translation>
    </message>
    <message>
      <source>Filter by number, name or reference</source>
      <translation>番号、名前、参照番号でフィルター</translation>
    </message>
  </context>
  <context>
    <name>FilterWords</name>
    <message>
      <source>%1 to %2</source>
      <translation>%1～%2</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>Currency: %1</source>
      <translation>通貨: %1</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>Deleted ones too</source>
      <translation>削除済みも含む</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>期日</translation>
    </message>
    <message>
      <source>State: %1</source>
      <translation>状態: %1</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>ステータス: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>未払残高</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>%1から</translation>
    </message>
    <message>
      <source>up to %1</source>
      <translation>%1まで</translation>
    </message>
  </context>
  <context>
    <name>FirstSync</name>
    <message numerus="yes">
      <source>%n call(s) made</source>
      <translation>
        <numerusform>呼び出し%n回実行</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more list(s)</source>
      <translation>
        <numerusform>ほかリスト%n件</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstSyncPanel</name>
    <message>
      <source>%1. %2 without a count.</source>
      <translation>%1。%2件は件数不明です。</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>続ける(&amp;G)</translation>
    </message>
    <message>
      <source>About %1 left, ready near %2.</source>
      <translation>残り約%1、%2頃に完了見込み。</translation>
    </message>
    <message>
      <source>First sync</source>
      <translation>初回同期</translation>
    </message>
    <message>
      <source>First sync: %1 of %2 records are here</source>
      <translation>初回同期: %2件中%1件のレコードを取得済み</translation>
    </message>
    <message>
      <source>First sync: %1 records are here</source>
      <translation>初回同期: %1件のレコードを取得済み</translation>
    </message>
    <message>
      <source>It has stopped. What is here is kept; the next sync goes on from there.</source>
      <translation>停止しました。取得済みのものは保持され、次の同期はそこから続きます。</translation>
    </message>
    <message>
      <source>You can close this window and work on; stopping keeps what is here.</source>
      <translation>このウィンドウを閉じて作業を続けられます。停止しても取得済みのものは残ります。</translation>
    </message>
  </context>
  <context>
    <name>Fold</name>
    <message>
      <source>closed</source>
      <translation>折りたたみ中</translation>
    </message>
    <message>
      <source>open</source>
      <translation>展開中</translation>
    </message>
  </context>
  <context>
    <name>FolderDialog</name>
    <message>
      <source>&amp;Browse…</source>
      <translation>参照(&amp;B)…</translation>
    </message>
    <message>
      <source>&amp;Change it</source>
      <translation>変更(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>フォルダー(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Mapping</source>
      <translation>マッピング(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Watch it</source>
      <translation>監視する(&amp;W)</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>保存しています…</translation>
    </message>
    <message>
      <source>Change what is watched</source>
      <translation>監視内容を変更</translation>
    </message>
    <message>
      <source>Choose a folder to watch</source>
      <translation>監視するフォルダーを選択</translation>
    </message>
    <message>
      <source>Choose a folder.</source>
      <translation>フォルダーを選択してください。</translation>
    </message>
    <message>
      <source>Complete files are imported once, then lie in done or failed with a report beside them.</source>
      <translation>完全なファイルは一度だけインポートされ、レポートとともにdoneまたはfailedに置かれます。</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>フォルダー</translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>マッピング</translation>
    </message>
    <message>
      <source>No mapping is saved for these. Import one such file first and save its mapping there.</source>
      <translation>これらのマッピングは保存されていません。まず同様のファイルを1つインポートし、そのマッピングを保存してください。</translation>
    </message>
    <message>
      <source>Patterns with semicolons between them.</source>
      <translation>パターンはセミコロンで区切ります。</translation>
    </message>
    <message>
      <source>Take &amp;no file with a bad row</source>
      <translation>不正な行のあるファイルは取り込まない(&amp;N)</translation>
    </message>
    <message>
      <source>Watch a folder</source>
      <translation>フォルダーを監視</translation>
    </message>
    <message>
      <source>What the rows &amp;are</source>
      <translation>行の内容(&amp;A)</translation>
    </message>
    <message>
      <source>What the rows are</source>
      <translation>行の内容</translation>
    </message>
    <message>
      <source>Whic&amp;h files</source>
      <translation>対象ファイル(&amp;H)</translation>
    </message>
    <message>
      <source>Which files</source>
      <translation>対象ファイル</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>&amp;Forget the links</source>
      <translation>リンクを消去(&amp;F)</translation>
    </message>
    <message>
      <source>Both sides stay, but the links between them are dropped and all lists are read from the beginning. Needed only after the books were restored from a copy. It cannot be undone.</source>
      <translation>両側とも残りますが、相互のリンクが解除され、すべてのリストが最初から読み取られます。帳簿をコピーから復元した後にのみ必要です。この操作は元に戻せません。</translation>
    </message>
    <message>
      <source>Forget which record belongs to which in %1?</source>
      <translation>%1のレコードの対応関係を消去しますか?</translation>
    </message>
    <message>
      <source>What zbdesk has written counts as new again and is held for review under Outgoing, so that nothing is created twice by itself. A record whose answer is still open keeps its link.</source>
      <translation>zbdeskが書き込んだものは再び新規とみなされ、「送信待ち」で確認のため保留されるため、自動で二重に作成されることはありません。応答待ちのレコードはリンクを保持します。</translation>
    </message>
  </context>
  <context>
    <name>FormHelp</name>
    <message>
      <source>Days</source>
      <translation>日数</translation>
    </message>
    <message>
      <source>Empty: Zoho Books gives the next number.</source>
      <translation>空欄: Zoho Booksが次の番号を付けます。</translation>
    </message>
  </context>
  <context>
    <name>Formats</name>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n時間</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s) ago</source>
      <translation>
        <numerusform>%n時間前</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n分</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) ago</source>
      <translation>
        <numerusform>%n分前</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s)</source>
      <translation>
        <numerusform>%n秒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) ago</source>
      <translation>
        <numerusform>%n秒前</numerusform>
      </translation>
    </message>
    <message>
      <source>Just now</source>
      <translation>たった今</translation>
    </message>
    <message>
      <source>bytes</source>
      <translation>バイト</translation>
    </message>
    <message>
      <source>minus %1</source>
      <translation>マイナス %1</translation>
    </message>
    <message>
      <source>tomorrow {time}</source>
      <translation>明日 {time}</translation>
    </message>
    <message>
      <source>yesterday {time}</source>
      <translation>昨日 {time}</translation>
    </message>
  </context>
  <context>
    <name>Grid</name>
    <message>
      <source>Rows, as they will be read</source>
      <translation>読み取られる行</translation>
    </message>
  </context>
  <context>
    <name>GridDelegate</name>
    <message>
      <source>Row %1, %2</source>
      <translation>行%1、%2</translation>
    </message>
  </context>
  <context>
    <name>GridModel</name>
    <message>
      <source>Row</source>
      <translation>行</translation>
    </message>
  </context>
  <context>
    <name>Group</name>
    <message>
      <source>%1 was not written to Zoho Books: %2, since %3.</source>
      <translation>%1件がZoho Booksに書き込まれていません: %2、%3から。</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>コピー</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>詳細</translation>
    </message>
    <message>
      <source>Dismiss all…</source>
      <translation>すべて却下…</translation>
    </message>
    <message>
      <source>Dismiss…</source>
      <translation>却下…</translation>
    </message>
    <message>
      <source>Hide the records</source>
      <translation>レコードを非表示</translation>
    </message>
    <message>
      <source>It is tried again by itself at %1.</source>
      <translation>%1に自動で再試行されます。</translation>
    </message>
    <message>
      <source>Show the records</source>
      <translation>レコードを表示</translation>
    </message>
    <message>
      <source>Try these again</source>
      <translation>これらを再試行</translation>
    </message>
    <message>
      <source>closed</source>
      <translation>折りたたみ中</translation>
    </message>
    <message>
      <source>code %1</source>
      <translation>コード %1</translation>
    </message>
    <message>
      <source>open</source>
      <translation>展開中</translation>
    </message>
  </context>
  <context>
    <name>GuideDialog</name>
    <message>
      <source>&amp;Make and show the secret…</source>
      <translation>シークレットを作成して表示(&amp;M)…</translation>
    </message>
    <message>
      <source>&amp;Module</source>
      <translation>モジュール(&amp;M)</translation>
    </message>
    <message>
      <source>Address for changes</source>
      <translation>変更用のアドレス</translation>
    </message>
    <message>
      <source>Address for deletions</source>
      <translation>削除用のアドレス</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>コピー</translation>
    </message>
    <message>
      <source>Copy the address for changes</source>
      <translation>変更用のアドレスをコピー</translation>
    </message>
    <message>
      <source>Copy the address for deletions</source>
      <translation>削除用のアドレスをコピー</translation>
    </message>
    <message>
      <source>Each module needs two webhooks and two rules, once. Workflow rules come with the plans Professional, Elite and Ultimate.</source>
      <translation>各モジュールに、一度だけWebhookを2つとルールを2つ作成します。ワークフロールールはProfessional、Elite、Ultimateプランで使用できます。</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Once more New Workflow Rule for %1: Event Based, Deleted; Immediate Actions: the webhook from step 3.</source>
      <translation>もう一度、%1のNew Workflow Rule: Event Based、Deleted。Immediate Actions: 手順3のWebhook。</translation>
    </message>
    <message>
      <source>Settings (the gear) → Automation → Workflow Actions → Webhooks → New Webhook. Any name; Module: %1; Method: POST; URL to Notify: the address below. Mark the option that secures the webhook and paste the secret as Secret Token. Body: Default Payload. Save.</source>
      <translation>Settings(歯車) → Automation → Workflow Actions → Webhooks → New Webhook。名前は任意、Module: %1、Method: POST、URL to Notify: 下のアドレス。Webhookを保護するオプションを選択し、シークレットをSecret Tokenとして貼り付けます。Body: Default Payload。Saveを選択します。</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Logs: choose a retry policy, so that Zoho Books tries again while this computer sleeps. Then change one record: %1 ticks itself in the list as soon as its event is here.</source>
      <translation>Settings → Automation → Workflow Logs: 再試行ポリシーを選択すると、このコンピューターのスリープ中もZoho Booksが再試行します。その後レコードを1件変更してください。イベントが届くと、リストの%1に自動的にチェックが付きます。</translation>
    </message>
    <message>
      <source>Settings → Automation → Workflow Rules → New Workflow Rule. Module: %1; Event Based; Created or Edited, when any field is updated; no criteria; Immediate Actions: Webhooks, the one from step 1. Save.</source>
      <translation>Settings → Automation → Workflow Rules → New Workflow Rule。Module: %1、Event Based、Created or Edited、いずれかのフィールドの更新時、条件なし。Immediate Actions: Webhooks、手順1のもの。Saveを選択します。</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>手順</translation>
    </message>
    <message>
      <source>The second pair, for deletions: once more New Webhook for %1, with this address and the same secret.</source>
      <translation>2組目は削除用です。もう一度、このアドレスと同じシークレットで%1のNew Webhookを作成します。</translation>
    </message>
    <message>
      <source>There is no public address yet: choose one under Tunnel first.</source>
      <translation>公開アドレスがまだありません。まず「トンネル」で選択してください。</translation>
    </message>
    <message>
      <source>What to paste where in Zoho Books</source>
      <translation>Zoho Booksのどこに何を貼り付けるか</translation>
    </message>
  </context>
  <context>
    <name>HandoverCard</name>
    <message>
      <source>%1 made from this computer; Zoho keeps %2 for one user and does not say how many are in use.</source>
      <translation>このコンピューターから%1件作成。Zohoは1ユーザーにつき%2件まで保持し、使用中の件数は示しません。</translation>
    </message>
    <message>
      <source>Before that: let another user with the same rights choose Sign in again here. Records and links stay.</source>
      <translation>その前に: 同じ権限を持つ別のユーザーが、ここで「再サインイン」を選択してください。レコードとリンクは残ります。</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>Client ID</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>コンピューター</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>データセンター</translation>
    </message>
    <message>
      <source>Data folder</source>
      <translation>データフォルダー</translation>
    </message>
    <message>
      <source>Handover card</source>
      <translation>引き継ぎカード</translation>
    </message>
    <message>
      <source>If this user is removed or deactivated in Zoho, the sign-in ends and nothing is synced any more.</source>
      <translation>このユーザーがZohoで削除または無効化されると、サインインは終了し、以後同期されません。</translation>
    </message>
    <message>
      <source>Made in Zoho Books</source>
      <translation>Zoho Booksに作成</translation>
    </message>
    <message>
      <source>May</source>
      <translation>権限</translation>
    </message>
    <message>
      <source>More than the allowed sign-ins of one user end the oldest one without a word, perhaps this one.</source>
      <translation>1ユーザーに許可された数を超えてサインインすると、最も古いものが予告なく終了します。これがそうなる可能性もあります。</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>組織</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>スコープ</translation>
    </message>
    <message>
      <source>Secrets are in</source>
      <translation>シークレットの場所</translation>
    </message>
    <message>
      <source>Sign-ins</source>
      <translation>サインイン</translation>
    </message>
    <message>
      <source>Signed in by</source>
      <translation>サインインした人</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>開始日時</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>ソース</translation>
    </message>
    <message>
      <source>The client in Zoho’s API console belongs to whoever made it. Note who can open that console.</source>
      <translation>ZohoのAPIコンソールのクライアントは作成した人のものです。そのコンソールを開ける人を控えておいてください。</translation>
    </message>
    <message>
      <source>The secrets are in the keychain of this computer’s user and do not move to another computer or user.</source>
      <translation>シークレットはこのコンピューターのユーザーのキーチェーンにあり、他のコンピューターやユーザーには移りません。</translation>
    </message>
    <message>
      <source>Webhook address</source>
      <translation>Webhookアドレス</translation>
    </message>
    <message>
      <source>Webhook secret changed</source>
      <translation>Webhookシークレットの変更</translation>
    </message>
    <message>
      <source>What breaks when this person leaves</source>
      <translation>この人が離れると停止するもの</translation>
    </message>
    <message>
      <source>Without a secret: it may be kept with the company’s papers.</source>
      <translation>シークレットは含まれていません。会社の書類と一緒に保管できます。</translation>
    </message>
    <message>
      <source>never shown</source>
      <translation>表示されたことなし</translation>
    </message>
    <message>
      <source>none</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>不明</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>read and write</source>
      <translation>読み書き</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>読み取りのみ</translation>
    </message>
    <message>
      <source>zbdesk handover card</source>
      <translation>zbdesk引き継ぎカード</translation>
    </message>
  </context>
  <context>
    <name>HandoverDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>コピー(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>印刷(&amp;P)…</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>コピーしました</translation>
    </message>
  </context>
  <context>
    <name>Head</name>
    <message>
      <source>&amp;Ask Zoho Books now</source>
      <translation>Zoho Booksに今すぐ照会(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;CSV…</source>
      <translation>CSV(&amp;C)…</translation>
    </message>
    <message>
      <source>Ac&amp;tions</source>
      <translation>操作(&amp;T)</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Begin &amp;month end mode</source>
      <translation>月次締めモードを開始(&amp;M)</translation>
    </message>
    <message>
      <source>Checklist</source>
      <translation>チェックリスト</translation>
    </message>
    <message>
      <source>Co&amp;lumns</source>
      <translation>列(&amp;L)</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>E&amp;xport…</source>
      <translation>エクスポート(&amp;X)…</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>エクスポート</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>月次締め</translation>
    </message>
    <message>
      <source>New record</source>
      <translation>新しいレコード</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>新規…</translation>
    </message>
    <message>
      <source>P&amp;DF…</source>
      <translation>PDF(&amp;D)…</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>期間</translation>
    </message>
    <message>
      <source>Print the table</source>
      <translation>表を印刷</translation>
    </message>
    <message>
      <source>Save the tie-out as CSV</source>
      <translation>照合をCSVで保存</translation>
    </message>
    <message>
      <source>Save the tie-out as PDF</source>
      <translation>照合をPDFで保存</translation>
    </message>
    <message>
      <source>Show details</source>
      <translation>詳細を表示</translation>
    </message>
    <message>
      <source>Si&amp;gn off…</source>
      <translation>承認(&amp;G)…</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>期間区切り</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>照合</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>終了日</translation>
    </message>
    <message>
      <source>View</source>
      <translation>ビュー</translation>
    </message>
    <message>
      <source>as a whole</source>
      <translation>全体</translation>
    </message>
    <message>
      <source>by month</source>
      <translation>月別</translation>
    </message>
    <message>
      <source>by quarter</source>
      <translation>四半期別</translation>
    </message>
    <message>
      <source>by year</source>
      <translation>年別</translation>
    </message>
  </context>
  <context>
    <name>HealthPanel</name>
    <message>
      <source>%1 of %2 days in order</source>
      <translation>%2日中%1日が正常</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>日</translation>
    </message>
    <message>
      <source>History</source>
      <translation>履歴</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>経過</translation>
    </message>
    <message>
      <source>Sync, last 30 days</source>
      <translation>同期、過去30日間</translation>
    </message>
    <message>
      <source>every run failed</source>
      <translation>すべての実行が失敗</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>in order in the end, some runs failed</source>
      <translation>最終的に正常、一部の実行が失敗</translation>
    </message>
    <message>
      <source>no run</source>
      <translation>実行なし</translation>
    </message>
    <message>
      <source>not connected yet</source>
      <translation>未接続</translation>
    </message>
    <message>
      <source>today</source>
      <translation>今日</translation>
    </message>
  </context>
  <context>
    <name>HelpDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
      <source>Help: %1</source>
      <translation>ヘルプ: %1</translation>
    </message>
    <message>
      <source>Keys: Enter goes on, Alt+B goes back, Esc cancels, F1 opens this help.</source>
      <translation>キー: Enterで進む、Alt+Bで戻る、Escでキャンセル、F1でこのヘルプを開きます。</translation>
    </message>
  </context>
  <context>
    <name>HelpPage</name>
    <message numerus="yes">
      <source>%n place(s)</source>
      <translation>
        <numerusform>%n箇所</numerusform>
      </translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>目次</translation>
    </message>
    <message>
      <source>Keys and shapes</source>
      <translation>キーと記号</translation>
    </message>
    <message>
      <source>Nothing fits. Try fewer words.</source>
      <translation>該当するものがありません。語を減らしてみてください。</translation>
    </message>
    <message>
      <source>Search the manual</source>
      <translation>マニュアルを検索</translation>
    </message>
    <message>
      <source>The manual is missing</source>
      <translation>マニュアルが見つかりません</translation>
    </message>
  </context>
  <context>
    <name>ImportCheck</name>
    <message numerus="yes">
      <source>%n document(s) cannot be imported as they are</source>
      <translation>
        <numerusform>そのままではインポートできない伝票%n件</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportFields</name>
    <message>
      <source>%1, by e-mail</source>
      <translation>%1(メールで照合)</translation>
    </message>
    <message>
      <source>%1, by name</source>
      <translation>%1(名前で照合)</translation>
    </message>
    <message>
      <source>%1, by number</source>
      <translation>%1(番号で照合)</translation>
    </message>
    <message>
      <source>%1, by number in the old program</source>
      <translation>%1(旧ソフトの番号で照合)</translation>
    </message>
    <message>
      <source>Custom field %1</source>
      <translation>カスタムフィールド %1</translation>
    </message>
    <message>
      <source>Line: %1</source>
      <translation>明細: %1</translation>
    </message>
    <message>
      <source>Number in the old program</source>
      <translation>旧ソフトの番号</translation>
    </message>
  </context>
  <context>
    <name>ImportFigures</name>
    <message>
      <source>As they are already</source>
      <translation>すでに同じ内容</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新規</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>拒否</translation>
    </message>
  </context>
  <context>
    <name>ImportPage</name>
    <message>
      <source>Ne&amp;xt</source>
      <translation>次へ(&amp;X)</translation>
    </message>
  </context>
  <context>
    <name>ImportProof</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>修正が必要なセル%n個</numerusform>
      </translation>
    </message>
    <message>
      <source>Day or month first?</source>
      <translation>日と月のどちらが先ですか?</translation>
    </message>
    <message>
      <source>Point or comma?</source>
      <translation>ピリオドですか、カンマですか?</translation>
    </message>
    <message>
      <source>all are in the books</source>
      <translation>すべて帳簿にあります</translation>
    </message>
    <message>
      <source>amounts, as they stand</source>
      <translation>金額、そのまま</translation>
    </message>
    <message>
      <source>as it stands</source>
      <translation>そのまま</translation>
    </message>
    <message>
      <source>comma is the decimal sign</source>
      <translation>小数点はカンマ</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>日が先</translation>
    </message>
    <message>
      <source>looked up in the books</source>
      <translation>帳簿で照合</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>月が先</translation>
    </message>
    <message>
      <source>not imported</source>
      <translation>インポートしない</translation>
    </message>
    <message>
      <source>point is the decimal sign</source>
      <translation>小数点はピリオド</translation>
    </message>
    <message>
      <source>read in one way only</source>
      <translation>読み方は1通りのみ</translation>
    </message>
    <message>
      <source>tells the documents apart</source>
      <translation>伝票を区別</translation>
    </message>
    <message>
      <source>the same number joins the lines</source>
      <translation>同じ番号の行をまとめる</translation>
    </message>
    <message>
      <source>waits where it is not in the books</source>
      <translation>帳簿になければ待機</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>年が先</translation>
    </message>
  </context>
  <context>
    <name>ImportRun</name>
    <message numerus="yes">
      <source>%n cell(s) to mend</source>
      <translation>
        <numerusform>修正が必要なセル%n個</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) of the last file of this name are missing</source>
      <translation>
        <numerusform>同名の前回ファイルの伝票%n件がありません</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportSettle</name>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>セル%n個</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n name(s) are not in the books</source>
      <translation>
        <numerusform>帳簿にない名前%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n question(s)</source>
      <translation>
        <numerusform>質問%n件</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportWizard</name>
    <message>
      <source>Check</source>
      <translation>確認</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>File</source>
      <translation>ファイル</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>インポート</translation>
    </message>
    <message>
      <source>Import – zbdesk</source>
      <translation>インポート – zbdesk</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>レイアウト</translation>
    </message>
    <message>
      <source>The list is saved: %1</source>
      <translation>リストを保存しました: %1</translation>
    </message>
  </context>
  <context>
    <name>ImportsList</name>
    <message>
      <source>%1 rows</source>
      <translation>%1行</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>伝票</translation>
    </message>
    <message>
      <source>Every import is listed here and can be rolled back, here and in Zoho Books.</source>
      <translation>すべてのインポートがここに表示され、ここと Zoho Books で取り消せます。</translation>
    </message>
    <message>
      <source>From</source>
      <translation>取込元</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>ファイルをインポート…</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>まだ何もインポートされていません。</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>過去のインポート</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>ロールバック(&amp;B)…</translation>
    </message>
    <message>
      <source>Show the re&amp;cords</source>
      <translation>レコードを表示(&amp;C)</translation>
    </message>
    <message>
      <source>Totals</source>
      <translation>合計</translation>
    </message>
    <message>
      <source>What</source>
      <translation>対象</translation>
    </message>
    <message>
      <source>When</source>
      <translation>日時</translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>マッピング %1</translation>
    </message>
  </context>
  <context>
    <name>InterfaceRows</name>
    <message>
      <source>A program without a token is told nothing.</source>
      <translation>トークンのないプログラムには何も応答しません。</translation>
    </message>
    <message>
      <source>A shop, a till or a script hands documents over and asks what became of them.</source>
      <translation>ショップ、レジ、スクリプトが伝票を渡し、その処理結果を照会します。</translation>
    </message>
    <message>
      <source>Let other computers ask too</source>
      <translation>他のコンピューターからの照会も許可</translation>
    </message>
    <message>
      <source>Let programs of this computer ask</source>
      <translation>このコンピューターのプログラムからの照会を許可</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>ローカルインターフェイス</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>ネットワーク</translation>
    </message>
    <message>
      <source>New to&amp;ken…</source>
      <translation>新しいトークン(&amp;K)…</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>まだありません</translation>
    </message>
    <message>
      <source>One more program</source>
      <translation>プログラムを追加</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>ポート</translation>
    </message>
    <message>
      <source>Programs that ask zbdesk</source>
      <translation>zbdeskに照会するプログラム</translation>
    </message>
    <message>
      <source>Revoke %1</source>
      <translation>%1を失効させる</translation>
    </message>
    <message>
      <source>Revoke…</source>
      <translation>失効…</translation>
    </message>
    <message>
      <source>There is no encryption: tokens and documents cross the network in clear. Put a proxy with TLS before it.</source>
      <translation>暗号化されません。トークンと伝票は平文でネットワークを流れます。TLSプロキシを前に置いてください。</translation>
    </message>
    <message>
      <source>Tokens</source>
      <translation>トークン</translation>
    </message>
    <message>
      <source>not used yet</source>
      <translation>未使用</translation>
    </message>
    <message>
      <source>used %1</source>
      <translation>使用 %1</translation>
    </message>
  </context>
  <context>
    <name>KeyButton</name>
    <message>
      <source>Key %1</source>
      <translation>キー %1</translation>
    </message>
  </context>
  <context>
    <name>LatelyPanel</name>
    <message>
      <source>All activity</source>
      <translation>すべてのアクティビティ</translation>
    </message>
    <message>
      <source>Lately</source>
      <translation>最近</translation>
    </message>
    <message>
      <source>Nothing has happened yet.</source>
      <translation>まだ何も行われていません。</translation>
    </message>
  </context>
  <context>
    <name>LayoutPage</name>
    <message>
      <source>Bar</source>
      <translation>縦線</translation>
    </message>
    <message>
      <source>Cha&amp;racters</source>
      <translation>文字コード(&amp;R)</translation>
    </message>
    <message>
      <source>Characters</source>
      <translation>文字コード</translation>
    </message>
    <message>
      <source>Comma</source>
      <translation>カンマ</translation>
    </message>
    <message>
      <source>First rows, as they are read</source>
      <translation>先頭の行(読み取り結果)</translation>
    </message>
    <message>
      <source>Found with certainty.</source>
      <translation>確実に判定されました。</translation>
    </message>
    <message>
      <source>Headings stand in ro&amp;w</source>
      <translation>見出しの行(&amp;W)</translation>
    </message>
    <message>
      <source>Headings stand in row</source>
      <translation>見出しの行</translation>
    </message>
    <message>
      <source>Is this how the file is meant?</source>
      <translation>ファイルの読み方はこれでよいですか?</translation>
    </message>
    <message>
      <source>Look at names with accents and at the headings. Everything below was found in the file itself.</source>
      <translation>アクセント付きの名前と見出しをご確認ください。以下はすべてファイル自体から判定したものです。</translation>
    </message>
    <message>
      <source>Most likely. If accents look wrong, choose another.</source>
      <translation>最も可能性の高いものです。文字がおかしい場合は別のものを選択してください。</translation>
    </message>
    <message>
      <source>No headings were found.</source>
      <translation>見出しが見つかりませんでした。</translation>
    </message>
    <message>
      <source>One row is one document</source>
      <translation>1行が1伝票</translation>
    </message>
    <message>
      <source>Rows an&amp;d documents</source>
      <translation>行と伝票(&amp;D)</translation>
    </message>
    <message>
      <source>Rows and documents</source>
      <translation>行と伝票</translation>
    </message>
    <message>
      <source>Rows with the same number are lines of one document</source>
      <translation>同じ番号の行は1つの伝票の明細</translation>
    </message>
    <message>
      <source>S&amp;heet</source>
      <translation>シート(&amp;H)</translation>
    </message>
    <message>
      <source>Semicolon</source>
      <translation>セミコロン</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>シート</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>タブ</translation>
    </message>
    <message>
      <source>Text files do not say in which characters they are written. Where names look wrong here, choose another entry until they look right.

Titles and empty rows above the headings are left out: say in which row the headings stand.</source>
      <translation>テキストファイルには文字コードの情報がありません。ここで名前がおかしく見える場合は、正しく見えるまで別の項目を選択してください。

見出しより上のタイトルや空行は除かれます。見出しの行を指定してください。</translation>
    </message>
    <message>
      <source>The file is being read anew…</source>
      <translation>ファイルを読み直しています…</translation>
    </message>
    <message>
      <source>Values are &amp;separated by</source>
      <translation>値の区切り文字(&amp;S)</translation>
    </message>
    <message>
      <source>Values are separated by</source>
      <translation>値の区切り文字</translation>
    </message>
  </context>
  <context>
    <name>LeavingDialog</name>
    <message>
      <source>&amp;Delete local data first…</source>
      <translation>先にローカルデータを削除(&amp;D)…</translation>
    </message>
    <message>
      <source>&amp;Keep the data and quit</source>
      <translation>データを残して終了(&amp;K)</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>キャンセル</translation>
    </message>
    <message>
      <source>Prepare removing zbdesk?</source>
      <translation>zbdesk の削除を準備しますか?</translation>
    </message>
    <message>
      <source>Records, history and settings stay in %1 until you delete them.</source>
      <translation>レコード、履歴、設定は、削除するまで %1 に残ります。</translation>
    </message>
    <message>
      <source>To end the sign-in at Zoho and delete the records here, do that first.</source>
      <translation>Zoho でのサインインを終了し、ここのレコードを削除するには、先にそれを行ってください。</translation>
    </message>
    <message>
      <source>What happens to the data?</source>
      <translation>データはどうなりますか?</translation>
    </message>
    <message>
      <source>zbdesk stops starting with your session and quits. Then remove it the way it was installed.</source>
      <translation>zbdesk はセッションと同時に起動しなくなり、終了します。その後、インストールした方法で削除してください。</translation>
    </message>
  </context>
  <context>
    <name>Ledger</name>
    <message>
      <source>Balance</source>
      <translation>残高</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>経費</translation>
    </message>
    <message>
      <source>Payable</source>
      <translation>買掛金</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>購買</translation>
    </message>
    <message>
      <source>Receivable</source>
      <translation>売掛金</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>販売</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>税金</translation>
    </message>
  </context>
  <context>
    <name>LegsPanel</name>
    <message>
      <source>%1, next at %2</source>
      <translation>%1、次回 %2</translation>
    </message>
    <message>
      <source>Tested all the way round at %1</source>
      <translation>%1に全経路をテスト済み</translation>
    </message>
    <message>
      <source>Tested at %1</source>
      <translation>%1にテスト済み</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>テストしています…</translation>
    </message>
    <message>
      <source>The way has not been tested yet</source>
      <translation>経路はまだテストされていません</translation>
    </message>
  </context>
  <context>
    <name>LimitRows</name>
    <message>
      <source>Amounts</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Ask before it writes more than</source>
      <translation>確認を求める書き込みの上限</translation>
    </message>
    <message>
      <source>Before a large run</source>
      <translation>大規模な実行の前に</translation>
    </message>
    <message>
      <source>Currency and amount, several with commas; empty for no limit.</source>
      <translation>通貨と金額。複数の場合はカンマ区切り、空欄なら制限なし。</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>制限なし</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>Records in one run. Beyond that nothing is written until you have looked at it.</source>
      <translation>1回の実行のレコード数。これを超える場合、確認するまで何も書き込まれません。</translation>
    </message>
    <message>
      <source>Write currency and amount, such as EUR 50000.</source>
      <translation>EUR 50000のように、通貨と金額を入力してください。</translation>
    </message>
    <message>
      <source>or amounts of more than</source>
      <translation>または次を超える金額</translation>
    </message>
    <message>
      <source>or deletes or voids more than</source>
      <translation>または次を超える削除・無効化</translation>
    </message>
  </context>
  <context>
    <name>LinesGrid</name>
    <message>
      <source>Add &amp;line</source>
      <translation>明細を追加(&amp;L)</translation>
    </message>
    <message>
      <source>Add &amp;person</source>
      <translation>担当者を追加(&amp;P)</translation>
    </message>
    <message>
      <source>Add bi&amp;ll</source>
      <translation>支払請求書を追加(&amp;L)</translation>
    </message>
    <message>
      <source>Add in&amp;voice</source>
      <translation>請求書を追加(&amp;V)</translation>
    </message>
    <message>
      <source>Line %1: %2</source>
      <translation>明細%1: %2</translation>
    </message>
    <message>
      <source>Lines before tax and discount: %1</source>
      <translation>税・値引前の明細合計: %1</translation>
    </message>
    <message>
      <source>Remove line %1</source>
      <translation>明細%1を削除</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>明細%1</translation>
    </message>
  </context>
  <context>
    <name>LinesPanel</name>
    <message>
      <source>(no name)</source>
      <translation>(名前なし)</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>差額</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Lines, side by side</source>
      <translation>明細の左右比較</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Tax, by Zoho Books</source>
      <translation>税金(Zoho Books計算)</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>このコンピューター</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message numerus="yes">
      <source>and %n more line(s)</source>
      <translation>
        <numerusform>ほか明細%n行</numerusform>
      </translation>
    </message>
    <message>
      <source>not there</source>
      <translation>先方になし</translation>
    </message>
  </context>
  <context>
    <name>LogDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>コピー(&amp;C)</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>エラー</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>すべて</translation>
    </message>
    <message>
      <source>Find in the log</source>
      <translation>ログ内を検索</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>レベル</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>ログ</translation>
    </message>
    <message>
      <source>Nothing of that kind is in the log.</source>
      <translation>該当する記録はログにありません。</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>読み直す(&amp;G)</translation>
    </message>
    <message>
      <source>Times are UTC. Secrets are taken out.</source>
      <translation>時刻はUTCです。シークレットは除かれています。</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>動作</translation>
    </message>
  </context>
  <context>
    <name>LogRows</name>
    <message>
      <source>A new file each day, and at %1 MB. The number of days counts from the next start.</source>
      <translation>毎日、および%1 MBに達するたびに新しいファイルになります。日数は次回起動から有効です。</translation>
    </message>
    <message>
      <source>Counts at once. Secrets are taken out before anything is written.</source>
      <translation>すぐに有効です。シークレットは書き込み前に除かれます。</translation>
    </message>
    <message>
      <source>Diagnostics for support…</source>
      <translation>サポート用の診断情報…</translation>
    </message>
    <message>
      <source>Errors</source>
      <translation>エラー</translation>
    </message>
    <message>
      <source>Every file is shown before anything is saved. Nothing is sent from here.</source>
      <translation>保存前にすべてのファイルが表示されます。ここから送信されるものはありません。</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>すべて</translation>
    </message>
    <message>
      <source>For support</source>
      <translation>サポート用</translation>
    </message>
    <message>
      <source>How much is written</source>
      <translation>記録の詳しさ</translation>
    </message>
    <message>
      <source>Kept for days</source>
      <translation>保存日数</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>ログ</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>内容を見る</translation>
    </message>
    <message>
      <source>Open lo&amp;g folder</source>
      <translation>ログフォルダーを開く(&amp;G)</translation>
    </message>
    <message>
      <source>Read the &amp;log…</source>
      <translation>ログを読む(&amp;L)…</translation>
    </message>
    <message>
      <source>Warnings</source>
      <translation>警告</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>動作</translation>
    </message>
  </context>
  <context>
    <name>LookRows</name>
    <message>
      <source>Amounts below zero</source>
      <translation>ゼロ未満の金額</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>システムに合わせる</translation>
    </message>
    <message>
      <source>Counts at once. Numbers and dates stay as the organization has them.</source>
      <translation>すぐに反映されます。数値と日付は組織の形式のままです。</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>ダーク</translation>
    </message>
    <message>
      <source>High contrast, black</source>
      <translation>ハイコントラスト(黒)</translation>
    </message>
    <message>
      <source>High contrast, white</source>
      <translation>ハイコントラスト(白)</translation>
    </message>
    <message>
      <source>How zbdesk looks</source>
      <translation>zbdeskの外観</translation>
    </message>
    <message>
      <source>In parentheses: (1,234.50)</source>
      <translation>括弧: (1,234.50)</translation>
    </message>
    <message>
      <source>In the window and on paper. Exported files have a minus sign always.</source>
      <translation>ウィンドウと印刷で使われます。エクスポートしたファイルは常にマイナス記号です。</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>言語</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>ライト</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>外観</translation>
    </message>
    <message>
      <source>The size of text follows the system’s own setting.</source>
      <translation>文字の大きさはシステムの設定に従います。</translation>
    </message>
    <message>
      <source>With a minus sign: −1,234.50</source>
      <translation>マイナス記号: −1,234.50</translation>
    </message>
  </context>
  <context>
    <name>LookingRows</name>
    <message>
      <source>%1 hours</source>
      <translation>%1時間</translation>
    </message>
    <message>
      <source>%1 minutes</source>
      <translation>%1分</translation>
    </message>
    <message>
      <source>%1 seconds</source>
      <translation>%1秒</translation>
    </message>
    <message>
      <source>%1, the zone of the organization. Outside, only webhooks and your clicks are followed.</source>
      <translation>%1、組織のタイムゾーンです。時間外はWebhookとご自身の操作にのみ対応します。</translation>
    </message>
    <message>
      <source>About %1 calls a day when nothing changes</source>
      <translation>変更がなければ1日に約%1回の呼び出し</translation>
    </message>
    <message>
      <source>About %1 of %2 calls a day when nothing changes</source>
      <translation>変更がなければ1日の呼び出し%2回のうち約%1回</translation>
    </message>
    <message>
      <source>At any time of any day. Sync now always runs.</source>
      <translation>毎日いつでも。「今すぐ同期」は常に実行できます。</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>日数</translation>
    </message>
    <message>
      <source>Hours</source>
      <translation>時間帯</translation>
    </message>
    <message>
      <source>In the zone of the organization. Sync now always runs.</source>
      <translation>組織のタイムゾーンです。「今すぐ同期」は常に実行できます。</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>Line items of everything</source>
      <translation>すべての明細</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>変更を確認する間隔</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>月曜日～金曜日</translation>
    </message>
    <message>
      <source>Monday to Saturday</source>
      <translation>月曜日～土曜日</translation>
    </message>
    <message>
      <source>One call a document, newest first, inside the day’s calls. Without it, line items are read when a record is opened or changes.</source>
      <translation>伝票1件につき呼び出し1回、新しいものから、1日の呼び出しの範囲内で行います。オフの場合、明細はレコードを開いたとき、または変更時に読み取ります。</translation>
    </message>
    <message>
      <source>Saturday and Sunday</source>
      <translation>土曜日と日曜日</translation>
    </message>
    <message>
      <source>Sunday to Thursday</source>
      <translation>日曜日～木曜日</translation>
    </message>
    <message>
      <source>Sunday to Wednesday</source>
      <translation>日曜日～水曜日</translation>
    </message>
    <message>
      <source>When zbdesk looks</source>
      <translation>zbdeskが確認する時間</translation>
    </message>
    <message>
      <source>ZBDESK_POLL_SECONDS holds for this start</source>
      <translation>今回の起動にはZBDESK_POLL_SECONDSが適用されています</translation>
    </message>
    <message>
      <source>and</source>
      <translation>～</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>毎日</translation>
    </message>
    <message>
      <source>from</source>
      <translation>開始</translation>
    </message>
    <message>
      <source>hour</source>
      <translation>時</translation>
    </message>
    <message>
      <source>only at certain hours</source>
      <translation>特定の時間帯のみ</translation>
    </message>
    <message>
      <source>until</source>
      <translation>終了</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 open</source>
      <translation>未決済 %1</translation>
    </message>
    <message>
      <source>%1 to leave</source>
      <translation>送信待ち%1件</translation>
    </message>
    <message>
      <source>%1 to settle</source>
      <translation>要解決%1件</translation>
    </message>
    <message>
      <source>Connect Zoho Books – zbdesk</source>
      <translation>Zoho Booksに接続 – zbdesk</translation>
    </message>
    <message>
      <source>Finishing what is under way…</source>
      <translation>進行中の処理を完了しています…</translation>
    </message>
    <message>
      <source>Open a list of records first.</source>
      <translation>先にレコードのリストを開いてください。</translation>
    </message>
    <message>
      <source>Sync: %1</source>
      <translation>同期: %1</translation>
    </message>
  </context>
  <context>
    <name>ManualBrowser</name>
    <message>
      <source>Manual</source>
      <translation>マニュアル</translation>
    </message>
  </context>
  <context>
    <name>MappingsList</name>
    <message>
      <source>A mapping says which column is which field. Import a file and save its mapping under a name there.</source>
      <translation>マッピングは、どの列がどのフィールドかを定めます。ファイルをインポートし、そこで名前を付けてマッピングを保存してください。</translation>
    </message>
    <message>
      <source>For</source>
      <translation>対象</translation>
    </message>
    <message>
      <source>Import a file…</source>
      <translation>ファイルをインポート…</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>No mapping is saved.</source>
      <translation>保存されたマッピングはありません。</translation>
    </message>
    <message>
      <source>Re&amp;move mapping…</source>
      <translation>マッピングを削除(&amp;M)…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>保存日時</translation>
    </message>
    <message>
      <source>Saved mappings</source>
      <translation>保存したマッピング</translation>
    </message>
    <message>
      <source>The mapping %1 is removed.</source>
      <translation>マッピング%1を削除しました。</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>使用元</translation>
    </message>
  </context>
  <context>
    <name>MendList</name>
    <message>
      <source>Column</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Save the list to mend</source>
      <translation>修正リストを保存</translation>
    </message>
    <message>
      <source>The list could not be saved.</source>
      <translation>リストを保存できませんでした。</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>値</translation>
    </message>
    <message>
      <source>What is wrong</source>
      <translation>誤りの内容</translation>
    </message>
  </context>
  <context>
    <name>Menus</name>
    <message>
      <source>&amp;Edit</source>
      <translation>編集(&amp;E)</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Records</source>
      <translation>レコード(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Sync</source>
      <translation>同期(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>表示(&amp;V)</translation>
    </message>
    <message>
      <source>&amp;Window</source>
      <translation>ウィンドウ(&amp;W)</translation>
    </message>
  </context>
  <context>
    <name>ModuleRows</name>
    <message>
      <source>What is read</source>
      <translation>読み取る内容</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>読み取り不可</translation>
    </message>
  </context>
  <context>
    <name>ModuleTable</name>
    <message>
      <source>Modules</source>
      <translation>モジュール</translation>
    </message>
  </context>
  <context>
    <name>Modules</name>
    <message>
      <source>Account</source>
      <translation>勘定科目</translation>
    </message>
    <message>
      <source>Bank account</source>
      <translation>銀行口座</translation>
    </message>
    <message>
      <source>Bank accounts</source>
      <translation>銀行口座</translation>
    </message>
    <message>
      <source>Bank transaction</source>
      <translation>銀行取引</translation>
    </message>
    <message>
      <source>Bank transactions</source>
      <translation>銀行取引</translation>
    </message>
    <message>
      <source>Base currency adjustment</source>
      <translation>基準通貨調整</translation>
    </message>
    <message>
      <source>Base currency adjustments</source>
      <translation>基準通貨調整</translation>
    </message>
    <message>
      <source>Bill</source>
      <translation>支払請求書</translation>
    </message>
    <message>
      <source>Bills</source>
      <translation>支払請求書</translation>
    </message>
    <message>
      <source>Chart of accounts</source>
      <translation>勘定科目表</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>連絡先</translation>
    </message>
    <message>
      <source>Contact person</source>
      <translation>担当者</translation>
    </message>
    <message>
      <source>Contact persons</source>
      <translation>担当者</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>連絡先</translation>
    </message>
    <message>
      <source>Credit note</source>
      <translation>貸方票</translation>
    </message>
    <message>
      <source>Credit note refund</source>
      <translation>貸方票の返金</translation>
    </message>
    <message>
      <source>Credit note refunds</source>
      <translation>貸方票の返金</translation>
    </message>
    <message>
      <source>Credit notes</source>
      <translation>貸方票</translation>
    </message>
    <message>
      <source>Currencies</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Customer payment</source>
      <translation>入金</translation>
    </message>
    <message>
      <source>Customer payments</source>
      <translation>入金</translation>
    </message>
    <message>
      <source>Debit note</source>
      <translation>借方票</translation>
    </message>
    <message>
      <source>Debit notes</source>
      <translation>借方票</translation>
    </message>
    <message>
      <source>Estimate</source>
      <translation>見積書</translation>
    </message>
    <message>
      <source>Estimates</source>
      <translation>見積書</translation>
    </message>
    <message>
      <source>Exchange rate</source>
      <translation>為替レート</translation>
    </message>
    <message>
      <source>Exchange rates</source>
      <translation>為替レート</translation>
    </message>
    <message>
      <source>Expense</source>
      <translation>経費</translation>
    </message>
    <message>
      <source>Expenses</source>
      <translation>経費</translation>
    </message>
    <message>
      <source>Fixed asset</source>
      <translation>固定資産</translation>
    </message>
    <message>
      <source>Fixed assets</source>
      <translation>固定資産</translation>
    </message>
    <message>
      <source>Invoice</source>
      <translation>請求書</translation>
    </message>
    <message>
      <source>Invoices</source>
      <translation>請求書</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>仕訳</translation>
    </message>
    <message>
      <source>Journals</source>
      <translation>仕訳</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>拠点</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>拠点</translation>
    </message>
    <message>
      <source>Opening balance</source>
      <translation>期首残高</translation>
    </message>
    <message>
      <source>Opening balances</source>
      <translation>期首残高</translation>
    </message>
    <message>
      <source>Organization</source>
      <translation>組織</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>組織</translation>
    </message>
    <message>
      <source>Project</source>
      <translation>プロジェクト</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>プロジェクト</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>発注書</translation>
    </message>
    <message>
      <source>Purchase orders</source>
      <translation>発注書</translation>
    </message>
    <message>
      <source>Recurring bill</source>
      <translation>定期支払請求書</translation>
    </message>
    <message>
      <source>Recurring bills</source>
      <translation>定期支払請求書</translation>
    </message>
    <message>
      <source>Recurring expense</source>
      <translation>定期経費</translation>
    </message>
    <message>
      <source>Recurring expenses</source>
      <translation>定期経費</translation>
    </message>
    <message>
      <source>Recurring invoice</source>
      <translation>定期請求書</translation>
    </message>
    <message>
      <source>Recurring invoices</source>
      <translation>定期請求書</translation>
    </message>
    <message>
      <source>Retainer invoice</source>
      <translation>前受金請求書</translation>
    </message>
    <message>
      <source>Retainer invoices</source>
      <translation>前受金請求書</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>受注</translation>
    </message>
    <message>
      <source>Sales orders</source>
      <translation>受注</translation>
    </message>
    <message>
      <source>Sales receipt</source>
      <translation>売上領収書</translation>
    </message>
    <message>
      <source>Sales receipts</source>
      <translation>売上領収書</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>タスク</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>タスク</translation>
    </message>
    <message>
      <source>Tax</source>
      <translation>税金</translation>
    </message>
    <message>
      <source>Tax group</source>
      <translation>税グループ</translation>
    </message>
    <message>
      <source>Tax groups</source>
      <translation>税グループ</translation>
    </message>
    <message>
      <source>Taxes</source>
      <translation>税金</translation>
    </message>
    <message>
      <source>Time entries</source>
      <translation>工数記録</translation>
    </message>
    <message>
      <source>Time entry</source>
      <translation>工数記録</translation>
    </message>
    <message>
      <source>User</source>
      <translation>ユーザー</translation>
    </message>
    <message>
      <source>Users</source>
      <translation>ユーザー</translation>
    </message>
    <message>
      <source>Vendor credit</source>
      <translation>仕入先クレジット</translation>
    </message>
    <message>
      <source>Vendor credits</source>
      <translation>仕入先クレジット</translation>
    </message>
    <message>
      <source>Vendor payment</source>
      <translation>支払</translation>
    </message>
    <message>
      <source>Vendor payments</source>
      <translation>支払</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>読み取り中</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>読み取り不可</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>たった今</translation>
    </message>
    <message>
      <source>next</source>
      <translation>次</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>待機</translation>
    </message>
  </context>
  <context>
    <name>ModulesModel</name>
    <message>
      <source>As of</source>
      <translation>時点</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>呼び出し</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>ここ</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>Zoho Books側</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>進捗</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>being read</source>
      <translation>読み取り中</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>読み取り不可</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>選択済み</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>next</source>
      <translation>次</translation>
    </message>
    <message>
      <source>not chosen</source>
      <translation>未選択</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>未集計</translation>
    </message>
    <message>
      <source>records</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>待機</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>%1を含む</translation>
    </message>
  </context>
  <context>
    <name>ModulesPanel</name>
    <message>
      <source>Choose modules</source>
      <translation>モジュールを選択</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>モジュール</translation>
    </message>
  </context>
  <context>
    <name>ModulesTable</name>
    <message>
      <source>Modules</source>
      <translation>モジュール</translation>
    </message>
  </context>
  <context>
    <name>MonthEndBanner</name>
    <message>
      <source>End month end mode</source>
      <translation>月次締めモードを終了</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>月次締め</translation>
    </message>
    <message>
      <source>Month end is over.</source>
      <translation>月次締めは終了しました。</translation>
    </message>
    <message>
      <source>Month end until %1</source>
      <translation>%1まで月次締め</translation>
    </message>
    <message>
      <source>No complete lists, notifications for errors only, half of today's calls are kept for you.</source>
      <translation>全件読み取りは行わず、通知はエラーのみ、本日の呼び出しの半分を手動操作用に確保します。</translation>
    </message>
    <message>
      <source>This computer stays awake.</source>
      <translation>このコンピューターはスリープしません。</translation>
    </message>
  </context>
  <context>
    <name>MonthsPanel</name>
    <message>
      <source>%1 %2: %3 invoiced, %4 received</source>
      <translation>%1 %2: 請求 %3、入金 %4</translation>
    </message>
    <message>
      <source>%1; %2 to date</source>
      <translation>%1、%2現在</translation>
    </message>
    <message>
      <source>Currency of the months</source>
      <translation>月別集計の通貨</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>請求</translation>
    </message>
    <message>
      <source>Invoiced and received, by month</source>
      <translation>月別の請求と入金</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>月</translation>
    </message>
    <message>
      <source>No invoices and no payments in the last twelve months.</source>
      <translation>過去12か月間に請求書も入金もありません。</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>入金</translation>
    </message>
    <message>
      <source>no currency</source>
      <translation>通貨なし</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Connections, settings and help</source>
      <translation>接続、設定、ヘルプ</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>ページ</translation>
    </message>
  </context>
  <context>
    <name>Neighbours</name>
    <message>
      <source>Looked at %1</source>
      <translation>%1 に確認</translation>
    </message>
    <message>
      <source>Only reads until you confirm it</source>
      <translation>確認するまで読み取りのみ</translation>
    </message>
  </context>
  <context>
    <name>NetworkRows</name>
    <message>
      <source>&amp;Keep</source>
      <translation>残す(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Test connection</source>
      <translation>接続をテスト(&amp;T)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>アドレス</translation>
    </message>
    <message>
      <source>An address looks like http://proxy.example.com:8080, without a login.</source>
      <translation>アドレスはhttp://proxy.example.com:8080のような形式で、ログイン名は含めません。</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>システムに合わせる</translation>
    </message>
    <message>
      <source>Being tried…</source>
      <translation>試しています…</translation>
    </message>
    <message>
      <source>Failed at: %1 (%2).</source>
      <translation>失敗した段階: %1 (%2)。</translation>
    </message>
    <message>
      <source>In order before it: %1.</source>
      <translation>その前まで正常: %1。</translation>
    </message>
    <message>
      <source>Login (optional)</source>
      <translation>ログイン名(任意)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>Name for the proxy</source>
      <translation>プロキシのユーザー名</translation>
    </message>
    <message>
      <source>None</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>パスワード</translation>
    </message>
    <message>
      <source>Password for the proxy</source>
      <translation>プロキシのパスワード</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>プロキシ</translation>
    </message>
    <message>
      <source>The password goes into the keychain of this computer, nowhere else.</source>
      <translation>パスワードはこのコンピューターのキーチェーンにのみ保存されます。</translation>
    </message>
    <message>
      <source>The password is forgotten.</source>
      <translation>パスワードを消去しました。</translation>
    </message>
    <message>
      <source>The password is in the keychain.</source>
      <translation>パスワードはキーチェーンにあります。</translation>
    </message>
    <message>
      <source>This one</source>
      <translation>次を使用</translation>
    </message>
    <message>
      <source>Way to Zoho Books</source>
      <translation>Zoho Booksへの経路</translation>
    </message>
    <message>
      <source>Zoho Books answers by way of %1.</source>
      <translation>Zoho Booksが%1経由で応答しました。</translation>
    </message>
    <message>
      <source>Zoho Books answers directly.</source>
      <translation>Zoho Booksが直接応答しました。</translation>
    </message>
    <message>
      <source>connecting to the server</source>
      <translation>サーバーへの接続</translation>
    </message>
    <message>
      <source>finding the server’s name</source>
      <translation>サーバー名の解決</translation>
    </message>
    <message>
      <source>reaching the proxy</source>
      <translation>プロキシへの接続</translation>
    </message>
    <message>
      <source>the proxy’s login</source>
      <translation>プロキシのログイン</translation>
    </message>
    <message>
      <source>the server’s answer</source>
      <translation>サーバーの応答</translation>
    </message>
    <message>
      <source>the server’s certificate</source>
      <translation>サーバーの証明書</translation>
    </message>
  </context>
  <context>
    <name>NewTokenDialog</name>
    <message>
      <source>&amp;Close</source>
      <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Make the token</source>
      <translation>トークンを作成(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Name of the program</source>
      <translation>プログラムの名前(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Token</source>
      <translation>トークン(&amp;T)</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>作成しています…</translation>
    </message>
    <message>
      <source>Give it the name of the program.</source>
      <translation>プログラムの名前を入力してください。</translation>
    </message>
    <message>
      <source>It is shown this once. zbdesk keeps only its fingerprint.</source>
      <translation>表示は今回限りです。zbdeskはフィンガープリントだけを保存します。</translation>
    </message>
    <message>
      <source>Name of the program</source>
      <translation>プログラムの名前</translation>
    </message>
    <message>
      <source>New token</source>
      <translation>新しいトークン</translation>
    </message>
    <message>
      <source>One token for each program, so that one can be revoked without the others.</source>
      <translation>プログラムごとにトークンを1つ作成すると、他に影響なく失効させられます。</translation>
    </message>
    <message>
      <source>The token is shown this once.</source>
      <translation>トークンの表示は今回限りです。</translation>
    </message>
    <message>
      <source>Token</source>
      <translation>トークン</translation>
    </message>
  </context>
  <context>
    <name>NoticeRows</name>
    <message>
      <source>All of them</source>
      <translation>すべて</translation>
    </message>
    <message>
      <source>An hour at most</source>
      <translation>1時間あたりの上限</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>種類</translation>
    </message>
    <message>
      <source>Off means none at all. Nothing is only in a notification: the window says it too.</source>
      <translation>オフにすると一切表示しません。通知だけに表示される内容はなく、ウィンドウにも表示されます。</translation>
    </message>
    <message>
      <source>One for one cause. What comes on top is summed up in a single one.</source>
      <translation>1つの原因につき1件です。それ以上は1件にまとめられます。</translation>
    </message>
    <message>
      <source>Show notifications</source>
      <translation>通知を表示</translation>
    </message>
    <message>
      <source>Tell me</source>
      <translation>通知する内容</translation>
    </message>
    <message>
      <source>when both sides changed the same record</source>
      <translation>両側で同じレコードが変更されたとき</translation>
    </message>
    <message>
      <source>when it works again</source>
      <translation>再び正常になったとき</translation>
    </message>
    <message>
      <source>when something could not be done</source>
      <translation>実行できないことがあったとき</translation>
    </message>
    <message>
      <source>when the first sync or a long one is done</source>
      <translation>初回または長い同期が完了したとき</translation>
    </message>
    <message>
      <source>when the sign-in has ended</source>
      <translation>サインインが終了したとき</translation>
    </message>
  </context>
  <context>
    <name>Notifier</name>
    <message>
      <source>A long sync is done</source>
      <translation>長い同期が完了しました</translation>
    </message>
    <message>
      <source>All of it stands in the window.</source>
      <translation>すべてウィンドウに表示されています。</translation>
    </message>
    <message>
      <source>From now on only changes are read.</source>
      <translation>今後は変更のみを読み取ります。</translation>
    </message>
    <message>
      <source>It took %1. What came of it stands under Activity.</source>
      <translation>所要時間 %1。結果は「アクティビティ」にあります。</translation>
    </message>
    <message>
      <source>Nothing is overwritten until somebody decides.</source>
      <translation>誰かが決定するまで上書きされません。</translation>
    </message>
    <message>
      <source>Sign in to Zoho again</source>
      <translation>Zohoに再サインイン</translation>
    </message>
    <message>
      <source>Signed in again</source>
      <translation>再サインインしました</translation>
    </message>
    <message>
      <source>Syncing goes on.</source>
      <translation>同期を続けています。</translation>
    </message>
    <message>
      <source>What to do about it stands under Problems.</source>
      <translation>対処方法は「問題」に表示されています。</translation>
    </message>
    <message>
      <source>Zoho ended the sign-in. Nothing is lost.</source>
      <translation>Zohoがサインインを終了しました。失われるものはありません。</translation>
    </message>
  </context>
  <context>
    <name>Notify</name>
    <message numerus="yes">
      <source>%n conflict(s)</source>
      <translation>
        <numerusform>競合%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more notice(s) in the last hour</source>
      <translation>
        <numerusform>過去1時間にほか通知%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) could not be read</source>
      <translation>
        <numerusform>読み取れなかったレコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>First sync done: %n record(s)</source>
      <translation>
        <numerusform>初回同期が完了しました: レコード%n件</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>OnwardPanel</name>
    <message>
      <source>%1, %2 only</source>
      <translation>%1、%2のみ</translation>
    </message>
    <message>
      <source>Add a tar&amp;get…</source>
      <translation>送信先を追加(&amp;G)…</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>アドレス</translation>
    </message>
    <message>
      <source>All deliveries</source>
      <translation>すべての配信</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>変更…</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>配信</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>イベント</translation>
    </message>
    <message>
      <source>Events are passed on again.</source>
      <translation>イベントの転送を再開しました。</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>送信内容</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>断念</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>続ける</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>作成</translation>
    </message>
    <message>
      <source>Modules</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Nothing is passed on</source>
      <translation>転送は行われていません</translation>
    </message>
    <message>
      <source>Nothing sent yet</source>
      <translation>まだ送信なし</translation>
    </message>
    <message>
      <source>Other systems of your own can get what arrives here, each with a filter and a secret of its own.</source>
      <translation>ここに届いた内容を自社の他のシステムにも送れます。それぞれにフィルターとシークレットを設定できます。</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>一時停止</translation>
    </message>
    <message>
      <source>Paused. What comes waits on this computer.</source>
      <translation>一時停止中です。届いたものはこのコンピューターで待機します。</translation>
    </message>
    <message>
      <source>Paused; what comes waits</source>
      <translation>一時停止中、届いたものは待機</translation>
    </message>
    <message>
      <source>Remove…</source>
      <translation>削除…</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>再送信</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>State of deliveries</source>
      <translation>配信の状態</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>受信済</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>送信先</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>送信先</translation>
    </message>
    <message>
      <source>Took one %1</source>
      <translation>受信 %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待機中</translation>
    </message>
    <message>
      <source>all</source>
      <translation>すべて</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>the event as it came</source>
      <translation>届いたままのイベント</translation>
    </message>
    <message>
      <source>the record</source>
      <translation>レコード</translation>
    </message>
  </context>
  <context>
    <name>OrganizationBar</name>
    <message>
      <source>Change organization</source>
      <translation>組織を切り替え</translation>
    </message>
    <message>
      <source>Change organization (Ctrl+Shift+O)</source>
      <translation>組織を切り替え (Ctrl+Shift+O)</translation>
    </message>
    <message>
      <source>F5</source>
      <translation>F5</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>未接続</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>一時停止(&amp;U)</translation>
    </message>
    <message>
      <source>Res&amp;ume</source>
      <translation>再開(&amp;U)</translation>
    </message>
    <message>
      <source>Sto&amp;p</source>
      <translation>停止(&amp;P)</translation>
    </message>
    <message>
      <source>Sync &amp;now</source>
      <translation>今すぐ同期(&amp;N)</translation>
    </message>
    <message>
      <source>read only</source>
      <translation>読み取りのみ</translation>
    </message>
  </context>
  <context>
    <name>OrganizationLine</name>
    <message>
      <source>In use</source>
      <translation>使用中</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>一時停止</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>再開</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>再サインイン…</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>これを使用</translation>
    </message>
  </context>
  <context>
    <name>OrganizationMenu</name>
    <message>
      <source>Connect another &amp;organization…</source>
      <translation>別の組織を接続(&amp;O)…</translation>
    </message>
    <message>
      <source>Organizations</source>
      <translation>組織</translation>
    </message>
  </context>
  <context>
    <name>OrganizationPage</name>
    <message>
      <source>&amp;Look again</source>
      <translation>再確認(&amp;L)</translation>
    </message>
    <message>
      <source>All of them have ended.</source>
      <translation>すべて終了しています。</translation>
    </message>
    <message>
      <source>An ended organization cannot be connected. Renew its plan in Zoho Books, then look again.</source>
      <translation>終了した組織は接続できません。Zoho Booksでプランを更新し、再確認してください。</translation>
    </message>
    <message>
      <source>An organization is needed to go on.</source>
      <translation>続けるには組織が必要です。</translation>
    </message>
    <message>
      <source>Ask an administrator of Zoho Books to invite you, or sign in as somebody else.</source>
      <translation>Zoho Booksの管理者に招待を依頼するか、別のユーザーでサインインしてください。</translation>
    </message>
    <message>
      <source>Choose an organization to go on.</source>
      <translation>続けるには、組織を選択してください。</translation>
    </message>
    <message>
      <source>Choose the one organization that this connection is for.</source>
      <translation>この接続の対象となる組織を1つ選択してください。</translation>
    </message>
    <message>
      <source>Compare the ID with the number in the address of your Zoho Books, after /app/. You can add the other organizations later, each with its own records.</source>
      <translation>IDを、Zoho Booksのアドレスの/app/の後の番号と比べてください。他の組織は後から追加でき、レコードは組織ごとに分かれます。</translation>
    </message>
    <message>
      <source>Look at the &amp;list again</source>
      <translation>リストを再確認(&amp;L)</translation>
    </message>
    <message>
      <source>One moment.</source>
      <translation>少々お待ちください。</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>組織を読み込んでいます</translation>
    </message>
    <message>
      <source>Several organizations have %1 as base currency.</source>
      <translation>基準通貨が%1の組織が複数あります。</translation>
    </message>
    <message>
      <source>Si&amp;gn in as somebody else</source>
      <translation>別のユーザーでサインイン(&amp;G)</translation>
    </message>
    <message>
      <source>The list holds what your sign-in may see in Zoho Books. The ID is the number after /app/ in the browser’s address.

Arrow keys move, Space chooses. An organization whose plan has ended stands last and cannot be chosen.</source>
      <translation>リストには、このサインインがZoho Booksで参照できる組織が表示されます。IDはブラウザーのアドレスの/app/の後の番号です。

矢印キーで移動し、スペースキーで選択します。プランが終了した組織は最後に表示され、選択できません。</translation>
    </message>
    <message>
      <source>The list is being read.</source>
      <translation>リストを読み取っています。</translation>
    </message>
    <message>
      <source>This sign-in belongs to no organization</source>
      <translation>このサインインはどの組織にも属していません</translation>
    </message>
    <message>
      <source>Which organization?</source>
      <translation>どの組織ですか?</translation>
    </message>
  </context>
  <context>
    <name>OrganizationRows</name>
    <message>
      <source>All organizations that are signed in are synced side by side, each with its own sign-in and calls; the window shows one at a time, and their records are never mixed. Ctrl+Shift+O changes it.</source>
      <translation>サインインしたすべての組織が、それぞれのサインインとコールで並行して同期されます。ウィンドウには一度に 1 つ表示され、レコードが混ざることはありません。Ctrl+Shift+O で切り替えます。</translation>
    </message>
    <message>
      <source>Connect another organi&amp;zation…</source>
      <translation>別の組織を接続(&amp;Z)…</translation>
    </message>
    <message>
      <source>Known here</source>
      <translation>ここでの名前</translation>
    </message>
    <message>
      <source>One more</source>
      <translation>追加</translation>
    </message>
    <message>
      <source>Organizations on this computer</source>
      <translation>このコンピューターの組織</translation>
    </message>
  </context>
  <context>
    <name>OrganizationStrip</name>
    <message>
      <source>Organization %1</source>
      <translation>組織 %1</translation>
    </message>
  </context>
  <context>
    <name>OrganizationTable</name>
    <message>
      <source>Organizations</source>
      <translation>組織</translation>
    </message>
  </context>
  <context>
    <name>OrganizationsModel</name>
    <message>
      <source>Country</source>
      <translation>国</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Ended</source>
      <translation>終了</translation>
    </message>
    <message>
      <source>Fiscal year</source>
      <translation>会計年度</translation>
    </message>
    <message>
      <source>Organization and ID</source>
      <translation>組織とID</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>プラン</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>選択済み</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>%1から</translation>
    </message>
  </context>
  <context>
    <name>Outgoing</name>
    <message>
      <source>%1 marked as sent</source>
      <translation>%1件を送付済みにしました</translation>
    </message>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>呼び出し%n回</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s)</source>
      <translation>
        <numerusform>変更%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more in doubt</source>
      <translation>
        <numerusform>ほか結果不明%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new record(s) gone</source>
      <translation>
        <numerusform>失われた新規レコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) are taken already</source>
      <translation>
        <numerusform>使用済みの番号%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) fall into a locked month</source>
      <translation>
        <numerusform>ロックされた月に入るレコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have a tax that is not there</source>
      <translation>
        <numerusform>存在しない税金を使うレコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) leave tomorrow</source>
      <translation>
        <numerusform>明日送信されるレコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) may not be written</source>
      <translation>
        <numerusform>書き込めないレコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for a contact or item</source>
      <translation>
        <numerusform>連絡先または商品を待つレコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) wait for an exchange rate</source>
      <translation>
        <numerusform>為替レートを待つレコード%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>All of it may be written</source>
      <translation>すべて書き込み可能</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>確認中</translation>
    </message>
    <message>
      <source>Being checked: %1.</source>
      <translation>確認中: %1。</translation>
    </message>
    <message>
      <source>Changed %1</source>
      <translation>%1を変更</translation>
    </message>
    <message>
      <source>Closed period</source>
      <translation>締め済みの期間</translation>
    </message>
    <message>
      <source>Delete %1</source>
      <translation>%1を削除</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>%1を削除済み</translation>
    </message>
    <message>
      <source>Done today</source>
      <translation>本日完了</translation>
    </message>
    <message>
      <source>Each contact and item is there</source>
      <translation>連絡先と商品はすべて存在します</translation>
    </message>
    <message>
      <source>Each currency has a rate</source>
      <translation>すべての通貨にレートがあります</translation>
    </message>
    <message>
      <source>Each tax is in Zoho Books</source>
      <translation>税金はすべてZoho Booksにあります</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Held for review</source>
      <translation>確認のため保留</translation>
    </message>
    <message>
      <source>In Zoho Books</source>
      <translation>Zoho Books側</translation>
    </message>
    <message>
      <source>It was sent at %1 and no answer came. zbdesk asks Zoho Books for %2 before anything is sent again, so it cannot be there twice.</source>
      <translation>%1に送信しましたが、応答がありません。zbdeskは再送の前に必ず%2をZoho Booksに照会するため、二重に登録されることはありません。</translation>
    </message>
    <message>
      <source>Leaving</source>
      <translation>送信中</translation>
    </message>
    <message>
      <source>Mark as sent</source>
      <translation>送付済みにする</translation>
    </message>
    <message>
      <source>New %1</source>
      <translation>新規%1</translation>
    </message>
    <message>
      <source>No month is locked</source>
      <translation>ロックされた月はありません</translation>
    </message>
    <message>
      <source>No number is taken already</source>
      <translation>使用済みの番号はありません</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>問題</translation>
    </message>
    <message>
      <source>The day's calls are enough</source>
      <translation>本日の呼び出し回数は足ります</translation>
    </message>
    <message>
      <source>Void %1</source>
      <translation>%1を無効にする</translation>
    </message>
    <message>
      <source>Voided %1</source>
      <translation>%1を無効化済み</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待機中</translation>
    </message>
    <message>
      <source>payment</source>
      <translation>入出金</translation>
    </message>
    <message>
      <source>this number</source>
      <translation>この番号</translation>
    </message>
    <message>
      <source>this record</source>
      <translation>このレコード</translation>
    </message>
  </context>
  <context>
    <name>OutgoingModel</name>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Chosen</source>
      <translation>選択済み</translation>
    </message>
    <message>
      <source>For</source>
      <translation>対象</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>番号</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>ソース</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>What</source>
      <translation>対象</translation>
    </message>
  </context>
  <context>
    <name>OutgoingPage</name>
    <message>
      <source>%1 of %2 selected</source>
      <translation>%2件中%1件を選択</translation>
    </message>
    <message>
      <source>%1 released; they leave now.</source>
      <translation>%1件の保留を解除しました。送信を開始します。</translation>
    </message>
    <message>
      <source>%1 · nothing leaves until you choose to</source>
      <translation>%1 · 選択するまで何も送信されません</translation>
    </message>
    <message>
      <source>&amp;Cancel %1</source>
      <translation>%1件を取り消す(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Keep them</source>
      <translation>残す(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Look at it…</source>
      <translation>内容を確認(&amp;L)…</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>許可しました。送信を開始します。</translation>
    </message>
    <message>
      <source>Cancel %1?</source>
      <translation>%1件を取り消しますか?</translation>
    </message>
    <message>
      <source>Changes leave by themselves again.</source>
      <translation>変更は再び自動的に送信されます。</translation>
    </message>
    <message>
      <source>Changes made here stand here until the next run takes them.</source>
      <translation>ここで行った変更は、次の実行で送信されるまでここに表示されます。</translation>
    </message>
    <message>
      <source>Choose records to see what writing them means.</source>
      <translation>レコードを選択すると、書き込みの内容が表示されます。</translation>
    </message>
    <message>
      <source>Documents of a month that is locked there wait here.</source>
      <translation>Zoho Booksでロックされた月の伝票はここで待機します。</translation>
    </message>
    <message>
      <source>Each write has had its answer.</source>
      <translation>すべての書き込みに応答がありました。</translation>
    </message>
    <message>
      <source>Hold f&amp;or review</source>
      <translation>確認のため保留(&amp;O)</translation>
    </message>
    <message>
      <source>Lane</source>
      <translation>区分</translation>
    </message>
    <message>
      <source>Lanes</source>
      <translation>区分</translation>
    </message>
    <message>
      <source>No locked months</source>
      <translation>ロックされた月はありません</translation>
    </message>
    <message>
      <source>Nothing has left today</source>
      <translation>本日送信されたものはありません</translation>
    </message>
    <message>
      <source>Nothing is held</source>
      <translation>保留はありません</translation>
    </message>
    <message>
      <source>Nothing is in doubt</source>
      <translation>結果不明のものはありません</translation>
    </message>
    <message>
      <source>Nothing is leaving</source>
      <translation>送信中のものはありません</translation>
    </message>
    <message>
      <source>Nothing waits</source>
      <translation>待機中のものはありません</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>送信待ち</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>読み込んでいます…</translation>
    </message>
    <message>
      <source>The records are again as both sides last agreed. Zoho Books is not touched.</source>
      <translation>レコードは両側が最後に一致した状態に戻りました。Zoho Booksは変更されません。</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1.</source>
      <translation>%1を書き込む前に実行が停止しました。</translation>
    </message>
    <message>
      <source>These are in Zoho Books.</source>
      <translation>これらはZoho Booksにあります。</translation>
    </message>
    <message>
      <source>These are on their way. Each is written down before it leaves.</source>
      <translation>これらは送信中です。送信前にすべて記録されます。</translation>
    </message>
    <message>
      <source>This cannot be read</source>
      <translation>読み込めません</translation>
    </message>
    <message>
      <source>What is to leave is held from now on.</source>
      <translation>これから送信されるものは保留されます。</translation>
    </message>
    <message>
      <source>What is to leave stops here while Hold for review is on.</source>
      <translation>「確認のため保留」がオンの間、送信予定のものはここで止まります。</translation>
    </message>
    <message>
      <source>What was written today stands here.</source>
      <translation>本日書き込まれたものがここに表示されます。</translation>
    </message>
    <message>
      <source>What will &amp;be written…</source>
      <translation>書き込まれる内容(&amp;B)…</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>書き込まれる内容</translation>
    </message>
    <message>
      <source>Write &amp;these %1 to Zoho Books</source>
      <translation>この%1件をZoho Booksに書き込む(&amp;T)</translation>
    </message>
    <message>
      <source>Write &amp;this one to Zoho Books</source>
      <translation>この1件をZoho Booksに書き込む(&amp;T)</translation>
    </message>
    <message>
      <source>Writes that are on their way stand here.</source>
      <translation>送信中の書き込みがここに表示されます。</translation>
    </message>
    <message>
      <source>Zoho Books is asked for each of these first; only what is not there is sent again.</source>
      <translation>まずZoho Booksにこれらを1件ずつ照会し、ないものだけを再送します。</translation>
    </message>
  </context>
  <context>
    <name>OutgoingTable</name>
    <message>
      <source>Outgoing records</source>
      <translation>送信待ちのレコード</translation>
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Cancel</source>
      <translation>キャンセル</translation>
    </message>
    <message>
      <source>Ne&amp;xt</source>
      <translation>次へ(&amp;X)</translation>
    </message>
  </context>
  <context>
    <name>Pages</name>
    <message>
      <source>Accountant</source>
      <translation>会計</translation>
    </message>
    <message>
      <source>Activity</source>
      <translation>アクティビティ</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>銀行</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>競合</translation>
    </message>
    <message>
      <source>Dashboard</source>
      <translation>ダッシュボード</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>ヘルプ</translation>
    </message>
    <message>
      <source>Lists</source>
      <translation>リスト</translation>
    </message>
    <message>
      <source>Month end</source>
      <translation>月次締め</translation>
    </message>
    <message>
      <source>Outgoing</source>
      <translation>送信待ち</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>問題</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>プロジェクト</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>購買</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>販売</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>ソース</translation>
    </message>
    <message>
      <source>To settle</source>
      <translation>要解決</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhook</translation>
    </message>
  </context>
  <context>
    <name>Palette</name>
    <message>
      <source>%1 results</source>
      <translation>結果%1件</translation>
    </message>
    <message>
      <source>1 result</source>
      <translation>結果1件</translation>
    </message>
    <message>
      <source>Arrow keys choose, Enter opens, Escape closes</source>
      <translation>矢印キーで選択、Enterで開く、Escで閉じる</translation>
    </message>
    <message>
      <source>No results</source>
      <translation>結果なし</translation>
    </message>
    <message>
      <source>Nothing fits “%1”.</source>
      <translation>「%1」に該当するものはありません。</translation>
    </message>
    <message>
      <source>Number, name, reference or command</source>
      <translation>番号、名前、参照番号、コマンド</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>Search records and commands</source>
      <translation>レコードとコマンドを検索</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>検索しています…</translation>
    </message>
    <message>
      <source>↑ ↓ choose · Enter opens · Esc closes</source>
      <translation>↑ ↓ 選択 · Enter 開く · Esc 閉じる</translation>
    </message>
  </context>
  <context>
    <name>Parsing</name>
    <message>
      <source>%1 has %2 decimals.</source>
      <translation>%1の小数は%2桁です。</translation>
    </message>
    <message>
      <source>At most %2 decimals.</source>
      <translation>小数は%2桁までです。</translation>
    </message>
    <message>
      <source>Enter a date, for example %1.</source>
      <translation>日付を入力してください。例: %1。</translation>
    </message>
    <message>
      <source>Enter an amount, for example %1.</source>
      <translation>金額を入力してください。例: %1。</translation>
    </message>
    <message>
      <source>Enter the year with four digits.</source>
      <translation>年を4桁で入力してください。</translation>
    </message>
    <message>
      <source>Is it %1 or %2? Enter the month in letters.</source>
      <translation>%1ですか、%2ですか? 月を文字で入力してください。</translation>
    </message>
    <message>
      <source>today</source>
      <translation>今日</translation>
    </message>
  </context>
  <context>
    <name>PaymentDialog</name>
    <message>
      <source>&amp;Record payment</source>
      <translation>入金を記録(&amp;R)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(任意)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Amount, %1</source>
      <translation>金額 (%1)</translation>
    </message>
    <message>
      <source>Balance %1</source>
      <translation>残高 %1</translation>
    </message>
    <message>
      <source>Choose how it was paid.</source>
      <translation>支払方法を選択してください。</translation>
    </message>
    <message>
      <source>Enter an amount above zero.</source>
      <translation>0より大きい金額を入力してください。</translation>
    </message>
    <message>
      <source>Enter the day on which it came in.</source>
      <translation>入金日を入力してください。</translation>
    </message>
    <message>
      <source>One customer payment is put into Zoho Books and applied to this invoice.</source>
      <translation>入金1件がZoho Booksに登録され、この請求書に充当されます。</translation>
    </message>
    <message>
      <source>Record a payment for %1</source>
      <translation>%1の入金を記録</translation>
    </message>
    <message>
      <source>The balance is %1; a payment cannot be more.</source>
      <translation>残高は%1です。それを超える入金はできません。</translation>
    </message>
  </context>
  <context>
    <name>Places</name>
    <message>
      <source>%1 are on their way</source>
      <translation>%1件が送信中です</translation>
    </message>
    <message>
      <source>%1 are switched off</source>
      <translation>%1はオフです</translation>
    </message>
    <message>
      <source>%1 cannot be read</source>
      <translation>%1を読み込めません</translation>
    </message>
    <message>
      <source>0 of %1 are here.</source>
      <translation>%1件中0件がここにあります。</translation>
    </message>
    <message>
      <source>Clear all filters</source>
      <translation>フィルターをすべてクリア</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>再確認</translation>
    </message>
    <message>
      <source>New ones appear here by themselves.</source>
      <translation>新しいものは自動的にここに表示されます。</translation>
    </message>
    <message>
      <source>No %1</source>
      <translation>%1はありません</translation>
    </message>
    <message>
      <source>None of %1 %2 fit</source>
      <translation>%2 %1件中、該当なし</translation>
    </message>
    <message>
      <source>Reading %1…</source>
      <translation>%1を読み込んでいます…</translation>
    </message>
    <message>
      <source>Switch on…</source>
      <translation>オンにする…</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>今すぐ同期</translation>
    </message>
    <message>
      <source>The records cannot be read</source>
      <translation>レコードを読み込めません</translation>
    </message>
    <message>
      <source>They appear here page by page.</source>
      <translation>ページごとに順次表示されます。</translation>
    </message>
    <message>
      <source>They are not read from Zoho Books.</source>
      <translation>Zoho Booksから読み取っていません。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試行</translation>
    </message>
    <message>
      <source>Zoho Books has none, looked at %1. New ones appear here by themselves.</source>
      <translation>Zoho Booksにはありません(%1に確認)。新しいものは自動的にここに表示されます。</translation>
    </message>
  </context>
  <context>
    <name>PolicyRows</name>
    <message>
      <source>Both ways</source>
      <translation>双方向</translation>
    </message>
    <message>
      <source>Customers that are known</source>
      <translation>既知の顧客</translation>
    </message>
    <message>
      <source>Direction of %1</source>
      <translation>%1の方向</translation>
    </message>
    <message>
      <source>Only from Zoho Books</source>
      <translation>Zoho Booksからのみ</translation>
    </message>
    <message>
      <source>Only to Zoho Books</source>
      <translation>Zoho Booksへのみ</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>この接続は読み取り専用です。</translation>
    </message>
    <message>
      <source>This kind is switched off above.</source>
      <translation>この種類は上でオフになっています。</translation>
    </message>
    <message>
      <source>What zbdesk may do</source>
      <translation>zbdeskに許可する操作</translation>
    </message>
    <message>
      <source>change</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>create</source>
      <translation>作成</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>leave vendors alone</source>
      <translation>仕入先は対象外</translation>
    </message>
    <message>
      <source>link by e-mail</source>
      <translation>メールでリンク</translation>
    </message>
    <message>
      <source>link by exact name</source>
      <translation>完全一致の名前でリンク</translation>
    </message>
  </context>
  <context>
    <name>PreflightPane</name>
    <message>
      <source>%1, %2.</source>
      <translation>%1、%2。</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>戻る(&amp;B)</translation>
    </message>
    <message>
      <source>&amp;Dry run…</source>
      <translation>試行(&amp;D)…</translation>
    </message>
    <message>
      <source>Looked at beforehand</source>
      <translation>事前確認</translation>
    </message>
    <message>
      <source>Ta&amp;ke back…</source>
      <translation>取り消す(&amp;K)…</translation>
    </message>
    <message>
      <source>Totals of new documents</source>
      <translation>新規伝票の合計</translation>
    </message>
    <message>
      <source>What will be written</source>
      <translation>書き込まれる内容</translation>
    </message>
    <message>
      <source>about %1</source>
      <translation>約%1</translation>
    </message>
    <message>
      <source>to %1</source>
      <translation>%1へ</translation>
    </message>
    <message>
      <source>when Zoho Books allows calls again</source>
      <translation>Zoho Booksが再び呼び出しを受け付けるとき</translation>
    </message>
  </context>
  <context>
    <name>PreviewModel</name>
    <message>
      <source>Row</source>
      <translation>行</translation>
    </message>
  </context>
  <context>
    <name>Printing</name>
    <message>
      <source>%1 records</source>
      <translation>レコード%1件</translation>
    </message>
    <message>
      <source>&amp;Print…</source>
      <translation>印刷(&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Save as PDF…</source>
      <translation>PDFで保存(&amp;S)…</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>横向き</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Balance</source>
      <translation>残高</translation>
    </message>
    <message>
      <source>Credits</source>
      <translation>クレジット</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日付</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>期日</translation>
    </message>
    <message>
      <source>It could not be written there. Choose another place or printer.</source>
      <translation>そこに書き込めませんでした。別の場所またはプリンターを選択してください。</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>PDF document (*.pdf)</source>
      <translation>PDF文書 (*.pdf)</translation>
    </message>
    <message>
      <source>Pa&amp;per</source>
      <translation>用紙(&amp;A)</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>%1/%2ページ</translation>
    </message>
    <message>
      <source>Pages as they will be printed</source>
      <translation>印刷イメージ</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>用紙</translation>
    </message>
    <message>
      <source>Payments</source>
      <translation>入出金</translation>
    </message>
    <message>
      <source>Print %1</source>
      <translation>%1を印刷</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>参照番号</translation>
    </message>
    <message>
      <source>Save as PDF</source>
      <translation>PDFで保存</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>ステータス</translation>
    </message>
    <message>
      <source>The first %1 of %2 records. An export has all of them.</source>
      <translation>%2件中、先頭の%1件です。エクスポートではすべて出力されます。</translation>
    </message>
    <message>
      <source>The printer reported an error. Nothing was printed.</source>
      <translation>プリンターがエラーを報告しました。何も印刷されていません。</translation>
    </message>
    <message>
      <source>Upright</source>
      <translation>縦向き</translation>
    </message>
    <message>
      <source>zbdesk, %1</source>
      <translation>zbdesk、%1</translation>
    </message>
  </context>
  <context>
    <name>PrivacyRows</name>
    <message>
      <source>A locked screen may show notifications. Parties and amounts never stand in them.</source>
      <translation>ロック画面に通知が表示されることがあります。取引先や金額は通知に含まれません。</translation>
    </message>
    <message>
      <source>Cover the window</source>
      <translation>ウィンドウを隠す</translation>
    </message>
    <message>
      <source>Ctrl+Shift+H hides all figures until a click or a key. Syncing goes on.</source>
      <translation>Ctrl+Shift+Hで、クリックまたはキーを押すまですべての数値を隠します。同期は続きます。</translation>
    </message>
    <message>
      <source>Look for a new version once a day</source>
      <translation>1 日 1 回新しいバージョンを確認</translation>
    </message>
    <message>
      <source>Name the organization in notifications</source>
      <translation>通知に組織名を表示</translation>
    </message>
    <message>
      <source>New versions</source>
      <translation>新しいバージョン</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>One question to our server, without anything about you. Nothing is downloaded or installed.</source>
      <translation>当方のサーバーへの問い合わせ 1 回だけで、利用者の情報は含みません。ダウンロードやインストールは行いません。</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>レポート</translation>
    </message>
    <message>
      <source>Show a report after a fault of zbdesk</source>
      <translation>zbdeskの障害後にレポートを表示</translation>
    </message>
    <message>
      <source>What others may see</source>
      <translation>他の人に見えるもの</translation>
    </message>
    <message>
      <source>When somebody comes</source>
      <translation>人が来たとき</translation>
    </message>
    <message>
      <source>With its whole text, to copy or save. zbdesk sends nothing anywhere by itself.</source>
      <translation>全文を表示し、コピーや保存ができます。zbdeskが自動で送信することはありません。</translation>
    </message>
  </context>
  <context>
    <name>Problems</name>
    <message numerus="yes">
      <source>%n cause(s)</source>
      <translation>
        <numerusform>原因%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s)</source>
      <translation>
        <numerusform>問題%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>レコード%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>tried %n time(s)</source>
      <translation>
        <numerusform>試行%n回</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>%1 problems written to %2.</source>
      <translation>問題%1件を%2に書き込みました。</translation>
    </message>
    <message>
      <source>&amp;Dismissed (%1)</source>
      <translation>却下済み (%1)(&amp;D)</translation>
    </message>
    <message>
      <source>All are tried again now.</source>
      <translation>すべて再試行しています。</translation>
    </message>
    <message>
      <source>Allowed; they leave now.</source>
      <translation>許可しました。送信を開始します。</translation>
    </message>
    <message>
      <source>Back to the pro&amp;blems</source>
      <translation>問題に戻る(&amp;B)</translation>
    </message>
    <message>
      <source>Back to the problems</source>
      <translation>問題に戻る</translation>
    </message>
    <message>
      <source>CSV file (*.csv)</source>
      <translation>CSVファイル (*.csv)</translation>
    </message>
    <message>
      <source>Dismissed</source>
      <translation>却下済み</translation>
    </message>
    <message>
      <source>Dismissed. It is not tried again; Undo stays under Dismissed.</source>
      <translation>却下しました。再試行されません。「却下済み」から元に戻せます。</translation>
    </message>
    <message>
      <source>Dismissed: %1</source>
      <translation>却下: %1</translation>
    </message>
    <message>
      <source>E&amp;xport CSV…</source>
      <translation>CSVエクスポート(&amp;X)…</translation>
    </message>
    <message>
      <source>Everything that was tried could be done.</source>
      <translation>試行したものはすべて完了しました。</translation>
    </message>
    <message>
      <source>Export problems</source>
      <translation>問題をエクスポート</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>問題なし</translation>
    </message>
    <message>
      <source>Nothing is dismissed</source>
      <translation>却下されたものはありません</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>問題</translation>
    </message>
    <message>
      <source>Reading the problems…</source>
      <translation>問題を読み込んでいます…</translation>
    </message>
    <message>
      <source>Show again</source>
      <translation>再び表示</translation>
    </message>
    <message>
      <source>The problems cannot be read</source>
      <translation>問題を読み込めません</translation>
    </message>
    <message>
      <source>This run is settled meanwhile.</source>
      <translation>この実行はすでに解決されています。</translation>
    </message>
    <message>
      <source>This server has no web pages.</source>
      <translation>このサーバーにはウェブページがありません。</translation>
    </message>
    <message>
      <source>Tried again now: %1</source>
      <translation>再試行: %1</translation>
    </message>
    <message>
      <source>Try &amp;all again</source>
      <translation>すべて再試行(&amp;A)</translation>
    </message>
    <message>
      <source>Und&amp;o</source>
      <translation>元に戻す(&amp;O)</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Connect another organization – zbdesk</source>
      <translation>別の組織を接続 – zbdesk</translation>
    </message>
    <message>
      <source>Disconnected, with a remark</source>
      <translation>切断しました(注記あり)</translation>
    </message>
    <message>
      <source>Sign in again – zbdesk</source>
      <translation>再サインイン – zbdesk</translation>
    </message>
  </context>
  <context>
    <name>Questions</name>
    <message>
      <source>&amp;Give up</source>
      <translation>中止(&amp;G)</translation>
    </message>
    <message>
      <source>&amp;Keep it as it is</source>
      <translation>そのままにする(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Keep running</source>
      <translation>実行を続ける(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>終了(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Show it</source>
      <translation>表示(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Stop the import</source>
      <translation>インポートを停止(&amp;S)</translation>
    </message>
    <message>
      <source>Change &amp;now</source>
      <translation>今すぐ変更(&amp;N)</translation>
    </message>
    <message>
      <source>Change this now?</source>
      <translation>今すぐ変更しますか?</translation>
    </message>
    <message>
      <source>Give up this import?</source>
      <translation>このインポートを中止しますか?</translation>
    </message>
    <message>
      <source>Go &amp;on</source>
      <translation>続ける(&amp;O)</translation>
    </message>
    <message>
      <source>It goes on syncing and waits near the clock. Settings, Closing the window, changes this.</source>
      <translation>同期を続け、時計の近くで待機します。設定の「ウィンドウを閉じる」で変更できます。</translation>
    </message>
    <message>
      <source>Keep zbdesk running when the window is closed?</source>
      <translation>ウィンドウを閉じた後もzbdeskを実行し続けますか?</translation>
    </message>
    <message>
      <source>Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; nothing is deleted in Zoho Books.</source>
      <translation>Zoho Books (%1)で本当になくなっているかご確認ください。なくなっていれば、ここでも削除済みとします。Zoho Booksでは何も削除されません。</translation>
    </message>
    <message>
      <source>Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is.</source>
      <translation>まだ何もインポートされていません。ここでの修正と選択は失われますが、ファイルはそのまま残ります。</translation>
    </message>
    <message>
      <source>Show %1 now?</source>
      <translation>%1 を今すぐ表示しますか?</translation>
    </message>
    <message>
      <source>Stay &amp;here</source>
      <translation>ここに残る(&amp;H)</translation>
    </message>
    <message>
      <source>Stop the import?</source>
      <translation>インポートを停止しますか?</translation>
    </message>
    <message>
      <source>The window is built anew for it. Something is open that is not saved yet; what was typed would be lost.</source>
      <translation>そのためにウィンドウを作り直します。保存されていないものが開いており、入力内容が失われます。</translation>
    </message>
    <message>
      <source>The window shows one organization at a time; all go on syncing. Before the first change is written to %1, you are asked to confirm it.</source>
      <translation>ウィンドウには一度に 1 つの組織が表示され、同期はすべて続きます。%1 に最初の変更を書き込む前に確認を求めます。</translation>
    </message>
    <message>
      <source>They are &amp;gone: mark them as deleted</source>
      <translation>なくなっている: 削除済みにする(&amp;G)</translation>
    </message>
    <message>
      <source>Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.</source>
      <translation>バージョン %1。この会社のレコードと Zoho Books を常に一致させます。MIT ライセンス。</translation>
    </message>
    <message>
      <source>What was imported so far stays and can be rolled back. Importing the file again goes on from there.</source>
      <translation>ここまでインポートしたものは残り、ロールバックできます。ファイルを再度インポートすると、そこから続きます。</translation>
    </message>
    <message>
      <source>Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.</source>
      <translation>Zoho と Zoho Books は Zoho Corporation の名称です。同社はこのプログラムと関係がありません。</translation>
    </message>
  </context>
  <context>
    <name>QuietRows</name>
    <message>
      <source>1 hour</source>
      <translation>1時間</translation>
    </message>
    <message>
      <source>30 minutes</source>
      <translation>30分</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>ミュート</translation>
    </message>
    <message>
      <source>Mute for a while</source>
      <translation>しばらくミュート</translation>
    </message>
    <message>
      <source>Muted until %1, %2 left.</source>
      <translation>%1までミュート中、残り%2。</translation>
    </message>
    <message>
      <source>Notifications are shown.</source>
      <translation>通知を表示しています。</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>現在</translation>
    </message>
    <message>
      <source>Show them again</source>
      <translation>再び表示</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>明日まで</translation>
    </message>
  </context>
  <context>
    <name>RawDialog</name>
    <message>
      <source>Arrived</source>
      <translation>到着</translation>
    </message>
    <message>
      <source>As it came</source>
      <translation>受信時のまま</translation>
    </message>
    <message>
      <source>Body of the event</source>
      <translation>イベントの本文</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
    <message>
      <source>Content type</source>
      <translation>コンテンツタイプ</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>コピー(&amp;Y)</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>コピーしました</translation>
    </message>
    <message>
      <source>Laid out</source>
      <translation>整形表示</translation>
    </message>
    <message>
      <source>Read a&amp;gain</source>
      <translation>読み直す(&amp;G)</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>リクエスト</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>署名</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>サイズ</translation>
    </message>
    <message>
      <source>View</source>
      <translation>ビュー</translation>
    </message>
    <message>
      <source>a relay</source>
      <translation>中継</translation>
    </message>
    <message>
      <source>none that could be checked; only a hint</source>
      <translation>検証できるものなし、手がかりのみ</translation>
    </message>
    <message>
      <source>right</source>
      <translation>正しい</translation>
    </message>
    <message>
      <source>the listener</source>
      <translation>リスナー</translation>
    </message>
  </context>
  <context>
    <name>RecognitionRows</name>
    <message>
      <source>&amp;Look again</source>
      <translation>再確認(&amp;L)</translation>
    </message>
    <message>
      <source>, else </source>
      <translation>、なければ </translation>
    </message>
    <message>
      <source>A text field of Zoho Books that refuses duplicate values. With it, a request that arrives late can never make a second record.</source>
      <translation>重複する値を拒否するZoho Booksのテキストフィールドです。これがあれば、遅れて届いた要求でレコードが二重に作成されることはありません。</translation>
    </message>
    <message>
      <source>Field “zbdesk ID”</source>
      <translation>フィールド「zbdesk ID」</translation>
    </message>
    <message>
      <source>How it stands</source>
      <translation>現在の状況</translation>
    </message>
    <message>
      <source>It refuses du&amp;plicates</source>
      <translation>重複を拒否(&amp;P)</translation>
    </message>
    <message>
      <source>No record twice</source>
      <translation>レコードの重複防止</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>未接続</translation>
    </message>
    <message>
      <source>Recognised by</source>
      <translation>識別方法</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>SKU</translation>
    </message>
    <message>
      <source>Set up &amp;the field</source>
      <translation>フィールドを設定(&amp;T)</translation>
    </message>
    <message>
      <source>Zoho Books is being asked…</source>
      <translation>Zoho Booksに照会しています…</translation>
    </message>
    <message>
      <source>Zoho Books itself refuses a second record in %1 of %2 kinds.</source>
      <translation>%2種類中%1種類で、Zoho Books自体が重複レコードを拒否します。</translation>
    </message>
    <message>
      <source>e-mail address</source>
      <translation>メールアドレス</translation>
    </message>
    <message>
      <source>its own number</source>
      <translation>固有の番号</translation>
    </message>
    <message>
      <source>name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>reference number</source>
      <translation>参照番号</translation>
    </message>
    <message>
      <source>the field “zbdesk ID”</source>
      <translation>フィールド「zbdesk ID」</translation>
    </message>
  </context>
  <context>
    <name>Records</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1/%2</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試行</translation>
    </message>
    <message>
      <source>and %1 more; all of them are tried again together and stand in the CSV file</source>
      <translation>ほか%1件。すべてまとめて再試行され、CSVファイルに含まれます</translation>
    </message>
  </context>
  <context>
    <name>RecordsHeader</name>
    <message>
      <source>Column titles</source>
      <translation>列の見出し</translation>
    </message>
  </context>
  <context>
    <name>RecordsPage</name>
    <message>
      <source>%1 records</source>
      <translation>レコード%1件</translation>
    </message>
    <message>
      <source>Show in f&amp;older</source>
      <translation>フォルダーに表示(&amp;O)</translation>
    </message>
    <message>
      <source>These are entered in Zoho Books.</source>
      <translation>これらはZoho Booksで入力します。</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>この接続は読み取り専用です。</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>このレコードはもうここにありません。</translation>
    </message>
  </context>
  <context>
    <name>ReferenceInput</name>
    <message>
      <source>“%1” is not known here. Choose one from the list.</source>
      <translation>「%1」はここにありません。リストから選択してください。</translation>
    </message>
  </context>
  <context>
    <name>Remedies</name>
    <message>
      <source>Change its date…</source>
      <translation>日付を変更…</translation>
    </message>
    <message>
      <source>Change the number…</source>
      <translation>番号を変更…</translation>
    </message>
    <message>
      <source>Change their dates…</source>
      <translation>日付をまとめて変更…</translation>
    </message>
    <message>
      <source>Choose another…</source>
      <translation>別のものを選択…</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>編集…</translation>
    </message>
    <message>
      <source>Link to it…</source>
      <translation>リンクする…</translation>
    </message>
    <message>
      <source>Look at the run…</source>
      <translation>実行を確認…</translation>
    </message>
    <message>
      <source>Open Zoho Books</source>
      <translation>Zoho Booksを開く</translation>
    </message>
    <message>
      <source>Open contacts in Zoho Books</source>
      <translation>Zoho Booksで連絡先を開く</translation>
    </message>
    <message>
      <source>Open currencies in Zoho Books</source>
      <translation>Zoho Booksで通貨を開く</translation>
    </message>
    <message>
      <source>Open data folder</source>
      <translation>データフォルダーを開く</translation>
    </message>
    <message>
      <source>Open items in Zoho Books</source>
      <translation>Zoho Booksで商品を開く</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>ログフォルダーを開く</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>設定を開く</translation>
    </message>
    <message>
      <source>Open transaction locking</source>
      <translation>取引ロックを開く</translation>
    </message>
    <message>
      <source>Open users and roles</source>
      <translation>ユーザーと役割を開く</translation>
    </message>
    <message>
      <source>Rename here…</source>
      <translation>ここで名前を変更…</translation>
    </message>
    <message>
      <source>Say what it means…</source>
      <translation>意味を指定…</translation>
    </message>
    <message>
      <source>Say whether they are gone…</source>
      <translation>消失を確認…</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>再サインイン</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>再サインイン…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試行</translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n change(s) have not left yet.</source>
      <translation>
        <numerusform>変更%n件がまだ送信されていません。</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RemovalRows</name>
    <message>
      <source>Delete local data</source>
      <translation>ローカルデータを削除</translation>
    </message>
    <message>
      <source>Delete local data…</source>
      <translation>ローカルデータを削除…</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>切断</translation>
    </message>
    <message>
      <source>Disconnects and deletes the records on this computer. Zoho Books keeps everything.</source>
      <translation>接続を切断し、このコンピューターのレコードを削除します。Zoho Booksの内容はすべて残ります。</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>切断…</translation>
    </message>
    <message>
      <source>Ending something</source>
      <translation>終了の操作</translation>
    </message>
    <message>
      <source>Ends the sign-in at Zoho. Records and links stay; connecting again goes on from there.</source>
      <translation>Zohoでのサインインを終了します。レコードとリンクは残り、再接続するとそこから続きます。</translation>
    </message>
    <message>
      <source>Forget the record map</source>
      <translation>レコード対応表を消去</translation>
    </message>
    <message>
      <source>Forget the record map…</source>
      <translation>レコード対応表を消去…</translation>
    </message>
    <message>
      <source>Keeps both sides and drops which record belongs to which. Needed only after the books were restored from a copy.</source>
      <translation>両側を残し、レコードの対応関係を解除します。帳簿をコピーから復元した後にのみ必要です。</translation>
    </message>
  </context>
  <context>
    <name>RemoveTargetDialog</name>
    <message>
      <source>&amp;Remove it</source>
      <translation>削除(&amp;R)</translation>
    </message>
    <message>
      <source>Being removed…</source>
      <translation>削除しています…</translation>
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;Copy</source>
      <translation>コピー(&amp;C)</translation>
    </message>
    <message>
      <source>Nothing is lost. This is the whole report; it goes nowhere unless you send it.</source>
      <translation>失われたものはありません。これがレポートの全文です。ご自身で送信しない限り、どこにも送られません。</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>レポート</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own</source>
      <translation>zbdesk自体の障害が発生しました</translation>
    </message>
  </context>
  <context>
    <name>Results</name>
    <message>
      <source>in order</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>不可</translation>
    </message>
    <message>
      <source>not possible, sign-in has ended</source>
      <translation>不可、サインイン終了</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>under way</source>
      <translation>進行中</translation>
    </message>
    <message>
      <source>with problems</source>
      <translation>問題あり</translation>
    </message>
  </context>
  <context>
    <name>RollbackDialog</name>
    <message>
      <source>%1 of %2 taken back.</source>
      <translation>%2件中%1件を取り消しました。</translation>
    </message>
    <message>
      <source>%1 stay as they are; the reason stands beside each.</source>
      <translation>%1件はそのまま残ります。理由はそれぞれに表示されています。</translation>
    </message>
    <message>
      <source>&amp;Copy list</source>
      <translation>リストをコピー(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Roll back %1</source>
      <translation>%1件をロールバック(&amp;R)</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>コピーしました</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>Records of this run</source>
      <translation>この実行のレコード</translation>
    </message>
    <message>
      <source>The run of %1 is being taken back</source>
      <translation>%1の実行を取り消しています</translation>
    </message>
    <message>
      <source>The run of %1 was taken back</source>
      <translation>%1の実行を取り消しました</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>動作</translation>
    </message>
    <message>
      <source>Why, what stays</source>
      <translation>残る理由</translation>
    </message>
  </context>
  <context>
    <name>RuleDialog</name>
    <message>
      <source> and </source>
      <translation> と </translation>
    </message>
    <message>
      <source>%1 alone</source>
      <translation>%1のみ</translation>
    </message>
    <message>
      <source>%1 settled</source>
      <translation>%1件を解決</translation>
    </message>
    <message>
      <source>&amp;Always take this side for these fields, without asking</source>
      <translation>これらのフィールドでは今後確認なしで常にこの側を採用(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Settle</source>
      <translation>解決(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Settle %1</source>
      <translation>%1件を解決(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Which conflicts</source>
      <translation>対象の競合(&amp;W)</translation>
    </message>
    <message>
      <source>Choose a side to see what it does.</source>
      <translation>側を選択すると、その結果が表示されます。</translation>
    </message>
    <message>
      <source>Keep what &amp;Zoho Books has</source>
      <translation>Zoho Booksの値を残す(&amp;Z)</translation>
    </message>
    <message>
      <source>Keep what &amp;this computer has</source>
      <translation>このコンピューターの値を残す(&amp;T)</translation>
    </message>
    <message>
      <source>Left as they are: %1</source>
      <translation>そのまま残す: %1</translation>
    </message>
    <message>
      <source>No amount changes there.</source>
      <translation>そこで変わる金額はありません。</translation>
    </message>
    <message>
      <source>No side is chosen.</source>
      <translation>側が選択されていません。</translation>
    </message>
    <message>
      <source>None of these can be settled so.</source>
      <translation>この方法で解決できるものはありません。</translation>
    </message>
    <message>
      <source>One side is taken for all fields of these. You see the numbers before anything is sent.</source>
      <translation>これらの全フィールドで一方の側を採用します。送信前に数値を確認できます。</translation>
    </message>
    <message>
      <source>Settle conflicts by rule</source>
      <translation>競合をルールで解決</translation>
    </message>
    <message>
      <source>The dry run is under way.</source>
      <translation>試行しています。</translation>
    </message>
    <message>
      <source>The dry run was not possible.</source>
      <translation>試行できませんでした。</translation>
    </message>
    <message>
      <source>Which conflicts</source>
      <translation>対象の競合</translation>
    </message>
    <message>
      <source>Working it out…</source>
      <translation>計算しています…</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>ほか%1件</translation>
    </message>
    <message>
      <source>nothing written to Zoho Books</source>
      <translation>Zoho Booksへの書き込みなし</translation>
    </message>
  </context>
  <context>
    <name>RuleRows</name>
    <message>
      <source>%1, %2: always %3</source>
      <translation>%1、%2: 常に%3</translation>
    </message>
    <message>
      <source>A rule for single fields is made from any conflict; here it ends.</source>
      <translation>個別フィールドのルールは競合から作成できます。ここで終了できます。</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>再び確認する</translation>
    </message>
    <message>
      <source>Documents of these sources become one line with their total. Several with commas.</source>
      <translation>これらのソースの伝票は、合計額の1行の明細になります。複数の場合はカンマ区切りです。</translation>
    </message>
    <message>
      <source>Kind of document</source>
      <translation>伝票の種類</translation>
    </message>
    <message>
      <source>None. Both sides changed: ask me, under Conflicts.</source>
      <translation>なし。両側で変更された場合は「競合」で確認します。</translation>
    </message>
    <message>
      <source>One line, quantity 1</source>
      <translation>1行、数量1</translation>
    </message>
    <message>
      <source>Rules</source>
      <translation>ルール</translation>
    </message>
    <message>
      <source>Sources with one line</source>
      <translation>1行にまとめるソース</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>両側で変更された場合</translation>
    </message>
    <message>
      <source>Zoho Books</source>
      <translation>Zoho Books</translation>
    </message>
    <message>
      <source>names of sources</source>
      <translation>ソースの名前</translation>
    </message>
    <message>
      <source>this computer</source>
      <translation>このコンピューター</translation>
    </message>
  </context>
  <context>
    <name>RunPage</name>
    <message>
      <source>%1 % · %2 documents, %3 of them refused</source>
      <translation>%1 % · 伝票%2件、うち拒否%3件</translation>
    </message>
    <message>
      <source>%1 documents are here and stay; the others were not looked at. Importing the file again goes on.</source>
      <translation>伝票%1件は取り込まれ、そのまま残ります。残りは処理されていません。ファイルを再度インポートすると続きます。</translation>
    </message>
    <message>
      <source>&amp;Close</source>
      <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Save the list to mend…</source>
      <translation>修正リストを保存(&amp;S)…</translation>
    </message>
    <message>
      <source>All %1 documents are here already, as they are in the file.</source>
      <translation>%1件の伝票はすべて、ファイルと同じ内容ですでに存在します。</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>インポート</translation>
    </message>
    <message>
      <source>Importing %1</source>
      <translation>%1をインポート中</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>新しいものはありません</translation>
    </message>
    <message>
      <source>Nothing was imported</source>
      <translation>何もインポートされませんでした</translation>
    </message>
    <message>
      <source>Roll &amp;back…</source>
      <translation>ロールバック(&amp;B)…</translation>
    </message>
    <message>
      <source>S&amp;top</source>
      <translation>停止(&amp;T)</translation>
    </message>
    <message>
      <source>Show the &amp;records</source>
      <translation>レコードを表示(&amp;R)</translation>
    </message>
    <message>
      <source>Some rows are bad, and all or nothing was asked for.</source>
      <translation>不正な行があり、一括での取り込みが指定されています。</translation>
    </message>
    <message>
      <source>Stop ends the import after the documents that are being taken; they stay. The same file again goes on where it stopped: what is here already is not taken twice.</source>
      <translation>停止すると、処理中の伝票の後でインポートが終わり、それらは残ります。同じファイルを再度使うと中断したところから続き、取り込み済みのものは二重になりません。</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>停止しています…</translation>
    </message>
    <message>
      <source>The documents leave for Zoho Books with the next sync.</source>
      <translation>伝票は次の同期でZoho Booksに送信されます。</translation>
    </message>
    <message>
      <source>The documents wait under Outgoing until you release them.</source>
      <translation>伝票は解除されるまで「送信待ち」で待機します。</translation>
    </message>
    <message>
      <source>The import could not be done</source>
      <translation>インポートできませんでした</translation>
    </message>
    <message>
      <source>The import is done</source>
      <translation>インポートが完了しました</translation>
    </message>
    <message>
      <source>The import is under way…</source>
      <translation>インポートしています…</translation>
    </message>
    <message>
      <source>The list is saved.</source>
      <translation>リストを保存しました。</translation>
    </message>
    <message>
      <source>The window can be used meanwhile.</source>
      <translation>その間もウィンドウは使用できます。</translation>
    </message>
    <message>
      <source>They stay as they are: %1</source>
      <translation>そのまま残ります: %1</translation>
    </message>
  </context>
  <context>
    <name>Runs</name>
    <message>
      <source>%1 are deleted</source>
      <translation>%1件を削除</translation>
    </message>
    <message>
      <source>%1 are voided</source>
      <translation>%1件を無効化</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>変更 %1</translation>
    </message>
    <message>
      <source>%1 created</source>
      <translation>作成 %1</translation>
    </message>
    <message>
      <source>%1 deleted</source>
      <translation>削除 %1</translation>
    </message>
    <message>
      <source>%1 deleted or voided; %2 may go without a look</source>
      <translation>削除・無効化 %1、確認なしの上限 %2</translation>
    </message>
    <message>
      <source>%1 get their values back</source>
      <translation>%1件の値を元に戻す</translation>
    </message>
    <message>
      <source>%1 gets its values back</source>
      <translation>%1件の値を元に戻す</translation>
    </message>
    <message>
      <source>%1 go back or are made inactive</source>
      <translation>%1件を取り下げまたは非アクティブ化</translation>
    </message>
    <message>
      <source>%1 goes back or is made inactive</source>
      <translation>%1件を取り下げまたは非アクティブ化</translation>
    </message>
    <message>
      <source>%1 in all; %2 may go without a look</source>
      <translation>合計%1、確認なしの上限 %2</translation>
    </message>
    <message>
      <source>%1 is deleted</source>
      <translation>%1件を削除</translation>
    </message>
    <message>
      <source>%1 is voided</source>
      <translation>%1件を無効化</translation>
    </message>
    <message>
      <source>%1 marked otherwise</source>
      <translation>ステータス変更 %1</translation>
    </message>
    <message>
      <source>%1 records; %2 may go without a look</source>
      <translation>レコード%1件、確認なしの上限 %2件</translation>
    </message>
    <message>
      <source>%1 stay and are listed</source>
      <translation>%1件は残り、一覧に表示</translation>
    </message>
    <message>
      <source>%1 stays and is listed</source>
      <translation>%1件は残り、一覧に表示</translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>レコード%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>削除済み</translation>
    </message>
    <message>
      <source>Gets its values back</source>
      <translation>値を元に戻す</translation>
    </message>
    <message>
      <source>Is deleted</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>Is voided</source>
      <translation>無効化</translation>
    </message>
    <message>
      <source>Nothing written</source>
      <translation>書き込みなし</translation>
    </message>
    <message>
      <source>Restored</source>
      <translation>復元済み</translation>
    </message>
    <message>
      <source>Roll back the run of %1?</source>
      <translation>%1の実行をロールバックしますか?</translation>
    </message>
    <message>
      <source>Status goes back</source>
      <translation>ステータスを元に戻す</translation>
    </message>
    <message>
      <source>Status is back</source>
      <translation>ステータス復元済み</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>残る</translation>
    </message>
    <message>
      <source>Voided</source>
      <translation>無効化済み</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>空</translation>
    </message>
  </context>
  <context>
    <name>RunsList</name>
    <message>
      <source>Roll &amp;back…</source>
      <translation>ロールバック(&amp;B)…</translation>
    </message>
    <message>
      <source>Runs</source>
      <translation>実行</translation>
    </message>
    <message>
      <source>Taken back %1.</source>
      <translation>取り消し %1。</translation>
    </message>
    <message>
      <source>The run is being taken back; its report stands here.</source>
      <translation>実行を取り消しています。レポートはここに表示されます。</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>進行中</translation>
    </message>
    <message>
      <source>What came of it</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>What came of it…</source>
      <translation>結果…</translation>
    </message>
    <message>
      <source>When</source>
      <translation>日時</translation>
    </message>
    <message>
      <source>Written to Zoho Books</source>
      <translation>Zoho Booksに書き込み済み</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>Search records and commands</source>
      <translation>レコードとコマンドを検索</translation>
    </message>
  </context>
  <context>
    <name>SearchTopics</name>
    <message>
      <source>brake, deletions, amounts, ask first</source>
      <translation>ブレーキ, 削除, 金額, 事前確認, 上限, 安全</translation>
    </message>
    <message>
      <source>close, quit, keep running, start with the computer</source>
      <translation>閉じる, 終了, 常駐, 実行し続ける, 自動起動, スタートアップ</translation>
    </message>
    <message>
      <source>database, backup, where, files, folder</source>
      <translation>データベース, バックアップ, 保存場所, ファイル, フォルダー</translation>
    </message>
    <message>
      <source>interval, minutes, schedule, timer, hours, battery</source>
      <translation>間隔, 分, スケジュール, タイマー, 時間, バッテリー</translation>
    </message>
    <message>
      <source>limits, calls a minute, calls a day</source>
      <translation>制限, 上限, 1分の呼び出し, 1日の呼び出し, api</translation>
    </message>
    <message>
      <source>lists, choose, switch on, switch off, read only, policy</source>
      <translation>リスト, 選択, オン, オフ, 読み取り専用, ポリシー</translation>
    </message>
    <message>
      <source>local interface, scheduled exports, tokens</source>
      <translation>ローカルインターフェイス, 定期エクスポート, トークン</translation>
    </message>
    <message>
      <source>mute, snooze, quiet</source>
      <translation>ミュート, スヌーズ, 静かに, 消音</translation>
    </message>
    <message>
      <source>personal data, reports</source>
      <translation>個人情報, 個人データ, レポート</translation>
    </message>
    <message>
      <source>proxy, certificate, internet</source>
      <translation>プロキシ, 証明書, インターネット</translation>
    </message>
    <message>
      <source>sign in again, disconnect, organization, data centre, handover</source>
      <translation>再サインイン, 切断, 組織, データセンター, 引き継ぎ</translation>
    </message>
    <message>
      <source>theme, dark, light, contrast, colours, language</source>
      <translation>テーマ, ダーク, ライト, コントラスト, 色, 言語</translation>
    </message>
  </context>
  <context>
    <name>SecretDialog</name>
    <message>
      <source>&amp;Change the secret</source>
      <translation>シークレットを変更(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Make the secret</source>
      <translation>シークレットを作成(&amp;M)</translation>
    </message>
    <message>
      <source>A new one is made and shown once. The present one goes on holding for seven days, so that you can change the webhooks in Zoho Books one by one.</source>
      <translation>新しいものが作成され、一度だけ表示されます。現在のものは7日間有効なので、Zoho BooksのWebhookを1つずつ変更できます。</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>作成しています…</translation>
    </message>
    <message>
      <source>Change the secret?</source>
      <translation>シークレットを変更しますか?</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>コピー(&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>シークレットを今コピーしてください</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完了</translation>
    </message>
    <message>
      <source>Events that the secret before this one signs are taken for seven days more.</source>
      <translation>以前のシークレットで署名されたイベントは、あと7日間受け付けられます。</translation>
    </message>
    <message>
      <source>In Zoho Books open each webhook, mark the option that secures it, and paste this as Secret Token. It is in the keychain of this computer and is not shown again.</source>
      <translation>Zoho Booksで各Webhookを開き、保護するオプションを選択し、これをSecret Tokenとして貼り付けてください。このコンピューターのキーチェーンに保存され、再び表示されることはありません。</translation>
    </message>
    <message>
      <source>It signs each event, so that nobody else can send one. It is shown once, right now, to paste into Zoho Books.</source>
      <translation>各イベントに署名し、他者が送信できないようにします。今一度だけ表示されるので、Zoho Booksに貼り付けてください。</translation>
    </message>
    <message>
      <source>Make the secret for Zoho Books?</source>
      <translation>Zoho Books用のシークレットを作成しますか?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>シークレット</translation>
    </message>
    <message>
      <source>Secret Token</source>
      <translation>Secret Token</translation>
    </message>
    <message>
      <source>The secret is shown. Copy it now.</source>
      <translation>シークレットが表示されています。今コピーしてください。</translation>
    </message>
  </context>
  <context>
    <name>SecretField</name>
    <message>
      <source>Hide the secret</source>
      <translation>シークレットを隠す</translation>
    </message>
    <message>
      <source>Show the secret</source>
      <translation>シークレットを表示</translation>
    </message>
  </context>
  <context>
    <name>Sections</name>
    <message>
      <source>Accountant</source>
      <translation>会計</translation>
    </message>
    <message>
      <source>Banking</source>
      <translation>銀行</translation>
    </message>
    <message>
      <source>Lists and settings</source>
      <translation>リストと設定</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>プロジェクト</translation>
    </message>
    <message>
      <source>Purchases</source>
      <translation>購買</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>販売</translation>
    </message>
  </context>
  <context>
    <name>Selected</name>
    <message>
      <source>%1 selected</source>
      <translation>%1件選択</translation>
    </message>
  </context>
  <context>
    <name>Sentences</name>
    <message>
      <source> and </source>
      <translation> と </translation>
    </message>
    <message>
      <source> or </source>
      <translation> または </translation>
    </message>
    <message>
      <source>%1 %2 changed</source>
      <translation>%1 件の%2を変更</translation>
    </message>
    <message>
      <source>%1 %2 created</source>
      <translation>%1 件の%2を作成</translation>
    </message>
    <message>
      <source>%1 %2 deleted</source>
      <translation>%1 件の%2を削除</translation>
    </message>
    <message>
      <source>%1 %2 is in the books already (%3). Give this one another number, or leave the row out.</source>
      <translation>%1 %2 はすでに帳簿にあります（%3）。別の番号を付けるか、この行を除いてください。</translation>
    </message>
    <message>
      <source>%1 %2 voided</source>
      <translation>%1 件の%2を無効化</translation>
    </message>
    <message>
      <source>%1 %2 zbdesk tries again with the next run.</source>
      <translation>%1 %2 zbdesk は次の実行で再試行します。</translation>
    </message>
    <message>
      <source>%1 answered something else: a fault there, or a proxy or a network's sign-on page in between. What is here stays as it is; try again in a few minutes (syncing does so by itself).</source>
      <translation>%1 が別の応答を返しました。そちらの障害か、途中のプロキシまたはネットワークのサインインページです。ここにあるものはそのままです。数分後にもう一度お試しください（同期は自動で行います）。</translation>
    </message>
    <message>
      <source>%1 answers, but finds nothing at its end here.</source>
      <translation>%1 は応答しますが、こちら側に何も見つけません。</translation>
    </message>
    <message>
      <source>%1 are left out from now on.</source>
      <translation>%1 は今後対象外になります。</translation>
    </message>
    <message>
      <source>%1 are not part of this organization's plan or edition.</source>
      <translation>%1は、この組織のプランまたはエディションに含まれていません。</translation>
    </message>
    <message>
      <source>%1 cannot be deleted here. Look at it in Zoho Books.</source>
      <translation>%1 はここでは削除できません。Zoho Books で確認してください。</translation>
    </message>
    <message>
      <source>%1 cannot be read (%2). It must belong to the person who runs zbdesk.</source>
      <translation>%1を読み取れません (%2)。zbdeskを実行しているユーザーの所有である必要があります。</translation>
    </message>
    <message>
      <source>%1 cannot be read.</source>
      <translation>%1 を読み取れません。</translation>
    </message>
    <message>
      <source>%1 cannot be started: %2.</source>
      <translation>%1 を起動できません: %2。</translation>
    </message>
    <message>
      <source>%1 cannot be written (%2). Free space or allow writing there, and choose Retry. What was kept before is untouched.</source>
      <translation>%1に書き込めません (%2)。空き容量を確保するか書き込みを許可し、「再試行」を選択してください。以前に保存したものは変わっていません。</translation>
    </message>
    <message>
      <source>%1 cannot be written by other programs.</source>
      <translation>%1 は他のプログラムから書き込めません。</translation>
    </message>
    <message>
      <source>%1 cannot carry a unique field in Zoho Books.</source>
      <translation>%1 は Zoho Books で一意のフィールドを持てません。</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books and taken over here: %2.</source>
      <translation>%1がZoho Booksで変更され、ここに取り込まれました: %2。</translation>
    </message>
    <message>
      <source>%1 changed in Zoho Books: %2.</source>
      <translation>%1がZoho Booksで変更されました: %2。</translation>
    </message>
    <message>
      <source>%1 could not be read.</source>
      <translation>%1を読み取れませんでした。</translation>
    </message>
    <message>
      <source>%1 could not be read: %2</source>
      <translation>%1 を読み取れませんでした: %2</translation>
    </message>
    <message>
      <source>%1 could not be written back to the database.</source>
      <translation>%1 をデータベースに書き戻せませんでした。</translation>
    </message>
    <message>
      <source>%1 could not be written.</source>
      <translation>%1 を書き込めませんでした。</translation>
    </message>
    <message>
      <source>%1 created in Zoho Books.</source>
      <translation>%1をZoho Booksに作成しました。</translation>
    </message>
    <message>
      <source>%1 deleted in Zoho Books.</source>
      <translation>%1をZoho Booksで削除しました。</translation>
    </message>
    <message>
      <source>%1 did not let zbdesk in.</source>
      <translation>%1がzbdeskの接続を拒否しました。</translation>
    </message>
    <message>
      <source>%1 documents were refused.</source>
      <translation>%1 件の伝票が拒否されました。</translation>
    </message>
    <message>
      <source>%1 does not answer in time.</source>
      <translation>%1 は時間内に応答しません。</translation>
    </message>
    <message>
      <source>%1 does not answer.</source>
      <translation>%1が応答しません。</translation>
    </message>
    <message>
      <source>%1 does not have the columns of the mapping.</source>
      <translation>%1 にマッピングの列がありません。</translation>
    </message>
    <message>
      <source>%1 ended with code %2.</source>
      <translation>%1 はコード %2 で終了しました。</translation>
    </message>
    <message>
      <source>%1 ended: %2</source>
      <translation>%1 は終了しました: %2</translation>
    </message>
    <message>
      <source>%1 found new in Zoho Books and taken over.</source>
      <translation>%1がZoho Booksで新たに見つかり、取り込まれました。</translation>
    </message>
    <message>
      <source>%1 from %2 to %3</source>
      <translation>%2 から %3 までの%1</translation>
    </message>
    <message>
      <source>%1 has %2 decimals; this amount has more. Round it.</source>
      <translation>%1 の小数は %2 桁ですが、この金額はそれより多くあります。丸めてください。</translation>
    </message>
    <message>
      <source>%1 has a quotation mark in line %2 that is never closed.</source>
      <translation>%1 の %2 行目に、閉じられていない引用符があります。</translation>
    </message>
    <message>
      <source>%1 has headings but no rows.</source>
      <translation>%1 には見出しだけで行がありません。</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another.</source>
      <translation>%1 の接続が切れ、別の接続を探しています。</translation>
    </message>
    <message>
      <source>%1 has lost its connection and looks for another: %2</source>
      <translation>%1 の接続が切れ、別の接続を探しています: %2</translation>
    </message>
    <message>
      <source>%1 has no ending that zbdesk can write.</source>
      <translation>%1 は zbdesk が書き出せる拡張子ではありません。</translation>
    </message>
    <message>
      <source>%1 has no sheet “%2”.</source>
      <translation>%1 にシート「%2」がありません。</translation>
    </message>
    <message>
      <source>%1 has the key %2.</source>
      <translation>%1 のキーは %2 です。</translation>
    </message>
    <message>
      <source>%1 has the same content as %2, which was imported on %3 UTC. Nothing was taken from it.</source>
      <translation>%1 の内容は、%3 UTC に取り込んだ %2 と同じです。何も取り込みませんでした。</translation>
    </message>
    <message>
      <source>%1 has these headings on more than one sheet.</source>
      <translation>%1 では複数のシートにこれらの見出しがあります。</translation>
    </message>
    <message>
      <source>%1 have no action “%2”.</source>
      <translation>%1 に操作「%2」はありません。</translation>
    </message>
    <message>
      <source>%1 have no date or no amount.</source>
      <translation>%1 には日付または金額がありません。</translation>
    </message>
    <message>
      <source>%1 have no number of their own to write.</source>
      <translation>%1 には書き込める独自の番号がありません。</translation>
    </message>
    <message>
      <source>%1 have no setting “%2”.</source>
      <translation>%1 に設定「%2」はありません。</translation>
    </message>
    <message>
      <source>%1 is %2, not a spreadsheet that can be read.</source>
      <translation>%1 は%2で、読み取れる表ではありません。</translation>
    </message>
    <message>
      <source>%1 is a folder.</source>
      <translation>%1 はフォルダーです。</translation>
    </message>
    <message>
      <source>%1 is a target already.</source>
      <translation>%1 はすでに送信先です。</translation>
    </message>
    <message>
      <source>%1 is applied, which is more than the payment of %2.</source>
      <translation>支払 %2 を超える %1 が充当されています。</translation>
    </message>
    <message>
      <source>%1 is connected.</source>
      <translation>%1 は接続されています。</translation>
    </message>
    <message>
      <source>%1 is empty.</source>
      <translation>%1 は空です。</translation>
    </message>
    <message>
      <source>%1 is left on %2, and this comes to %3.</source>
      <translation>%2 の残りは %1 ですが、これは %3 になります。</translation>
    </message>
    <message>
      <source>%1 is locked by another program or may not be read.</source>
      <translation>%1 は他のプログラムがロックしているか、読み取りが許可されていません。</translation>
    </message>
    <message>
      <source>%1 is locked.</source>
      <translation>%1 はロックされています。</translation>
    </message>
    <message>
      <source>%1 is no date.</source>
      <translation>%1 は日付ではありません。</translation>
    </message>
    <message>
      <source>%1 is no diary of zbdesk.</source>
      <translation>%1 は zbdesk の履歴ではありません。</translation>
    </message>
    <message>
      <source>%1 is no kind of event or content.</source>
      <translation>%1 はイベントや内容の種類ではありません。</translation>
    </message>
    <message>
      <source>%1 is no tie-out and no sign-off of zbdesk.</source>
      <translation>%1 は zbdesk の照合でも承認でもありません。</translation>
    </message>
    <message>
      <source>%1 is not a sound %2 file.</source>
      <translation>%1 は正しい %2 ファイルではありません。</translation>
    </message>
    <message>
      <source>%1 is not active in Zoho Books.</source>
      <translation>%1 は Zoho Books で有効ではありません。</translation>
    </message>
    <message>
      <source>%1 is not an SQLite database, or it is encrypted or damaged.</source>
      <translation>%1 は SQLite データベースではないか、暗号化または破損しています。</translation>
    </message>
    <message>
      <source>%1 is not in conflict.</source>
      <translation>%1 は競合していません。</translation>
    </message>
    <message>
      <source>%1 is not known to the name service</source>
      <translation>%1 はネームサービスに登録されていません</translation>
    </message>
    <message>
      <source>%1 is not text in this encoding.</source>
      <translation>%1 はこのエンコーディングのテキストではありません。</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a credit can be for it.</source>
      <translation>%2 の残りは %1 です。それを超えるクレジットは充当できません。</translation>
    </message>
    <message>
      <source>%1 is open on %2; not more of a payment can be for it.</source>
      <translation>%2 の残りは %1 です。それを超える支払は充当できません。</translation>
    </message>
    <message>
      <source>%1 is protected by a password.</source>
      <translation>%1 はパスワードで保護されています。</translation>
    </message>
    <message>
      <source>%1 is starting.</source>
      <translation>%1 を起動しています。</translation>
    </message>
    <message>
      <source>%1 is still being written.</source>
      <translation>%1 はまだ書き込み中です。</translation>
    </message>
    <message>
      <source>%1 is stopped.</source>
      <translation>%1 は停止しています。</translation>
    </message>
    <message>
      <source>%1 is void.</source>
      <translation>%1 は無効です。</translation>
    </message>
    <message>
      <source>%1 is watched already.</source>
      <translation>%1 はすでに監視されています。</translation>
    </message>
    <message>
      <source>%1 lets no more messages through for now.</source>
      <translation>%1 は当面これ以上メッセージを通しません。</translation>
    </message>
    <message>
      <source>%1 linked by hand to “%2” in Zoho Books.</source>
      <translation>%1をZoho Booksの「%2」に手動でリンクしました。</translation>
    </message>
    <message>
      <source>%1 linked to the one that Zoho Books already had.</source>
      <translation>%1を、Zoho Booksに既存のものとリンクしました。</translation>
    </message>
    <message>
      <source>%1 makes no secure line.</source>
      <translation>%1 は安全な接続を確立しません。</translation>
    </message>
    <message>
      <source>%1 must be a list.</source>
      <translation>%1 はリストでなければなりません。</translation>
    </message>
    <message>
      <source>%1 not delivered to %2.</source>
      <translation>%1%2 に届けられませんでした。</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1/%2</translation>
    </message>
    <message>
      <source>%1 of %2 %3 are missing from the list that Zoho Books sent. Nothing was removed.</source>
      <translation>Zoho Booksから届いたリストに、%3 %2件中%1件がありません。何も削除していません。</translation>
    </message>
    <message>
      <source>%1 of this %2 was %3 %4 times in Zoho Books instead of once.</source>
      <translation>%2: Zoho Books で %1 が 1 回ではなく %4 回行われました（%3）。</translation>
    </message>
    <message>
      <source>%1 of today's %2 Zoho Books calls are used.</source>
      <translation>本日のZoho Books呼び出し%2回のうち%1回を使用しました。</translation>
    </message>
    <message>
      <source>%1 refuses the message before it gets here.</source>
      <translation>%1 はメッセージがここに届く前に拒否します。</translation>
    </message>
    <message>
      <source>%1 rows, %2 taken.</source>
      <translation>%1 行、%2 件を取り込みました。</translation>
    </message>
    <message>
      <source>%1 sends us on to %2, which Zoho Books does not follow.</source>
      <translation>%1 は %2 へ転送しますが、Zoho Books はそれをたどりません。</translation>
    </message>
    <message>
      <source>%1 takes no message of this size.</source>
      <translation>%1 はこの大きさのメッセージを受け付けません。</translation>
    </message>
    <message>
      <source>%1 told no public address in %2 seconds.</source>
      <translation>%1 は %2 秒以内に公開アドレスを示しませんでした。</translation>
    </message>
    <message>
      <source>%1 wait for you.</source>
      <translation>%1があなたを待っています。</translation>
    </message>
    <message>
      <source>%1 waits for you.</source>
      <translation>%1があなたを待っています。</translation>
    </message>
    <message>
      <source>%1 was changed here and in Zoho Books: %2.</source>
      <translation>%1が、ここでもZoho Booksでも変更されました: %2。</translation>
    </message>
    <message>
      <source>%1 was deleted in Zoho Books and is deleted here as well.</source>
      <translation>%1がZoho Booksで削除され、ここでも削除されました。</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records.</source>
      <translation>%1 を取り消しました: %3 件中 %2 件。</translation>
    </message>
    <message>
      <source>%1 was taken back: %2 of %3 records; %4 stayed as they are, the report says why.</source>
      <translation>%1 を取り消しました: %3 件中 %2 件。%4 件はそのままです。理由はレポートにあります。</translation>
    </message>
    <message>
      <source>%1 would have more rows than a spreadsheet can hold (%2).</source>
      <translation>%1 は表に収まる行数（%2）を超えます。</translation>
    </message>
    <message>
      <source>%1 zbdesk looks again by itself.</source>
      <translation>%1 zbdesk は自動で再確認します。</translation>
    </message>
    <message>
      <source>%1 zbdesk looks the record up before it sends anything again.</source>
      <translation>%1 zbdeskは再送の前に必ずレコードを照会します。</translation>
    </message>
    <message>
      <source>%1 zbdesk makes no call before then and goes on where it stopped.</source>
      <translation>%1 zbdeskはそれまで呼び出しを行わず、中断したところから続けます。</translation>
    </message>
    <message>
      <source>%1 zbdesk tries again by itself; nothing is lost.</source>
      <translation>%1 zbdeskが自動的に再試行します。失われるものはありません。</translation>
    </message>
    <message>
      <source>%1, allowed %2</source>
      <translation>%1、許容 %2</translation>
    </message>
    <message>
      <source>%1, or choose another one with --data-dir. What is stored there stays as it is.</source>
      <translation>%1。または --data-dir で別の場所を選んでください。そこに保存されているものはそのまま残ります。</translation>
    </message>
    <message>
      <source>%1, started here</source>
      <translation>%1、ここで起動</translation>
    </message>
    <message>
      <source>%1: %2 %3 created, %4 changed, %5 refused.</source>
      <translation>%1: %3を %2 件作成、%4 件変更、%5 件拒否。</translation>
    </message>
    <message>
      <source>%1: %2 must be %3.</source>
      <translation>%1: %2 は%3でなければなりません。</translation>
    </message>
    <message>
      <source>%1: %2 rows, %3 created, %4 changed, %5 unchanged, %6 refused.</source>
      <translation>%1: %2 行、作成 %3 件、変更 %4 件、変更なし %5 件、拒否 %6 件。</translation>
    </message>
    <message>
      <source>%1: Zoho Books answered with an empty list. Nothing was removed here because of it.</source>
      <translation>%1: Zoho Booksから空のリストが返されました。これを理由にここで削除したものはありません。</translation>
    </message>
    <message>
      <source>%1: a conflict was settled (%2).</source>
      <translation>%1: 競合を解決しました（%2）。</translation>
    </message>
    <message>
      <source>%1: deleted in Zoho Books. The last known state is kept here.</source>
      <translation>%1: Zoho Booksで削除されました。最後に確認された状態をここに残しています。</translation>
    </message>
    <message>
      <source>%1: taking back the import began: %2 records that had left.</source>
      <translation>%1: インポートの取り消しを開始しました: 送信済みのレコード %2 件。</translation>
    </message>
    <message>
      <source>%1: the import was taken back: %2 removed, %3 as before, %4 kept.</source>
      <translation>%1: インポートを取り消しました: 削除 %2 件、元の状態 %3 件、保持 %4 件。</translation>
    </message>
    <message>
      <source>%1: “%2” sent to Zoho Books.</source>
      <translation>%1: 「%2」をZoho Booksに送信しました。</translation>
    </message>
    <message>
      <source>%1; a proxy that looks into traffic needs its certificate here</source>
      <translation>%1。通信を検査するプロキシには、ここに証明書が必要です</translation>
    </message>
    <message numerus="yes">
      <source>%n changed</source>
      <translation>
        <numerusform>変更 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes</source>
      <translation>
        <numerusform>変更 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n changes were</source>
      <translation>
        <numerusform>変更が %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts</source>
      <translation>
        <numerusform>競合 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n created</source>
      <translation>
        <numerusform>作成 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n days</source>
      <translation>
        <numerusform>%n 日</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted</source>
      <translation>
        <numerusform>削除 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deletions</source>
      <translation>
        <numerusform>削除 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n documents</source>
      <translation>
        <numerusform>伝票 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n events were</source>
      <translation>
        <numerusform>イベント %n 件が</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours</source>
      <translation>
        <numerusform>%n 時間</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n linked</source>
      <translation>
        <numerusform>リンク %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lists</source>
      <translation>
        <numerusform>一覧 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n marked otherwise</source>
      <translation>
        <numerusform>状態の変更 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes</source>
      <translation>
        <numerusform>%n 分</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more lists</source>
      <translation>
        <numerusform>ほか一覧 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new</source>
      <translation>
        <numerusform>新規 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problems</source>
      <translation>
        <numerusform>問題 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>レコード %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n 行</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n 秒</numerusform>
      </translation>
    </message>
    <message>
      <source>, </source>
      <translation>、 </translation>
    </message>
    <message>
      <source>3 to 10 minutes</source>
      <translation>3～10 分</translation>
    </message>
    <message>
      <source>A %1 is not closed.</source>
      <translation>%1が閉じられていません。</translation>
    </message>
    <message>
      <source>A bracket of this amount is missing; write (100.00) or -100.00.</source>
      <translation>この金額の括弧が足りません。(100.00) または -100.00 と書いてください。</translation>
    </message>
    <message>
      <source>A code works once and for %1, and only in the data centre that made it (asked was %2). Make a new one; if that fails too, check the data centre.</source>
      <translation>コードは一度だけ、%1に限り、作成したデータセンターでのみ有効です(照会先は%2)。新しいコードを作成し、それでも失敗する場合はデータセンターをご確認ください。</translation>
    </message>
    <message>
      <source>A contact is a customer or a vendor.</source>
      <translation>連絡先は顧客か仕入先のどちらかです。</translation>
    </message>
    <message>
      <source>A credit was applied or money refunded with it. Take that back in Zoho Books.</source>
      <translation>これを使ってクレジットの充当または返金が行われました。Zoho Books で取り消してください。</translation>
    </message>
    <message>
      <source>A custom field needs its api_name (or label) and a value.</source>
      <translation>カスタムフィールドには api_name（または label）と値が必要です。</translation>
    </message>
    <message>
      <source>A database in memory has nothing to read.</source>
      <translation>メモリ内のデータベースには読み取るものがありません。</translation>
    </message>
    <message>
      <source>A document is an object with named fields.</source>
      <translation>伝票は名前付きフィールドを持つオブジェクトです。</translation>
    </message>
    <message>
      <source>A field's name is wanted here, as text.</source>
      <translation>ここにはフィールド名をテキストで指定します。</translation>
    </message>
    <message>
      <source>A fresh look needs about %1 calls, and %2 are left today.</source>
      <translation>新たな読み取りには約 %1 回のコールが必要ですが、本日の残りは %2 回です。</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit, not both.</source>
      <translation>仕訳の行は借方か貸方のどちらか一方です。</translation>
    </message>
    <message>
      <source>A journal line is a debit or a credit.</source>
      <translation>仕訳の行は借方か貸方です。</translation>
    </message>
    <message>
      <source>A journal line needs an account.</source>
      <translation>仕訳の行には勘定科目が必要です。</translation>
    </message>
    <message>
      <source>A journal line needs an amount.</source>
      <translation>仕訳の行には金額が必要です。</translation>
    </message>
    <message>
      <source>A line is missing, added or out of its place.</source>
      <translation>行が欠けているか、追加されたか、位置が違います。</translation>
    </message>
    <message>
      <source>A line without an item needs a rate.</source>
      <translation>商品のない明細には価格が必要です。</translation>
    </message>
    <message>
      <source>A list is wanted here.</source>
      <translation>ここにはリストを指定します。</translation>
    </message>
    <message>
      <source>A mapping has no such key; it has %1.</source>
      <translation>マッピングにそのキーはありません。あるのは %1 です。</translation>
    </message>
    <message>
      <source>A mapping is a JSON object.</source>
      <translation>マッピングは JSON オブジェクトです。</translation>
    </message>
    <message>
      <source>A number has at most %1 characters.</source>
      <translation>番号は最大 %1 文字です。</translation>
    </message>
    <message>
      <source>A number of this length has lost its last digits in the spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>この長さの番号は、表の中で末尾の桁が失われています。列を文字列形式にして入力し直し、ファイルを保存してください。</translation>
    </message>
    <message>
      <source>A payment is greater than zero.</source>
      <translation>支払はゼロより大きい額です。</translation>
    </message>
    <message>
      <source>A quotation mark is not closed.</source>
      <translation>引用符が閉じられていません。</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 record.</source>
      <translation>上限を超える実行が許可されました: レコード %1 件。</translation>
    </message>
    <message>
      <source>A run beyond the limits was allowed: %1 records.</source>
      <translation>上限を超える実行が許可されました: レコード %1 件。</translation>
    </message>
    <message>
      <source>A source of the kind %1 is not run here.</source>
      <translation>種類 %1 のソースはここでは実行されません。</translation>
    </message>
    <message>
      <source>A source only reads, with the rights of its user. The database says: %1</source>
      <translation>ソースは、そのユーザーの権限で読み取るだけです。データベースの回答: %1</translation>
    </message>
    <message>
      <source>A source only reads. Leave it out; where it is the name of a column, put it in quotation marks.</source>
      <translation>ソースは読み取るだけです。その語を除いてください。列名の場合は引用符で囲んでください。</translation>
    </message>
    <message>
      <source>A source only reads: write one SELECT, or WITH ... SELECT. Nothing was asked of the database.</source>
      <translation>ソースは読み取るだけです。SELECT または WITH ... SELECT を 1 つ書いてください。データベースには何も問い合わせていません。</translation>
    </message>
    <message>
      <source>A statement of this kind may ask for %1.</source>
      <translation>この種の文では %1 を使えます。</translation>
    </message>
    <message>
      <source>A token cannot be named %1.</source>
      <translation>トークンの名前に %1 は使えません。</translation>
    </message>
    <message>
      <source>A write for it is still without an answer; it is looked up first.</source>
      <translation>これに対する書き込みの応答がまだありません。先に確認されます。</translation>
    </message>
    <message>
      <source>Access was refused on Zoho's page.</source>
      <translation>Zohoのページでアクセスが拒否されました。</translation>
    </message>
    <message>
      <source>Add %1 to the client's authorized redirect URIs in the API console, exactly as written, then sign in again.</source>
      <translation>APIコンソールで、クライアントのAuthorized Redirect URIsに%1をこのとおりに追加し、再度サインインしてください。</translation>
    </message>
    <message>
      <source>Add it in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Zoho BooksのSettings → Currenciesで追加してください。この伝票は自動的に送信されます。</translation>
    </message>
    <message>
      <source>Add the %1 here or in Zoho Books; this record then goes out by itself.</source>
      <translation>%1をここまたはZoho Booksで追加してください。このレコードは自動的に送信されます。</translation>
    </message>
    <message>
      <source>Add the source anew with its address; what it brought stays.</source>
      <translation>アドレスを指定してソースを追加し直してください。取り込んだものは残ります。</translation>
    </message>
    <message>
      <source>Allow bodies of 1 MB in the proxy.</source>
      <translation>プロキシで 1 MB の本文を許可してください。</translation>
    </message>
    <message>
      <source>Allow it under Settings, %1, or undo the change here.</source>
      <translation>設定の%1で許可するか、ここでの変更を元に戻してください。</translation>
    </message>
    <message>
      <source>Allow writing there</source>
      <translation>そこへの書き込みを許可してください</translation>
    </message>
    <message>
      <source>Allow writing there, or choose another place with --data-dir.</source>
      <translation>そこへの書き込みを許可するか、--data-dir で別の場所を選んでください。</translation>
    </message>
    <message>
      <source>Allow zbdesk in the keychain's own settings and choose Retry.</source>
      <translation>キーチェーンの設定で zbdesk を許可し、「再試行」を選んでください。</translation>
    </message>
    <message>
      <source>An amount arrived as a binary fraction and has lost digits; give it as text.</source>
      <translation>金額が二進小数で届き、桁が失われました。テキストで指定してください。</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged. Check the disk of the data folder.</source>
      <translation>イベントを保管できず、受領を通知しませんでした。データフォルダーのディスクを確認してください。</translation>
    </message>
    <message>
      <source>An event could not be put aside and was not acknowledged; Zoho Books sends it again where a retry policy is set, and polling finds the change. Free some space.</source>
      <translation>イベントを保管できず、受領を通知しませんでした。再試行の設定があれば Zoho Books が再送し、ポーリングでも変更が見つかります。空き容量を増やしてください。</translation>
    </message>
    <message>
      <source>An item of this document is inactive in Zoho Books.</source>
      <translation>この伝票の商品が Zoho Books で無効になっています。</translation>
    </message>
    <message>
      <source>An object with named fields is wanted here.</source>
      <translation>ここには名前付きフィールドを持つオブジェクトを指定します。</translation>
    </message>
    <message>
      <source>Another program answers at port %1 of this computer.</source>
      <translation>このコンピューターのポート %1 では別のプログラムが応答しています。</translation>
    </message>
    <message>
      <source>Another program keeps it locked. Close the other one (a backup tool, a second zbdesk) and try again.</source>
      <translation>別のプログラムがロックしています。そのプログラム(バックアップツール、2つ目のzbdeskなど)を閉じて、再試行してください。</translation>
    </message>
    <message>
      <source>Another program may have its port: see Problems. It is tried again by itself; then try once more.</source>
      <translation>別のプログラムがポートを使用している可能性があります（「問題」を参照）。自動で再試行されますので、その後もう一度お試しください。</translation>
    </message>
    <message>
      <source>Another program uses port %1.</source>
      <translation>別のプログラムがポート%1を使用しています。</translation>
    </message>
    <message>
      <source>Another row is bad, and all or nothing was asked for.</source>
      <translation>別の行に誤りがあり、「すべてか無か」が指定されていました。</translation>
    </message>
    <message>
      <source>Another run is being taken back. Wait until that is over.</source>
      <translation>別の実行を取り消し中です。終わるまでお待ちください。</translation>
    </message>
    <message>
      <source>Apply at most what is open.</source>
      <translation>残額以下で充当してください。</translation>
    </message>
    <message>
      <source>Apply at most what is open; what came in beyond it stays unused on the payment.</source>
      <translation>残額以下で充当してください。超えた入金は未使用として支払に残ります。</translation>
    </message>
    <message>
      <source>Ask for a shorter one.</source>
      <translation>より短い期間を指定してください。</translation>
    </message>
    <message>
      <source>Ask once more, or look at its window under Webhooks.</source>
      <translation>もう一度問い合わせるか、ウィンドウの Webhook を見てください。</translation>
    </message>
    <message>
      <source>Ask whoever runs it to allow the public address, or test from another network.</source>
      <translation>管理者に公開アドレスの許可を依頼するか、別のネットワークからテストしてください。</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for access, or sign in again with this permission. A full sync tries it again.</source>
      <translation>Zoho Booksの管理者にアクセス権を依頼するか、この権限を含めて再サインインしてください。完全な同期で再試行されます。</translation>
    </message>
    <message>
      <source>Ask your Zoho Books administrator for the permission, or connect again with this part included.</source>
      <translation>Zoho Books の管理者に権限を依頼するか、この部分を含めて接続し直してください。</translation>
    </message>
    <message>
      <source>At %1 another page answers.</source>
      <translation>%1 では別のページが応答しています。</translation>
    </message>
    <message>
      <source>At port %1 of this computer another zbdesk listens, with another secret.</source>
      <translation>このコンピューターのポート %1 では、別のシークレットを持つ別の zbdesk が待ち受けています。</translation>
    </message>
    <message>
      <source>Backups made before updates are here, newest first: %1.</source>
      <translation>更新前に作成したバックアップがあります(新しい順): %1。</translation>
    </message>
    <message>
      <source>CSV, TSV, XLSX, XLSM, XLS and ODS files can be imported.</source>
      <translation>CSV、TSV、XLSX、XLSM、XLS、ODS ファイルを取り込めます。</translation>
    </message>
    <message>
      <source>Change %1, or remove it to use the default.</source>
      <translation>%1 を変更するか、削除して既定値を使ってください。</translation>
    </message>
    <message>
      <source>Change it in the system's own settings, under start-up programs.</source>
      <translation>システム設定のスタートアッププログラムで変更してください。</translation>
    </message>
    <message>
      <source>Change the record here as Zoho Books asks, then it is sent again.</source>
      <translation>Zoho Books の求めに応じてここでレコードを変更すると、再送されます。</translation>
    </message>
    <message>
      <source>Changed since: %1.</source>
      <translation>その後の変更: %1。</translation>
    </message>
    <message>
      <source>Changes in Zoho Books came without a webhook and were found by looking: %1.</source>
      <translation>Zoho Books の変更が Webhook なしで届き、確認によって見つかりました: %1。</translation>
    </message>
    <message>
      <source>Check %1: capitals and spaces count. Without the right passphrase, remove %2 and connect again; the records on this computer stay.</source>
      <translation>%1をご確認ください。大文字小文字と空白は区別されます。正しいパスフレーズがない場合は、%2を削除して再接続してください。このコンピューターのレコードは残ります。</translation>
    </message>
    <message>
      <source>Check its spelling, and that its entry exists at your domain's provider; a new one takes up to an hour.</source>
      <translation>つづりと、ドメインの提供元に登録があることを確認してください。新しい登録は最大 1 時間かかります。</translation>
    </message>
    <message>
      <source>Check place of supply: IGST is for other states, CGST and SGST for the same.</source>
      <translation>供給地を確認してください。IGST は他の州、CGST と SGST は同じ州です。</translation>
    </message>
    <message>
      <source>Check that the export was complete.</source>
      <translation>エクスポートが完全だったか確認してください。</translation>
    </message>
    <message>
      <source>Check the file in the program that writes it.</source>
      <translation>ファイルを書き出したプログラムで確認してください。</translation>
    </message>
    <message>
      <source>Check the internet connection or the proxy. zbdesk tries again by itself; nothing is lost.</source>
      <translation>インターネット接続またはプロキシをご確認ください。zbdeskが自動的に再試行します。失われるものはありません。</translation>
    </message>
    <message>
      <source>Check the name and the folder.</source>
      <translation>名前とフォルダーを確認してください。</translation>
    </message>
    <message>
      <source>Check the network and the database's address; nothing is lost, syncing goes on when it is back.</source>
      <translation>ネットワークとデータベースのアドレスをご確認ください。失われるものはなく、復旧すると同期が続きます。</translation>
    </message>
    <message>
      <source>Check the reverse charge settings.</source>
      <translation>リバースチャージの設定を確認してください。</translation>
    </message>
    <message>
      <source>Choose Connect Zoho Books in the window, or run `zbdesk connect`.</source>
      <translation>ウィンドウで「Zoho Books に接続」を選ぶか、`zbdesk connect` を実行してください。</translation>
    </message>
    <message>
      <source>Choose a PEM file in Settings, Network, or none at all.</source>
      <translation>「設定」の「ネットワーク」で PEM ファイルを選ぶか、何も選ばないでください。</translation>
    </message>
    <message>
      <source>Choose a name of 1 to %1 characters that no other token has, such as the program's.</source>
      <translation>他のトークンにない 1～%1 文字の名前（プログラム名など）を選んでください。</translation>
    </message>
    <message>
      <source>Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.</source>
      <translation>先にトンネルを選ぶか、自分のアドレスを設定してください: `zbdesk webhooks tunnel`。</translation>
    </message>
    <message>
      <source>Choose a tunnel under Webhooks, or paste your own address.</source>
      <translation>「Webhook」でトンネルを選ぶか、自分のアドレスを貼り付けてください。</translation>
    </message>
    <message>
      <source>Choose an account for each line of the bill.</source>
      <translation>支払請求書の各明細の勘定科目を選んでください。</translation>
    </message>
    <message>
      <source>Choose another module.</source>
      <translation>別のモジュールを選んでください。</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>別の名前を選んでください。</translation>
    </message>
    <message>
      <source>Choose another one with --data-dir or %1, or allow writing there.</source>
      <translation>--data-dir または %1 で別の場所を選ぶか、そこへの書き込みを許可してください。</translation>
    </message>
    <message>
      <source>Choose another place.</source>
      <translation>別の場所を選んでください。</translation>
    </message>
    <message>
      <source>Choose another tunnel if events are to be checked by their signature.</source>
      <translation>イベントを署名で確認する場合は、別のトンネルを選んでください。</translation>
    </message>
    <message>
      <source>Choose fewer modules or a shorter period, or compare with what was last read.</source>
      <translation>モジュールを減らすか期間を短くするか、最後に読み取った内容と比較してください。</translation>
    </message>
    <message>
      <source>Choose one file in it, or watch the folder.</source>
      <translation>中のファイルを 1 つ選ぶか、フォルダーを監視してください。</translation>
    </message>
    <message>
      <source>Choose one that is there; read the list again if it is new.</source>
      <translation>存在するものを選択してください。新しい場合はリストを読み直してください。</translation>
    </message>
    <message>
      <source>Choose the key file again: it is not where the settings say.</source>
      <translation>鍵ファイルを選び直してください。設定の場所にありません。</translation>
    </message>
    <message>
      <source>Close another demo window, or the program that uses them, then start again.</source>
      <translation>別のデモウィンドウか、ポートを使っているプログラムを閉じてから、もう一度開始してください。</translation>
    </message>
    <message>
      <source>Close it in the spreadsheet program, or allow reading it, and try again.</source>
      <translation>表計算プログラムで閉じるか、読み取りを許可して、もう一度お試しください。</translation>
    </message>
    <message>
      <source>Close it, or take it out, and try again.</source>
      <translation>閉じるか取り除いて、もう一度お試しください。</translation>
    </message>
    <message>
      <source>Close it, or wait until it has finished, and start again.</source>
      <translation>閉じるか、終わるまで待ってから、もう一度開始してください。</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for it.</source>
      <translation>閉じてください。文の残りがその一部とみなされます。</translation>
    </message>
    <message>
      <source>Close it; the rest of the statement is taken for text.</source>
      <translation>閉じてください。文の残りがテキストとみなされます。</translation>
    </message>
    <message>
      <source>Close that program, or choose another port in the settings and in your tunnel. zbdesk tries again by itself; until then changes come with polling.</source>
      <translation>そのプログラムを閉じるか、設定とトンネルで別のポートを選んでください。zbdesk は自動で再試行します。それまで変更はポーリングで届きます。</translation>
    </message>
    <message>
      <source>Close the other zbdesk and choose Retry.</source>
      <translation>もう一方のzbdeskを閉じて、「再試行」を選択してください。</translation>
    </message>
    <message>
      <source>Cloudflare gives no more quick tunnels for now. Wait an hour, or make a named tunnel, which is free.</source>
      <translation>Cloudflare は当面クイックトンネルを提供しません。1 時間待つか、無料の名前付きトンネルを作成してください。</translation>
    </message>
    <message>
      <source>Compare taxes, discounts and rounding of the two, then correct the document here or in Zoho Books.</source>
      <translation>両者の税金、値引、端数処理を比較し、ここまたはZoho Booksで伝票を修正してください。</translation>
    </message>
    <message>
      <source>Connect again and grant it, or undo the change here.</source>
      <translation>再接続して許可するか、ここでの変更を元に戻してください。</translation>
    </message>
    <message>
      <source>Connect again without “read only”, or undo the change here.</source>
      <translation>「読み取りのみ」を外して再接続するか、ここでの変更を元に戻してください。</translation>
    </message>
    <message>
      <source>Connect it again.</source>
      <translation>もう一度接続してください。</translation>
    </message>
    <message>
      <source>Connected to %1, read-only.</source>
      <translation>%1 に接続しました（読み取り専用）。</translation>
    </message>
    <message>
      <source>Connected to %1.</source>
      <translation>%1 に接続しました。</translation>
    </message>
    <message>
      <source>Contact persons of a document are chosen in Zoho Books.</source>
      <translation>伝票の担当者は Zoho Books で選びます。</translation>
    </message>
    <message>
      <source>Copy the tunnel's token from Cloudflare's dashboard again, under Settings, Webhooks.</source>
      <translation>Cloudflare のダッシュボードからトンネルのトークンをコピーし直してください（「設定」の「Webhook」）。</translation>
    </message>
    <message>
      <source>Copy the whole address that the browser shows after you chose Accept; it begins with http://localhost.</source>
      <translation>Accept を選んだ後にブラウザーに表示されるアドレス全体をコピーしてください。http://localhost で始まります。</translation>
    </message>
    <message>
      <source>Correct the cell.</source>
      <translation>セルを修正してください。</translation>
    </message>
    <message>
      <source>Debits and credits differ by %1.</source>
      <translation>借方と貸方の差は %1 です。</translation>
    </message>
    <message>
      <source>Delete it here as well, or send it again as a new one.</source>
      <translation>ここでも削除するか、新しいものとして再度送信してください。</translation>
    </message>
    <message>
      <source>Delete the surplus one in Zoho Books. It came about because an answer of Zoho's was lost on the way.</source>
      <translation>Zoho Booksで余分な方を削除してください。Zohoの応答が途中で失われたために生じたものです。</translation>
    </message>
    <message>
      <source>Delivery %1 cannot be sent again.</source>
      <translation>配信 %1 は再送できません。</translation>
    </message>
    <message>
      <source>Did it become “%1”?</source>
      <translation>「%1」になりましたか?</translation>
    </message>
    <message>
      <source>Did you mean %1?</source>
      <translation>%1 のことですか?</translation>
    </message>
    <message>
      <source>Did you mean “%1”?</source>
      <translation>「%1」のことですか?</translation>
    </message>
    <message>
      <source>Disconnected from Zoho Books.</source>
      <translation>Zoho Books との接続を切断しました。</translation>
    </message>
    <message>
      <source>Disconnecting was begun.</source>
      <translation>切断を開始しました。</translation>
    </message>
    <message>
      <source>Do it in Zoho Books, then undo the change here.</source>
      <translation>Zoho Booksで行い、ここでの変更を元に戻してください。</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it.</source>
      <translation>Zoho Books に残る伝票がこれを参照しています。</translation>
    </message>
    <message>
      <source>Documents that stay in Zoho Books refer to it; it is made inactive.</source>
      <translation>Zoho Books に残る伝票がこれを参照しているため、無効にします。</translation>
    </message>
    <message>
      <source>End that program, or choose another port for zbdesk under Settings, Webhooks.</source>
      <translation>そのプログラムを終了するか、「設定」の「Webhook」で zbdesk の別のポートを選んでください。</translation>
    </message>
    <message>
      <source>End the other one, or give each a port of its own under Settings, Webhooks.</source>
      <translation>もう一方を終了するか、「設定」の「Webhook」でそれぞれ別のポートにしてください。</translation>
    </message>
    <message>
      <source>Enter it anew.</source>
      <translation>新しく入力してください。</translation>
    </message>
    <message>
      <source>Enter one in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Zoho BooksのSettings → Currenciesで入力してください。この伝票は自動的に送信されます。</translation>
    </message>
    <message>
      <source>Enter the %1 first, here or in Zoho Books, or correct the name.</source>
      <translation>先に%1をここか Zoho Books に入力するか、名前を修正してください。</translation>
    </message>
    <message>
      <source>Enter the rate in Zoho Books under Settings, Currencies; this document then goes out by itself.</source>
      <translation>Zoho Books の「設定」の「通貨」でレートを入力してください。この伝票はその後自動で送信されます。</translation>
    </message>
    <message>
      <source>Events wait at the relay until it does.</source>
      <translation>それまでイベントはリレーで待機します。</translation>
    </message>
    <message>
      <source>Every document needs the id that it has in its source.</source>
      <translation>すべての伝票には、ソースでの ID が必要です。</translation>
    </message>
    <message>
      <source>Everything is up to date.</source>
      <translation>すべて最新です。</translation>
    </message>
    <message>
      <source>Export it again; a heading row and one row are needed.</source>
      <translation>もう一度エクスポートしてください。見出し行と 1 行以上が必要です。</translation>
    </message>
    <message>
      <source>Files of zbdesk are missing.</source>
      <translation>zbdesk のファイルが不足しています。</translation>
    </message>
    <message>
      <source>Finish the page that was opened last, and copy the address from there.</source>
      <translation>最後に開いたページを完了し、そこからアドレスをコピーしてください。</translation>
    </message>
    <message>
      <source>First sync finished: %1 of %2 are here.</source>
      <translation>初回同期が完了しました: %2のうち%1を取得済みです。</translation>
    </message>
    <message>
      <source>Found by looking: %1</source>
      <translation>確認により発見: %1</translation>
    </message>
    <message>
      <source>Free some space or choose another place. What stood there before is unchanged.</source>
      <translation>空き容量を増やすか、別の場所を選んでください。そこにあったものは変わっていません。</translation>
    </message>
    <message>
      <source>Free some space there</source>
      <translation>そこの空き容量を増やしてください</translation>
    </message>
    <message>
      <source>Get one that holds this address, or use a name.</source>
      <translation>このアドレスを含む証明書を取得するか、名前を使ってください。</translation>
    </message>
    <message>
      <source>Get one that holds this name.</source>
      <translation>この名前を含む証明書を取得してください。</translation>
    </message>
    <message>
      <source>Give each computer an address of its own.</source>
      <translation>コンピューターごとに別のアドレスを付けてください。</translation>
    </message>
    <message>
      <source>Give either “%1” or “%2”, not both.</source>
      <translation>「%1」か「%2」のどちらか一方を指定してください。</translation>
    </message>
    <message>
      <source>Give it a name.</source>
      <translation>名前を付けてください。</translation>
    </message>
    <message>
      <source>Give it another name, or rename or merge the other one in Zoho Books.</source>
      <translation>別の名前にするか、Zoho Books でもう一方の名前を変更または統合してください。</translation>
    </message>
    <message>
      <source>Give its first day first.</source>
      <translation>先に最初の日を指定してください。</translation>
    </message>
    <message>
      <source>Give less, or take back what is noted on it already.</source>
      <translation>額を減らすか、すでに記録した分を取り消してください。</translation>
    </message>
    <message>
      <source>Give the address without a path: only https://, host and port.</source>
      <translation>パスなしでアドレスを指定してください。https://、ホスト、ポートのみです。</translation>
    </message>
    <message>
      <source>Give the document another number, or delete the other one in Zoho Books.</source>
      <translation>伝票に別の番号を付けるか、Zoho Books でもう一方を削除してください。</translation>
    </message>
    <message>
      <source>Give the source its address anew, with the password as it is now.</source>
      <translation>現在のパスワードで、ソースのアドレスを入力し直してください。</translation>
    </message>
    <message>
      <source>If more came in, say with amount_applied how much of it is for this document.</source>
      <translation>入金がそれより多い場合は、この伝票に充てる額を amount_applied で指定してください。</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>%1をインポート</translation>
    </message>
    <message>
      <source>In %1 no client with this ID exists. Compare it with the API console of that data centre, and check that the data centre is the one in the address of your Zoho Books.</source>
      <translation>%1にこのIDのクライアントはありません。そのデータセンターのAPIコンソールと照合し、データセンターがZoho Booksのアドレスのものかご確認ください。</translation>
    </message>
    <message>
      <source>In conflict are %1.</source>
      <translation>競合中: %1。</translation>
    </message>
    <message>
      <source>Install it again, or choose another tunnel.</source>
      <translation>インストールし直すか、別のトンネルを選んでください。</translation>
    </message>
    <message>
      <source>Install it, or say where it is under Settings, Webhooks, or choose another tunnel.</source>
      <translation>インストールするか、「設定」の「Webhook」で場所を指定するか、別のトンネルを選んでください。</translation>
    </message>
    <message>
      <source>Install the Python package %1 beside zbdesk, then try again.</source>
      <translation>Python パッケージ %1 を zbdesk と同じ環境にインストールしてから、もう一度お試しください。</translation>
    </message>
    <message>
      <source>Install zbdesk again: its pictures and translations are not beside the program.</source>
      <translation>zbdesk をインストールし直してください。画像と翻訳がプログラムの横にありません。</translation>
    </message>
    <message>
      <source>Install zbdesk again; it brings the manual with it.</source>
      <translation>zbdesk をインストールし直してください。マニュアルが付属しています。</translation>
    </message>
    <message>
      <source>It answered with status %1.</source>
      <translation>ステータス %1 で応答しました。</translation>
    </message>
    <message>
      <source>It answers, but not what was asked.</source>
      <translation>応答はありますが、求めたものではありません。</translation>
    </message>
    <message>
      <source>It begins by itself or after what stops it is settled: see the dashboard. Nothing was changed.</source>
      <translation>自動で、または妨げているものが解決した後に始まります（ダッシュボードを参照）。何も変更していません。</translation>
    </message>
    <message>
      <source>It belongs to another organization on this computer. Switch to that one first; nothing was changed.</source>
      <translation>このコンピューターの別の組織のものです。先にその組織に切り替えてください。何も変更していません。</translation>
    </message>
    <message>
      <source>It cannot be deleted; it is made inactive.</source>
      <translation>削除できないため、無効にします。</translation>
    </message>
    <message>
      <source>It cannot be more than the payment itself.</source>
      <translation>支払の額を超えられません。</translation>
    </message>
    <message>
      <source>It cannot be reached (%1).</source>
      <translation>接続できません（%1）。</translation>
    </message>
    <message>
      <source>It cannot be read.</source>
      <translation>読み取れません。</translation>
    </message>
    <message>
      <source>It changes what it passes on, so its events are hints only.</source>
      <translation>中継内容を変更するため、そのイベントは手がかりにすぎません。</translation>
    </message>
    <message>
      <source>It does not answer what is sent to it.</source>
      <translation>送信に対して応答がありません。</translation>
    </message>
    <message>
      <source>It does not say which %1.</source>
      <translation>どれかが示されていません（%1）。</translation>
    </message>
    <message>
      <source>It gives %1. Nothing was taken of it. Mend the query, or look at its preview and map it anew.</source>
      <translation>得られるのは %1 です。何も取り込みませんでした。クエリを直すか、プレビューを見てマッピングし直してください。</translation>
    </message>
    <message>
      <source>It has been carried out. Change the record instead.</source>
      <translation>すでに実行されました。代わりにレコードを変更してください。</translation>
    </message>
    <message>
      <source>It has been paid since. Remove the payment in Zoho Books first.</source>
      <translation>その後支払われました。先に Zoho Books で支払を取り除いてください。</translation>
    </message>
    <message>
      <source>It has been paid; its amounts stay.</source>
      <translation>支払済みのため、金額は変わりません。</translation>
    </message>
    <message>
      <source>It has no document on this computer any more.</source>
      <translation>このコンピューターにはもう伝票がありません。</translation>
    </message>
    <message>
      <source>It has no headings or no last line of ours. Saving it in a spreadsheet removes them.</source>
      <translation>見出しまたは当方の最終行がありません。表計算プログラムで保存すると失われます。</translation>
    </message>
    <message>
      <source>It has schema version %1; this program knows versions up to %2. Nothing was changed. Update zbdesk, or use the version that made it.</source>
      <translation>スキーマのバージョンは%1ですが、このプログラムは%2までに対応しています。何も変更していません。zbdeskを更新するか、作成に使ったバージョンを使用してください。</translation>
    </message>
    <message>
      <source>It has: %1. Choose one of these in the mapping.</source>
      <translation>あるのは %1 です。マッピングでどれかを選んでください。</translation>
    </message>
    <message>
      <source>It holds %1.</source>
      <translation>%1 が含まれています。</translation>
    </message>
    <message>
      <source>It holds a user name or password, which would be seen by everybody on the way.</source>
      <translation>途中の誰からも見えてしまうユーザー名またはパスワードが含まれています。</translation>
    </message>
    <message>
      <source>It holds spaces or signs that no web address has, or it is too long.</source>
      <translation>Web アドレスにない空白や記号が含まれているか、長すぎます。</translation>
    </message>
    <message>
      <source>It holds tables that zbdesk did not make, so nothing was written. Choose another data folder.</source>
      <translation>zbdeskが作成したものではない表があるため、何も書き込んでいません。別のデータフォルダーを選択してください。</translation>
    </message>
    <message>
      <source>It holds {port}, which needs the remote port 0.</source>
      <translation>{port} が含まれており、リモートポート 0 が必要です。</translation>
    </message>
    <message>
      <source>It is a file, not a folder.</source>
      <translation>フォルダーではなくファイルです。</translation>
    </message>
    <message>
      <source>It is a list of mapped amounts: %1.</source>
      <translation>マッピングされた金額のリストです: %1。</translation>
    </message>
    <message>
      <source>It is far larger than one can be.</source>
      <translation>あり得る大きさをはるかに超えています。</translation>
    </message>
    <message>
      <source>It is far too long.</source>
      <translation>長すぎます。</translation>
    </message>
    <message>
      <source>It is for %1, not for %2.</source>
      <translation>%2 ではなく %1 用です。</translation>
    </message>
    <message>
      <source>It is gone from Zoho Books already.</source>
      <translation>すでに Zoho Books にありません。</translation>
    </message>
    <message>
      <source>It is in a locked period of Zoho Books.</source>
      <translation>Zoho Books のロックされた期間にあります。</translation>
    </message>
    <message>
      <source>It is in conflict; settle that first.</source>
      <translation>競合しています。先に解決してください。</translation>
    </message>
    <message>
      <source>It is looked for again by itself; what came from it stays.</source>
      <translation>自動で再確認します。取り込んだものは残ります。</translation>
    </message>
    <message>
      <source>It is made when Zoho Books is connected for the first time.</source>
      <translation>Zoho Booksに初めて接続したときに作成されます。</translation>
    </message>
    <message>
      <source>It is not a web address.</source>
      <translation>Web アドレスではありません。</translation>
    </message>
    <message>
      <source>It is not an address of a proxy.</source>
      <translation>プロキシのアドレスではありません。</translation>
    </message>
    <message>
      <source>It is not known yet whether Zoho Books took this over.</source>
      <translation>Zoho Booksに取り込まれたかどうか、まだ分かりません。</translation>
    </message>
    <message>
      <source>It is not on the search path.</source>
      <translation>検索パスにありません。</translation>
    </message>
    <message>
      <source>It is not readable JSON.</source>
      <translation>読み取れる JSON ではありません。</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>存在しません。</translation>
    </message>
    <message>
      <source>It is not there: it was deleted, renamed, or its drive is not connected.</source>
      <translation>存在しません。削除または名前変更されたか、ドライブが接続されていません。</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books.</source>
      <translation>Zoho Booksへ送信中です。</translation>
    </message>
    <message>
      <source>It is on its way to Zoho Books; wait for the answer.</source>
      <translation>Zoho Books へ送信中です。応答をお待ちください。</translation>
    </message>
    <message>
      <source>It is one character, as in “;”, or one of comma, semicolon, tab, pipe.</source>
      <translation>「;」のような 1 文字か、comma、semicolon、tab、pipe のいずれかです。</translation>
    </message>
    <message>
      <source>It is one of %1.</source>
      <translation>%1 のいずれかです。</translation>
    </message>
    <message>
      <source>It is source %1. Remove that one first, or choose another folder.</source>
      <translation>ソース %1 です。先にそれを削除するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
      <source>It is still running, or was cut off a moment ago.</source>
      <translation>まだ実行中か、少し前に中断されました。</translation>
    </message>
    <message>
      <source>It is switched off, or the network is away. What was read before stays; zbdesk tries again with the next run.</source>
      <translation>電源が切れているか、ネットワークがありません。以前に読み取ったものは残り、zbdesk は次の実行で再試行します。</translation>
    </message>
    <message>
      <source>It is the number of the row that holds the headings, from 1.</source>
      <translation>見出しのある行の番号です（1 から）。</translation>
    </message>
    <message>
      <source>It is tried again by itself. If it stays, enter it in Zoho Books by hand to see what Zoho objects to.</source>
      <translation>自動的に再試行されます。続く場合は、Zoho Booksで手動入力し、Zohoが何を問題としているかご確認ください。</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and at dashboard.ngrok.com.</source>
      <translation>自動で再試行されます。ネットワークと dashboard.ngrok.com を確認してください。</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network and whether the server is up.</source>
      <translation>自動で再試行されます。ネットワークとサーバーの稼働を確認してください。</translation>
    </message>
    <message>
      <source>It is tried again by itself. Look at the network, and whether a firewall lets cloudflared out (port 7844).</source>
      <translation>自動で再試行されます。ネットワークと、ファイアウォールが cloudflared（ポート 7844）を許可しているか確認してください。</translation>
    </message>
    <message>
      <source>It is unclear whether the outcome of %1 was written back.</source>
      <translation>%1 の結果が書き戻されたか不明です。</translation>
    </message>
    <message>
      <source>It is void in Zoho Books already.</source>
      <translation>すでに Zoho Books で無効です。</translation>
    </message>
    <message>
      <source>It lacks the permission %1. Connect again with it, or set the webhooks up by hand: the guide in the manual shows each step.</source>
      <translation>権限 %1 がありません。権限を付けて接続し直すか、手動で Webhook を設定してください。マニュアルの手引きに手順があります。</translation>
    </message>
    <message>
      <source>It may be gone by now.</source>
      <translation>もう存在しない可能性があります。</translation>
    </message>
    <message>
      <source>It may belong to another connection.</source>
      <translation>別の接続のものかもしれません。</translation>
    </message>
    <message>
      <source>It may have been deleted meanwhile.</source>
      <translation>その間に削除された可能性があります。</translation>
    </message>
    <message>
      <source>It may have been settled meanwhile.</source>
      <translation>その間に解決された可能性があります。</translation>
    </message>
    <message>
      <source>It may only set what Zoho Books says.</source>
      <translation>Zoho Books の回答だけを設定できます。</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>ゼロより大きくなければなりません。</translation>
    </message>
    <message>
      <source>It must begin with https://.</source>
      <translation>https:// で始まる必要があります。</translation>
    </message>
    <message>
      <source>It must begin with https://: over http everybody on the way could read your records.</source>
      <translation>https:// で始まる必要があります。http では途中の誰でもレコードを読めます。</translation>
    </message>
    <message>
      <source>It must look like http://proxy.example.com:8080. Change it in Settings, Network, or in the system's settings.</source>
      <translation>http://proxy.example.com:8080 のような形式です。「設定」の「ネットワーク」かシステム設定で変更してください。</translation>
    </message>
    <message>
      <source>It must look like https://accounts.example.com.</source>
      <translation>https://accounts.example.com のような形式です。</translation>
    </message>
    <message>
      <source>It must touch exactly one. It was taken back; check the WHERE of the statement.</source>
      <translation>ちょうど 1 行が対象でなければなりません。元に戻しました。文の WHERE を確認してください。</translation>
    </message>
    <message>
      <source>It named %1. Nothing was sent there. Start the sign-in again from zbdesk; if it happens again, check the data centre and this computer for unwanted software.</source>
      <translation>%1が指定されました。そこには何も送信していません。zbdeskからサインインをやり直してください。再び起こる場合は、データセンターと、このコンピューターに不審なソフトウェアがないかをご確認ください。</translation>
    </message>
    <message>
      <source>It names no computer that can be looked up.</source>
      <translation>検索できるコンピューター名がありません。</translation>
    </message>
    <message>
      <source>It names no computer.</source>
      <translation>コンピューター名がありません。</translation>
    </message>
    <message>
      <source>It reads as it did before the run.</source>
      <translation>実行前の内容に戻ります。</translation>
    </message>
    <message>
      <source>It runs by itself while zbdesk runs.</source>
      <translation>zbdesk の実行中は自動で動作します。</translation>
    </message>
    <message>
      <source>It said: %1.</source>
      <translation>メッセージ: %1。</translation>
    </message>
    <message>
      <source>It says that it is gone for good (410).</source>
      <translation>恒久的に消えたとの回答です (410)。</translation>
    </message>
    <message>
      <source>It sends us to another address (%1), which is not followed.</source>
      <translation>別のアドレス（%1）へ転送されますが、たどりません。</translation>
    </message>
    <message>
      <source>It should look like %1.</source>
      <translation>%1 のような形式です。</translation>
    </message>
    <message>
      <source>It stays in Zoho Books as void and keeps its number.</source>
      <translation>無効として Zoho Books に残り、番号を保ちます。</translation>
    </message>
    <message>
      <source>It was changed here since, and that has not left yet.</source>
      <translation>その後ここで変更され、まだ送信されていません。</translation>
    </message>
    <message>
      <source>It was changed in Zoho Books since.</source>
      <translation>その後 Zoho Books で変更されました。</translation>
    </message>
    <message>
      <source>It was deleted in Zoho Books. Entered again it would be another record, with another history.</source>
      <translation>Zoho Books で削除されました。再入力すると、別の履歴を持つ別のレコードになります。</translation>
    </message>
    <message>
      <source>It was deleted or merged there.</source>
      <translation>先方で削除または統合されました。</translation>
    </message>
    <message>
      <source>It was delivered.</source>
      <translation>配信済みです。</translation>
    </message>
    <message>
      <source>It was disconnected.</source>
      <translation>切断されました。</translation>
    </message>
    <message>
      <source>It was left alone. zbdesk looks again tomorrow.</source>
      <translation>何もしていません。zbdesk は明日もう一度確認します。</translation>
    </message>
    <message>
      <source>It was left exactly as it is.</source>
      <translation>そのまま手を加えていません。</translation>
    </message>
    <message>
      <source>It was looked for at %1.</source>
      <translation>%1 を探しました。</translation>
    </message>
    <message>
      <source>It was looked for in %1. Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>%1 を探しました。もう一度サインインしてください。ここにあるものは残り、同期はそこから続きます。</translation>
    </message>
    <message>
      <source>It was moved or renamed. Give the source its address anew.</source>
      <translation>移動または名前変更されました。ソースのアドレスを入力し直してください。</translation>
    </message>
    <message>
      <source>It was removed meanwhile.</source>
      <translation>その間に削除されました。</translation>
    </message>
    <message>
      <source>It was taken back before.</source>
      <translation>すでに取り消されています。</translation>
    </message>
    <message>
      <source>It was withdrawn in Zoho, or replaced after 20 newer sign-ins of the same user (%1). Sign in again; what is already here stays, and syncing goes on from there.</source>
      <translation>Zohoで取り消されたか、同じユーザーによる20件の新しいサインインで置き換えられました (%1)。再サインインしてください。ここにあるものは残り、同期はそこから続きます。</translation>
    </message>
    <message>
      <source>It would fit %1: correct the cell, or the mapping's order.</source>
      <translation>%1 なら合います。セルかマッピングの順序を修正してください。</translation>
    </message>
    <message>
      <source>Its address cannot be used.</source>
      <translation>アドレスを使用できません。</translation>
    </message>
    <message>
      <source>Its answer was lost; it was found there.</source>
      <translation>応答は失われましたが、先方で見つかりました。</translation>
    </message>
    <message>
      <source>Its body was not kept.</source>
      <translation>本文は保存されていません。</translation>
    </message>
    <message>
      <source>Its details are not read yet. Open them, then edit.</source>
      <translation>詳細がまだ読み込まれていません。開いてから編集してください。</translation>
    </message>
    <message>
      <source>Its file, folder or disk is read-only for this user. Make it writable or choose another data folder.</source>
      <translation>ファイル、フォルダーまたはディスクが、このユーザーには読み取り専用です。書き込み可能にするか、別のデータフォルダーを選択してください。</translation>
    </message>
    <message>
      <source>Its id or secret was changed or deleted in the API console (%1). Connect again with the new ones; what is already here stays.</source>
      <translation>APIコンソールでIDまたはシークレットが変更または削除されました (%1)。新しいもので再接続してください。ここにあるものは残ります。</translation>
    </message>
    <message>
      <source>Its last words: %1</source>
      <translation>最後のメッセージ: %1</translation>
    </message>
    <message>
      <source>Its link is not an https address.</source>
      <translation>リンクが https のアドレスではありません。</translation>
    </message>
    <message>
      <source>Its name cannot be written as a web address.</source>
      <translation>名前を Web アドレスとして書けません。</translation>
    </message>
    <message>
      <source>Its path holds signs that have to be written in another way there.</source>
      <translation>パスに、別の書き方が必要な記号が含まれています。</translation>
    </message>
    <message>
      <source>Its remedy says what to do; `zbdesk problems` shows it.</source>
      <translation>対処方法に手順があります。`zbdesk problems` で表示できます。</translation>
    </message>
    <message>
      <source>Its signature is another one.</source>
      <translation>署名が異なります。</translation>
    </message>
    <message>
      <source>Its trial or plan has ended. Renew it in Zoho Books, then connect.</source>
      <translation>試用期間またはプランが終了しています。Zoho Books で更新してから接続してください。</translation>
    </message>
    <message>
      <source>Keep local or remote.</source>
      <translation>local か remote を指定してください。</translation>
    </message>
    <message>
      <source>Known are %1 and custom. It is the ending of the address at which you open Zoho Books.</source>
      <translation>使用できるのは%1とcustomです。Zoho Booksを開くアドレスの末尾の部分です。</translation>
    </message>
    <message>
      <source>Known are %1.</source>
      <translation>使えるのは %1 です。</translation>
    </message>
    <message>
      <source>Leave out /*! ... */.</source>
      <translation>/*! ... */ を取り除いてください。</translation>
    </message>
    <message>
      <source>Leave out FOR UPDATE or FOR SHARE: nothing is changed.</source>
      <translation>FOR UPDATE と FOR SHARE を取り除いてください。何も変更しません。</translation>
    </message>
    <message>
      <source>Leave out everything from the question mark or the number sign on.</source>
      <translation>疑問符または番号記号以降をすべて取り除いてください。</translation>
    </message>
    <message>
      <source>Leave out what follows the question mark.</source>
      <translation>疑問符の後を取り除いてください。</translation>
    </message>
    <message>
      <source>Let its port answer https, not http, with a current version of TLS.</source>
      <translation>ポートが http ではなく、最新の TLS による https で応答するようにしてください。</translation>
    </message>
    <message>
      <source>Let the path /webhooks lead to http://127.0.0.1:%1, with the whole path kept.</source>
      <translation>パス /webhooks をパス全体を保って http://127.0.0.1:%1 へ転送してください。</translation>
    </message>
    <message>
      <source>Let the proxy pass the header X-Zoho-Webhook-Signature on, and make sure that the address leads to this computer.</source>
      <translation>プロキシがヘッダー X-Zoho-Webhook-Signature を渡すようにし、アドレスがこのコンピューターに通じることを確認してください。</translation>
    </message>
    <message>
      <source>Let the query give one kind, as in CAST(... AS INTEGER).</source>
      <translation>CAST(... AS INTEGER) などで、クエリの型を 1 つにしてください。</translation>
    </message>
    <message>
      <source>Let the server send its intermediate certificates too.</source>
      <translation>サーバーが中間証明書も送るようにしてください。</translation>
    </message>
    <message>
      <source>Let the tunnel lead to http://127.0.0.1:%1, and make sure that it runs.</source>
      <translation>トンネルを http://127.0.0.1:%1 へ向け、稼働を確認してください。</translation>
    </message>
    <message>
      <source>Line %1 is no object.</source>
      <translation>%1 行目はオブジェクトではありません。</translation>
    </message>
    <message>
      <source>Line %1 is not JSON.</source>
      <translation>%1 行目は JSON ではありません。</translation>
    </message>
    <message>
      <source>Line %1, column %2: %3.</source>
      <translation>%1 行目、%2 列目: %3。</translation>
    </message>
    <message>
      <source>Lines at the end are missing.</source>
      <translation>末尾の行が欠けています。</translation>
    </message>
    <message>
      <source>Look at it in a browser, which says why.</source>
      <translation>ブラウザーで開くと理由が表示されます。</translation>
    </message>
    <message>
      <source>Look at its contact, items, accounts and taxes in Zoho Books, and name others here.</source>
      <translation>Zoho Books で連絡先、商品、勘定科目、税金を確認し、ここで別のものを指定してください。</translation>
    </message>
    <message>
      <source>Look at its numbers again, then decide.</source>
      <translation>数値をもう一度確認してから決めてください。</translation>
    </message>
    <message>
      <source>Look at its payments, also those that have not left yet.</source>
      <translation>まだ送信されていないものも含め、支払を確認してください。</translation>
    </message>
    <message>
      <source>Look at the record in Zoho Books, then correct these fields here or there.</source>
      <translation>Zoho Booksでレコードを確認し、これらのフィールドをここまたはそこで修正してください。</translation>
    </message>
    <message>
      <source>Look at the server's name and at the network.</source>
      <translation>サーバー名とネットワークを確認してください。</translation>
    </message>
    <message>
      <source>Look at the tunnel under Webhooks.</source>
      <translation>「Webhook」でトンネルを確認してください。</translation>
    </message>
    <message>
      <source>Look at them under Outgoing and let exactly these go there, or run `zbdesk sync --allow-large`. The limits are in Settings under Before a large run.</source>
      <translation>「送信待ち」で確認してこれらだけを送るか、`zbdesk sync --allow-large` を実行してください。上限は「設定」の「大きな実行の前」にあります。</translation>
    </message>
    <message>
      <source>Look in Zoho Books under Settings, Automation, Workflow Logs: whether the rules are on, and whether the day's 1,000 webhooks are used up.</source>
      <translation>Zoho Books の「設定」、「自動化」、「ワークフローログ」で、ルールが有効か、1 日 1,000 件の Webhook を使い切っていないか確認してください。</translation>
    </message>
    <message>
      <source>Look in Zoho Books whether they were really deleted. If so, confirm the removal; if not, check the rights of the user who signed in, then sync again.</source>
      <translation>本当に削除されたのかをZoho Booksでご確認ください。削除されていれば削除を確定し、そうでなければサインインしたユーザーの権限を確認して、再度同期してください。</translation>
    </message>
    <message>
      <source>Look whether %1 runs and leads to this computer.</source>
      <translation>%1 が稼働し、このコンピューターに通じるか確認してください。</translation>
    </message>
    <message>
      <source>Look whether %1 runs, and whether a firewall lets connections in.</source>
      <translation>%1 が稼働し、ファイアウォールが接続を許可しているか確認してください。</translation>
    </message>
    <message>
      <source>Look why it does not take them, then send them again: `zbdesk webhooks deliveries`.</source>
      <translation>受け取らない理由を確認してから再送してください: `zbdesk webhooks deliveries`。</translation>
    </message>
    <message>
      <source>Make a new channel and paste its address.</source>
      <translation>新しいチャンネルを作成し、アドレスを貼り付けてください。</translation>
    </message>
    <message>
      <source>Make a new channel: somebody else may be listening to this one, or the relay is in trouble.</source>
      <translation>新しいチャンネルを作成してください。誰かがこのチャンネルを聞いているか、リレーに問題があります。</translation>
    </message>
    <message>
      <source>Make it a view in the database.</source>
      <translation>データベースのビューにしてください。</translation>
    </message>
    <message>
      <source>Make it, plug its drive in, or choose another one in the settings.</source>
      <translation>作成するか、ドライブを接続するか、設定で別のものを選んでください。</translation>
    </message>
    <message>
      <source>Mark the contact as active in Zoho Books, or choose another one.</source>
      <translation>Zoho Books で連絡先を有効にするか、別の連絡先を選んでください。</translation>
    </message>
    <message>
      <source>Mark the contact as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>ここか Zoho Books で連絡先を有効にしてください。伝票はその後自動で送信されます。</translation>
    </message>
    <message>
      <source>Mark the item as active in Zoho Books, or choose another one.</source>
      <translation>Zoho Books で商品を有効にするか、別の商品を選んでください。</translation>
    </message>
    <message>
      <source>Mark the item as active, here or in Zoho Books; the document then goes out by itself.</source>
      <translation>ここか Zoho Books で商品を有効にしてください。伝票はその後自動で送信されます。</translation>
    </message>
    <message>
      <source>Mend it and look at the preview. The database says: %1</source>
      <translation>直してプレビューを確認してください。データベースの回答: %1</translation>
    </message>
    <message>
      <source>Mend it, or move it away to start with the defaults.</source>
      <translation>直すか、移動して既定値から始めてください。</translation>
    </message>
    <message>
      <source>Merge the two in Zoho Books instead.</source>
      <translation>代わりにZoho Booksで2つを統合してください。</translation>
    </message>
    <message>
      <source>Merge them in Zoho Books, or give the record here the e-mail address of the right one.</source>
      <translation>Zoho Booksで統合するか、ここのレコードに正しい方のメールアドレスを設定してください。</translation>
    </message>
    <message>
      <source>Missing since the last file of this name (they stay): %1</source>
      <translation>この名前の前回のファイル以降に見当たらないもの（残ります）: %1</translation>
    </message>
    <message>
      <source>More has been paid on the %1 in Zoho Books than it would come to. Take Zoho's side.</source>
      <translation>Zoho Books での支払が、変更後の額を超えます（%1）。Zoho の側を採用してください。</translation>
    </message>
    <message>
      <source>More than one</source>
      <translation>複数</translation>
    </message>
    <message>
      <source>More than one %1</source>
      <translation>複数の%1</translation>
    </message>
    <message>
      <source>More than one %1 has the %2 “%3”.</source>
      <translation>%2が「%3」の%1が複数あります。</translation>
    </message>
    <message>
      <source>More than one %1 is called “%2”.</source>
      <translation>「%2」は複数あります（%1）。</translation>
    </message>
    <message>
      <source>Most likely the secret in Zoho Books is another one than here. Make a new secret under Webhooks and paste it into the webhook in Zoho Books. This goes away with the first event that is right.</source>
      <translation>Zoho Books のシークレットがここのものと異なる可能性が高いです。「Webhook」で新しいシークレットを作成し、Zoho Books の Webhook に貼り付けてください。正しいイベントが届くと、この表示は消えます。</translation>
    </message>
    <message>
      <source>Name a file: sqlite:///path/to/file.db.</source>
      <translation>ファイルを指定してください: sqlite:///path/to/file.db。</translation>
    </message>
    <message>
      <source>Name it by its local id, its Zoho id, its number or SOURCE:ID.</source>
      <translation>ローカル ID、Zoho ID、番号、または SOURCE:ID で指定してください。</translation>
    </message>
    <message>
      <source>Name one by its Zoho id, or choose among: %1.</source>
      <translation>Zoho ID で指定するか、次から選んでください: %1。</translation>
    </message>
    <message>
      <source>Name one of them differently, as in SELECT ... AS other_%1.</source>
      <translation>SELECT ... AS other_%1 のように、一方に別の名前を付けてください。</translation>
    </message>
    <message>
      <source>Name one of them, or a JSON file with a mapping.</source>
      <translation>そのいずれか、またはマッピングの JSON ファイルを指定してください。</translation>
    </message>
    <message>
      <source>Name the %1 by its source id or by Zoho's id, or merge the two in Zoho Books.</source>
      <translation>%1をソースのIDまたはZohoのIDで指定するか、Zoho Booksで2つを統合してください。</translation>
    </message>
    <message>
      <source>Name the column that tells when a row was changed (or its growing number).</source>
      <translation>行の変更日時（または増加する番号）を示す列を指定してください。</translation>
    </message>
    <message>
      <source>Name the record by an object with exactly one of %1.</source>
      <translation>%1 のうちちょうど 1 つを持つオブジェクトでレコードを指定してください。</translation>
    </message>
    <message>
      <source>Name the value instead, as in :since.</source>
      <translation>代わりに :since のように値の名前を書いてください。</translation>
    </message>
    <message>
      <source>Narrow it down, or give the columns in its WHERE an index. What was read before stays.</source>
      <translation>絞り込むか、WHERE の列に索引を付けてください。以前に読み取ったものは残ります。</translation>
    </message>
    <message>
      <source>No %1 is called “%2”.</source>
      <translation>「%2」はありません（%1）。</translation>
    </message>
    <message>
      <source>No answer within %1 seconds.</source>
      <translation>%1 秒以内に応答がありません。</translation>
    </message>
    <message>
      <source>No call was made; syncing goes on after that.</source>
      <translation>呼び出しは行っていません。その後、同期が続きます。</translation>
    </message>
    <message>
      <source>No column tells the documents apart; map one to %1 or to source_id.</source>
      <translation>伝票を区別する列がありません。%1 または source_id に列を割り当ててください。</translation>
    </message>
    <message>
      <source>No figures are attached to it.</source>
      <translation>数値が添付されていません。</translation>
    </message>
    <message>
      <source>No tunnel is set up.</source>
      <translation>トンネルが設定されていません。</translation>
    </message>
    <message>
      <source>Nobody answered about new versions.</source>
      <translation>新しいバージョンについての応答がありませんでした。</translation>
    </message>
    <message>
      <source>None is saved yet.</source>
      <translation>まだ何も保存されていません。</translation>
    </message>
    <message>
      <source>Nothing answers at %1.</source>
      <translation>%1 では何も応答しません。</translation>
    </message>
    <message>
      <source>Nothing can be done with it any more.</source>
      <translation>もう何もできません。</translation>
    </message>
    <message>
      <source>Nothing can be paid on it any more.</source>
      <translation>これ以上支払えません。</translation>
    </message>
    <message>
      <source>Nothing can be paid on it.</source>
      <translation>これに対して支払えません。</translation>
    </message>
    <message>
      <source>Nothing in it says what it is.</source>
      <translation>何であるかを示すものがありません。</translation>
    </message>
    <message>
      <source>Nothing is called “%1” here.</source>
      <translation>ここに「%1」という名前のものはありません。</translation>
    </message>
    <message>
      <source>Nothing is lost. It is tried again by itself; the log has the details.</source>
      <translation>何も失われていません。自動で再試行されます。詳細はログにあります。</translation>
    </message>
    <message>
      <source>Nothing is lost. Start zbdesk again; the log has the details.</source>
      <translation>何も失われていません。zbdesk を再起動してください。詳細はログにあります。</translation>
    </message>
    <message>
      <source>Nothing is open on %1.</source>
      <translation>%1 に残額はありません。</translation>
    </message>
    <message>
      <source>Nothing is paid on the %1, and no lock of its period is known.</source>
      <translation>何も支払われておらず、期間のロックもありません（%1）。</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books; this computer takes what is there.</source>
      <translation>Zoho Books には何も書き込まれません。このコンピューターがそちらの内容を取り込みます。</translation>
    </message>
    <message>
      <source>Nothing is written until somebody confirms the organization: it is another one than before, or has changed.</source>
      <translation>誰かが組織を確認するまで何も書き込まれません。以前とは別の組織か、変更されています。</translation>
    </message>
    <message>
      <source>Nothing more is written until you allow it: the run is larger than the limits in the settings.</source>
      <translation>許可するまで、これ以上書き込まれません。この実行は設定の上限を超えています。</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try it again.</source>
      <translation>何も保存されませんでした。もう一度お試しください。</translation>
    </message>
    <message>
      <source>Nothing to do if the network is away; else check the address.</source>
      <translation>ネットワークがない場合は何もする必要はありません。そうでなければアドレスを確認してください。</translation>
    </message>
    <message>
      <source>Nothing to do: it is asked again by itself.</source>
      <translation>何もする必要はありません。自動で再度問い合わせます。</translation>
    </message>
    <message>
      <source>Nothing to do: it is tried again by itself.</source>
      <translation>何もする必要はありません。自動で再試行されます。</translation>
    </message>
    <message>
      <source>Nothing was asked for. What is already here stays.</source>
      <translation>照会は行っていません。ここにあるものは残ります。</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>変更はありませんでした。</translation>
    </message>
    <message>
      <source>Nothing was read. zbdesk tries again with the next run.</source>
      <translation>何も読み取りませんでした。zbdesk は次の実行で再試行します。</translation>
    </message>
    <message>
      <source>Nothing was taken from it.</source>
      <translation>何も取り込みませんでした。</translation>
    </message>
    <message>
      <source>Nothing was taken of it.</source>
      <translation>何も取り込みませんでした。</translation>
    </message>
    <message>
      <source>Nothing was taken of it. Narrow it down with :since, or raise the source's limit of rows.</source>
      <translation>何も取り込みませんでした。:since で絞り込むか、ソースの行数の上限を上げてください。</translation>
    </message>
    <message>
      <source>One of the chosen parts of Zoho Books cannot be granted to this client in %1. Choose fewer parts, or create the client in the API console of the right data centre.</source>
      <translation>選択したZoho Booksの機能の1つを、%1のこのクライアントには許可できません。機能を減らすか、正しいデータセンターのAPIコンソールでクライアントを作成してください。</translation>
    </message>
    <message>
      <source>One record of Zoho's can be one document only.</source>
      <translation>Zohoのレコード1件は、1つの伝票にしか対応できません。</translation>
    </message>
    <message>
      <source>One value for every document is wanted here.</source>
      <translation>ここにはすべての伝票に共通の値を 1 つ指定します。</translation>
    </message>
    <message>
      <source>One value is wanted here, not a list or an object.</source>
      <translation>ここにはリストやオブジェクトではなく、値を 1 つ指定します。</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program and save it anew, or export it again.</source>
      <translation>表計算プログラムで開いて保存し直すか、もう一度エクスポートしてください。</translation>
    </message>
    <message>
      <source>Open it in the spreadsheet program, save a copy without a password and choose that copy.</source>
      <translation>表計算プログラムで開き、パスワードなしのコピーを保存して、それを選んでください。</translation>
    </message>
    <message>
      <source>Open the %1 in Zoho Books and delete the surplus entry. An answer of Zoho's was lost on the way; this goes by itself once one is left.</source>
      <translation>Zoho Books で開き（%1）、余分な入力を削除してください。Zoho の応答が途中で失われました。1 つだけになれば自動で消えます。</translation>
    </message>
    <message>
      <source>Open the period in Zoho Books under Settings, Transaction Locking, or change the date.</source>
      <translation>Zoho Books の「設定」の「取引ロック」で期間を解除するか、日付を変更してください。</translation>
    </message>
    <message>
      <source>Open the record in Zoho Books. It is asked for again as soon as it changes there.</source>
      <translation>Zoho Booksでレコードを開いてください。そこで変更されるとすぐに再度照会されます。</translation>
    </message>
    <message>
      <source>Organization %1 belongs to another user or another data centre. Connect again and choose the organization from the list.</source>
      <translation>組織%1は別のユーザーまたは別のデータセンターのものです。再接続し、リストから組織を選択してください。</translation>
    </message>
    <message>
      <source>Other programs use the ports %1.</source>
      <translation>他のプログラムがポート%1を使用しています。</translation>
    </message>
    <message>
      <source>Outside the hours that are chosen in Settings. Sync now runs all the same.</source>
      <translation>設定で選択した時間帯の外です。「今すぐ同期」は実行できます。</translation>
    </message>
    <message>
      <source>Paste the channel's address, not the site's.</source>
      <translation>サイトではなくチャンネルのアドレスを貼り付けてください。</translation>
    </message>
    <message>
      <source>Paste the channel's final address.</source>
      <translation>チャンネルの最終的なアドレスを貼り付けてください。</translation>
    </message>
    <message>
      <source>Paste the final address, and let the proxy pass /webhooks on without a redirect.</source>
      <translation>最終的なアドレスを貼り付け、プロキシが /webhooks を転送せずに通すようにしてください。</translation>
    </message>
    <message>
      <source>Paused until %1.</source>
      <translation>%1 まで一時停止中。</translation>
    </message>
    <message>
      <source>Paused.</source>
      <translation>一時停止中。</translation>
    </message>
    <message>
      <source>Payments and credits that were on it stay with the customer as credit.</source>
      <translation>充当されていた支払とクレジットは、顧客のクレジットとして残ります。</translation>
    </message>
    <message>
      <source>Problem %1 is not about a name or a taken record.</source>
      <translation>問題 %1 は、名前や使用済みレコードに関するものではありません。</translation>
    </message>
    <message>
      <source>Put :source_id into it, as in UPDATE ... WHERE id = :source_id.</source>
      <translation>UPDATE ... WHERE id = :source_id のように :source_id を入れてください。</translation>
    </message>
    <message>
      <source>Put its name behind the host: .../name.</source>
      <translation>ホストの後に名前を付けてください: .../name。</translation>
    </message>
    <message>
      <source>Put this computer's public key on the server, and start the key's agent if it has a passphrase.</source>
      <translation>このコンピューターの公開鍵をサーバーに置き、パスフレーズがある場合は鍵のエージェントを起動してください。</translation>
    </message>
    <message>
      <source>Raise the limit of the proxy or tunnel.</source>
      <translation>プロキシまたはトンネルの上限を上げてください。</translation>
    </message>
    <message>
      <source>Read from Zoho Books: %1.</source>
      <translation>Zoho Booksから読み取り: %1。</translation>
    </message>
    <message>
      <source>Reading was stopped.</source>
      <translation>読み取りを停止しました。</translation>
    </message>
    <message>
      <source>Remove it first to change what it gets: `zbdesk webhooks targets remove`.</source>
      <translation>受け取る内容を変えるには、先に削除してください: `zbdesk webhooks targets remove`。</translation>
    </message>
    <message>
      <source>Remove zbdesk under Zoho Accounts, Sessions, Connected Apps, and sign in again. A client of the client-based (JavaScript) type cannot be used; a server-based one can.</source>
      <translation>Zoho AccountsのSessions → Connected Appsでzbdeskを削除し、再度サインインしてください。Client-based (JavaScript)のクライアントは使用できません。Server-basedは使用できます。</translation>
    </message>
    <message>
      <source>Renew it on the server or proxy; Zoho Books refuses it too.</source>
      <translation>サーバーまたはプロキシで更新してください。Zoho Books も拒否します。</translation>
    </message>
    <message>
      <source>Replay the event itself: `zbdesk webhooks replay`.</source>
      <translation>イベント自体を再生してください: `zbdesk webhooks replay`。</translation>
    </message>
    <message>
      <source>Restore %1 from a backup, or connect again; the records on this computer stay.</source>
      <translation>%1をバックアップから復元するか、再接続してください。このコンピューターのレコードは残ります。</translation>
    </message>
    <message>
      <source>Reverse charge needs a reverse charge tax on the lines.</source>
      <translation>リバースチャージには、明細にリバースチャージ税が必要です。</translation>
    </message>
    <message>
      <source>Row %1 of the same document says “%2”. One number is one document: correct the number, or make both the same.</source>
      <translation>同じ伝票の %1 行目は「%2」です。1 つの番号は 1 つの伝票です。番号を直すか、両方を同じにしてください。</translation>
    </message>
    <message>
      <source>Run %1</source>
      <translation>実行 %1</translation>
    </message>
    <message>
      <source>SOCKS proxies are not supported.</source>
      <translation>SOCKS プロキシには対応していません。</translation>
    </message>
    <message>
      <source>Save it again under this name.</source>
      <translation>この名前で保存し直してください。</translation>
    </message>
    <message>
      <source>Save the text anew, as plain UTF-8.</source>
      <translation>テキストを通常の UTF-8 で保存し直してください。</translation>
    </message>
    <message>
      <source>Saved are: %1.</source>
      <translation>保存済み: %1。</translation>
    </message>
    <message>
      <source>Say how much of the payment is for it.</source>
      <translation>支払のうち、これに充てる額を指定してください。</translation>
    </message>
    <message>
      <source>Say where to begin, for example 2026-01-01, or 0 for a number.</source>
      <translation>開始位置を指定してください。例: 2026-01-01、番号の場合は 0。</translation>
    </message>
    <message>
      <source>Say which %1 this part of the payment is for.</source>
      <translation>支払のこの部分をどれに充てるか指定してください（%1）。</translation>
    </message>
    <message>
      <source>Say which field has which value: {“payment_mode”: “banktransfer”}.</source>
      <translation>どのフィールドにどの値かを指定してください: {“payment_mode”: “banktransfer”}。</translation>
    </message>
    <message>
      <source>Say which heading is which field: {“Invoice no”: “invoice_number”}.</source>
      <translation>どの見出しがどのフィールドかを指定してください: {“Invoice no”: “invoice_number”}。</translation>
    </message>
    <message>
      <source>Say which part of %1 it is, as in %2.%3.</source>
      <translation>%1 のどの部分かを指定してください。例: %2.%3。</translation>
    </message>
    <message>
      <source>See Webhooks.</source>
      <translation>「Webhook」を参照してください。</translation>
    </message>
    <message>
      <source>See `zbdesk problems meanings`.</source>
      <translation>`zbdesk problems meanings`をご覧ください。</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks targets`.</source>
      <translation>`zbdesk webhooks targets` を参照してください。</translation>
    </message>
    <message>
      <source>See `zbdesk webhooks tunnel --help`, or choose another one.</source>
      <translation>`zbdesk webhooks tunnel --help` を参照するか、別のものを選んでください。</translation>
    </message>
    <message>
      <source>Send the %1 again as a new one, or name another one in this record; it then goes out by itself.</source>
      <translation>%1を新しいものとして再度送信するか、このレコードで別のものを指定してください。その後、自動的に送信されます。</translation>
    </message>
    <message>
      <source>Sent to Zoho Books: %1.</source>
      <translation>Zoho Booksに送信: %1。</translation>
    </message>
    <message>
      <source>Set %1 to the passphrase it was made with. To use the system's keychain instead, remove %2 and connect again; the records on this computer stay.</source>
      <translation>%1に作成時のパスフレーズを設定してください。代わりにシステムのキーチェーンを使うには、%2を削除して再接続してください。このコンピューターのレコードは残ります。</translation>
    </message>
    <message>
      <source>Set the clock of this computer, or of the server that made it.</source>
      <translation>このコンピューター、または発行したサーバーの時計を合わせてください。</translation>
    </message>
    <message>
      <source>Set up this %1 in Zoho Books, or name another one in the document.</source>
      <translation>この%1をZoho Booksで設定するか、伝票で別のものを指定してください。</translation>
    </message>
    <message>
      <source>Settings of %1 changed: %2.</source>
      <translation>%1の設定を変更しました: %2。</translation>
    </message>
    <message>
      <source>Sign in as somebody who can open the company's books in the browser, and check the data centre (%1): it is the ending of the address of your Zoho Books.</source>
      <translation>ブラウザーで会社の帳簿を開けるユーザーとしてサインインし、データセンター（%1）を確認してください。Zoho Books のアドレスの末尾です。</translation>
    </message>
    <message>
      <source>Sign in at dashboard.ngrok.com, copy the authtoken and give it to ngrok, or here under Webhooks.</source>
      <translation>dashboard.ngrok.com にサインインして authtoken をコピーし、ngrok かここの「Webhook」に入力してください。</translation>
    </message>
    <message>
      <source>Sign in first.</source>
      <translation>先にサインインしてください。</translation>
    </message>
    <message>
      <source>Sign out of this computer and in again, which starts it afresh, %1</source>
      <translation>このコンピューターからサインアウトして再度サインインし（新たに起動します）、%1</translation>
    </message>
    <message>
      <source>Somebody chose Reject, or the user may not grant it. Sign in again and choose Accept, with a user who has access to the organization.</source>
      <translation>Rejectが選択されたか、ユーザーに許可する権限がありません。組織へのアクセス権を持つユーザーで再度サインインし、Acceptを選択してください。</translation>
    </message>
    <message>
      <source>Something between this computer and Zoho answered instead: a proxy, a network's sign-on page or Zoho's maintenance page. zbdesk tries again by itself.</source>
      <translation>このコンピューターと Zoho の間の何か（プロキシ、ネットワークのサインインページ、または Zoho のメンテナンスページ）が代わりに応答しました。zbdesk は自動で再試行します。</translation>
    </message>
    <message>
      <source>Something that this record names does not exist in Zoho Books any more.</source>
      <translation>このレコードが指定しているものが、Zoho Booksにもう存在しません。</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk.</source>
      <translation>zbdesk内部で予期しない問題が発生しました。</translation>
    </message>
    <message>
      <source>Something unexpected happened inside zbdesk. What is here is safe; the log has the details for a report.</source>
      <translation>zbdesk内部で予期しない問題が発生しました。ここにあるものは安全です。報告用の詳細はログにあります。</translation>
    </message>
    <message>
      <source>Start it again; nothing was changed.</source>
      <translation>もう一度始めてください。何も変更していません。</translation>
    </message>
    <message>
      <source>Start zbdesk, or look under Problems why its listener could not start.</source>
      <translation>zbdesk を起動するか、受信部が起動できなかった理由を「問題」で確認してください。</translation>
    </message>
    <message>
      <source>Starting with the session could not be changed.</source>
      <translation>セッションと同時の起動を変更できませんでした。</translation>
    </message>
    <message>
      <source>Stopped. What has been read so far is kept; the next sync goes on from there.</source>
      <translation>停止しました。読み取り済みのものは残り、次の同期はそこから続きます。</translation>
    </message>
    <message>
      <source>Switch off what rewrites requests: a web application firewall, JSON filters, or a relay that parses bodies.</source>
      <translation>要求を書き換えるものを無効にしてください: Web アプリケーションファイアウォール、JSON フィルター、本文を解析するリレーなど。</translation>
    </message>
    <message>
      <source>Switch sales tax on in Zoho Books, Settings, Taxes.</source>
      <translation>Zoho Books の「設定」の「税金」で売上税を有効にしてください。</translation>
    </message>
    <message>
      <source>Syncing ended before this could be written.</source>
      <translation>書き込む前に同期が終了しました。</translation>
    </message>
    <message>
      <source>Syncing is not running, so this cannot be done now.</source>
      <translation>同期が動いていないため、今は実行できません。</translation>
    </message>
    <message>
      <source>Syncing stopped because of a fault in zbdesk.</source>
      <translation>zbdesk の不具合により同期が停止しました。</translation>
    </message>
    <message>
      <source>Take the action back here.</source>
      <translation>ここで操作を取り消してください。</translation>
    </message>
    <message>
      <source>Take the sign-in or the filter away for /webhooks: Zoho Books cannot sign in there.</source>
      <translation>/webhooks のサインインまたはフィルターを外してください。Zoho Books はそこでサインインできません。</translation>
    </message>
    <message>
      <source>Take the tax off this journal line.</source>
      <translation>この仕訳の行から税金を外してください。</translation>
    </message>
    <message>
      <source>Taking back run %1 of %2 UTC began: %3 records.</source>
      <translation>実行 %1（%2 UTC）の取り消しを開始しました: レコード %3 件。</translation>
    </message>
    <message>
      <source>Text is wanted here.</source>
      <translation>ここにはテキストを指定します。</translation>
    </message>
    <message>
      <source>That address is in use by another ngrok, perhaps on another computer. End it there.</source>
      <translation>そのアドレスは別の ngrok（他のコンピューターかもしれません）が使用中です。そちらで終了してください。</translation>
    </message>
    <message>
      <source>That contact is a %1, this one is a %2.</source>
      <translation>その連絡先は%1ですが、こちらは%2です。</translation>
    </message>
    <message>
      <source>That record stands for another document here.</source>
      <translation>そのレコードは、ここでは別の伝票に対応しています。</translation>
    </message>
    <message>
      <source>That were several sign-ins in a short time.</source>
      <translation>短時間にサインインが重なりました。</translation>
    </message>
    <message>
      <source>The %1 are missing.</source>
      <translation>不足: %1。</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be deleted. Remove the payment there first.</source>
      <translation>Zoho Books で支払済みのため削除できません（%1）。先にそちらで支払を取り除いてください。</translation>
    </message>
    <message>
      <source>The %1 has been paid in Zoho Books and cannot be voided. Remove the payment there first.</source>
      <translation>Zoho Books で支払済みのため無効にできません（%1）。先にそちらで支払を取り除いてください。</translation>
    </message>
    <message>
      <source>The %1 is in a locked period of Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Zoho Books のロックされた期間にあり、そちらでは変更できません（%1）。Zoho の側を採用してください。</translation>
    </message>
    <message>
      <source>The %1 is missing.</source>
      <translation>不足: %1。</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books, and what it would come to cannot be worked out. Change it there.</source>
      <translation>Zoho Books で支払済みで、変更後の額を計算できません（%1）。そちらで変更してください。</translation>
    </message>
    <message>
      <source>The %1 is paid in Zoho Books; its amount cannot change any more. Take Zoho's side.</source>
      <translation>Zoho Books で支払済みのため、金額は変更できません（%1）。Zoho の側を採用してください。</translation>
    </message>
    <message>
      <source>The %1 is partly paid, and the change leaves what was paid in place.</source>
      <translation>一部支払済みですが、この変更で支払は影響を受けません（%1）。</translation>
    </message>
    <message>
      <source>The %1 is void in Zoho Books and cannot be changed there. Take Zoho's side.</source>
      <translation>Zoho Books で無効のため、そちらでは変更できません（%1）。Zoho の側を採用してください。</translation>
    </message>
    <message>
      <source>The %1 “%2” in documents means “%3” in Zoho Books.</source>
      <translation>伝票の%1「%2」は、Zoho Booksでは「%3」を意味します。</translation>
    </message>
    <message>
      <source>The %1 “%2” was deleted in Zoho Books.</source>
      <translation>%1「%2」はZoho Booksで削除されました。</translation>
    </message>
    <message>
      <source>The address %1 cannot be used.</source>
      <translation>アドレス%1は使用できません。</translation>
    </message>
    <message>
      <source>The address does not name the SQLite file.</source>
      <translation>アドレスに SQLite ファイルの指定がありません。</translation>
    </message>
    <message>
      <source>The address does not name the database.</source>
      <translation>アドレスにデータベース名がありません。</translation>
    </message>
    <message>
      <source>The address has the option %1, which is not known here.</source>
      <translation>アドレスに未知のオプション %1 があります。</translation>
    </message>
    <message>
      <source>The address is not used now.</source>
      <translation>アドレスは現在使われていません。</translation>
    </message>
    <message>
      <source>The address leads to another zbdesk, not to this one.</source>
      <translation>アドレスはこの zbdesk ではなく別の zbdesk に通じています。</translation>
    </message>
    <message>
      <source>The address of an SQLite file takes no options.</source>
      <translation>SQLite ファイルのアドレスにオプションは付けられません。</translation>
    </message>
    <message>
      <source>The address of its channel is missing.</source>
      <translation>チャンネルのアドレスがありません。</translation>
    </message>
    <message>
      <source>The address of the database %1 is not in the keychain any more.</source>
      <translation>データベース %1 のアドレスがキーチェーンにありません。</translation>
    </message>
    <message>
      <source>The address of the database cannot be read: its host or port is not written correctly.</source>
      <translation>データベースのアドレスを読み取れません。ホストまたはポートの書き方が正しくありません。</translation>
    </message>
    <message>
      <source>The address of the database does not say which kind of server it is.</source>
      <translation>データベースのアドレスにサーバーの種類がありません。</translation>
    </message>
    <message>
      <source>The address of the database holds a line break or a control character.</source>
      <translation>データベースのアドレスに改行または制御文字が含まれています。</translation>
    </message>
    <message>
      <source>The answer did not come from Zoho Books.</source>
      <translation>応答はZoho Booksからのものではありません。</translation>
    </message>
    <message>
      <source>The answer has no %1. Nothing was changed here; please report it.</source>
      <translation>応答に%1がありません。ここでは何も変更していません。ご報告ください。</translation>
    </message>
    <message>
      <source>The archive could not be saved.</source>
      <translation>アーカイブを保存できませんでした。</translation>
    </message>
    <message>
      <source>The bank line is matched with another account already.</source>
      <translation>この銀行明細はすでに別の勘定科目と照合されています。</translation>
    </message>
    <message>
      <source>The battery is below %1 %. Sync now runs all the same.</source>
      <translation>バッテリー残量が %1 % を下回っています。「今すぐ同期」は実行できます。</translation>
    </message>
    <message>
      <source>The body of the message is changed on its way, so no signature can be right.</source>
      <translation>メッセージの本文が途中で変更されるため、署名が正しくなりません。</translation>
    </message>
    <message>
      <source>The browser needs one of them to hand over the sign-in. Close the other program or a second zbdesk, or enter another port that is registered as redirect in Zoho's API console.</source>
      <translation>ブラウザーがサインインを引き渡すために、いずれか1つが必要です。別のプログラムまたは2つ目のzbdeskを閉じるか、ZohoのAPIコンソールにリダイレクト先として登録した別のポートを入力してください。</translation>
    </message>
    <message>
      <source>The certificate file cannot be used.</source>
      <translation>証明書ファイルを使用できません。</translation>
    </message>
    <message>
      <source>The certificate of %1 %2.</source>
      <translation>%1 の証明書は%2。</translation>
    </message>
    <message>
      <source>The choice cannot be undone any more.</source>
      <translation>この選択はもう元に戻せません。</translation>
    </message>
    <message>
      <source>The choice for %1 cannot be carried out.</source>
      <translation>%1 に対する選択を実行できません。</translation>
    </message>
    <message>
      <source>The client secret is wrong.</source>
      <translation>Client Secretが正しくありません。</translation>
    </message>
    <message>
      <source>The column %1 holds different kinds of values, so it is unclear where the next run begins.</source>
      <translation>列 %1 に異なる種類の値が含まれるため、次の実行の開始位置が不明です。</translation>
    </message>
    <message>
      <source>The connection broke at the end. An INSERT is not repeated by itself; look at the table.</source>
      <translation>最後に接続が切れました。INSERT は自動で繰り返されません。表を確認してください。</translation>
    </message>
    <message>
      <source>The connection ended before Zoho's answer came.</source>
      <translation>Zoho の応答が届く前に接続が終了しました。</translation>
    </message>
    <message>
      <source>The connection or Zoho is slow at the moment. zbdesk tries again by itself.</source>
      <translation>接続またはZohoの応答が現在遅くなっています。zbdeskが自動的に再試行します。</translation>
    </message>
    <message>
      <source>The contact of this document is inactive in Zoho Books.</source>
      <translation>この伝票の連絡先が Zoho Books で無効になっています。</translation>
    </message>
    <message>
      <source>The currency %1 is not set up in Zoho Books.</source>
      <translation>通貨%1がZoho Booksに設定されていません。</translation>
    </message>
    <message>
      <source>The data directory cannot be used.</source>
      <translation>データディレクトリを使用できません。</translation>
    </message>
    <message>
      <source>The database %1 does not accept this user name and password.</source>
      <translation>データベース %1 がこのユーザー名とパスワードを受け付けません。</translation>
    </message>
    <message>
      <source>The database %1 does not allow this.</source>
      <translation>データベース %1 がこれを許可しません。</translation>
    </message>
    <message>
      <source>The database %1 does not answer.</source>
      <translation>データベース %1 が応答しません。</translation>
    </message>
    <message>
      <source>The database %1 is locked by another program.</source>
      <translation>データベース %1 は別のプログラムがロックしています。</translation>
    </message>
    <message>
      <source>The database cannot be written.</source>
      <translation>データベースに書き込めません。</translation>
    </message>
    <message>
      <source>The database does not carry out the query.</source>
      <translation>データベースがクエリを実行しません。</translation>
    </message>
    <message>
      <source>The database gives bytes here. Let the query turn them into text with CAST.</source>
      <translation>データベースがここでバイト列を返します。クエリで CAST によりテキストに変換してください。</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>データベースが破損しています。</translation>
    </message>
    <message>
      <source>The database is in use.</source>
      <translation>データベースは使用中です。</translation>
    </message>
    <message>
      <source>The database keeps this amount as a binary fraction. Let the query round it, as in ROUND(x, 2).</source>
      <translation>データベースがこの金額を二進小数で保持しています。ROUND(x, 2) などでクエリで丸めてください。</translation>
    </message>
    <message>
      <source>The database was made by a newer zbdesk.</source>
      <translation>データベースは新しいバージョンのzbdeskで作成されています。</translation>
    </message>
    <message>
      <source>The demo company found no free port from %1 to %2.</source>
      <translation>デモ会社は %1 から %2 までに空きポートを見つけられませんでした。</translation>
    </message>
    <message>
      <source>The detail of this %1 could not be read: %2</source>
      <translation>%1の詳細を読み取れませんでした: %2</translation>
    </message>
    <message>
      <source>The disk could not be read or written.</source>
      <translation>ディスクの読み取りまたは書き込みができませんでした。</translation>
    </message>
    <message>
      <source>The disk could not be written.</source>
      <translation>ディスクに書き込めませんでした。</translation>
    </message>
    <message>
      <source>The disk is full.</source>
      <translation>ディスクの空きがありません。</translation>
    </message>
    <message>
      <source>The document number is missing: every document needs one.</source>
      <translation>伝票番号がありません。すべての伝票に必要です。</translation>
    </message>
    <message>
      <source>The document says %1%2, its lines come to %3: %4 %5. Rounding does not explain it (%6). Correct the lines, the tax or the total.</source>
      <translation>伝票の金額は %1%2、明細の合計は %3 で、%4 %5。丸めでは説明できません（%6）。明細、税金、または合計を修正してください。</translation>
    </message>
    <message>
      <source>The drive may be unplugged, failing, or a network folder that went away. Check it, then try again.</source>
      <translation>ドライブの取り外しや故障、またはネットワークフォルダーの切断が考えられます。確認してから再試行してください。</translation>
    </message>
    <message>
      <source>The file cannot be read: %1.</source>
      <translation>ファイルを読み取れません: %1。</translation>
    </message>
    <message>
      <source>The first character that does not fit is %1. Choose another encoding, or save the file as UTF-8.</source>
      <translation>合わない最初の文字は %1 です。別のエンコーディングを選ぶか、ファイルを UTF-8 で保存してください。</translation>
    </message>
    <message>
      <source>The first run needs a value for :since.</source>
      <translation>最初の実行には :since の値が必要です。</translation>
    </message>
    <message>
      <source>The folder %1 cannot be watched.</source>
      <translation>フォルダー %1 を監視できません。</translation>
    </message>
    <message>
      <source>The heading “%1” is not in row %2. %3 Correct the file or the mapping.</source>
      <translation>見出し「%1」が %2 行目にありません。%3 ファイルまたはマッピングを修正してください。</translation>
    </message>
    <message>
      <source>The heading “%1” stands over columns %2. Rename one of them, or name the one that is meant in the mapping by its position, as in “#%3”.</source>
      <translation>見出し「%1」が列 %2 にあります。どれかの名前を変えるか、マッピングで「#%3」のように位置で指定してください。</translation>
    </message>
    <message>
      <source>The kept sign-in is damaged.</source>
      <translation>保存されたサインイン情報が破損しています。</translation>
    </message>
    <message>
      <source>The key file cannot be used. Choose another, or make it readable for you alone.</source>
      <translation>鍵ファイルを使用できません。別のものを選ぶか、自分だけが読めるようにしてください。</translation>
    </message>
    <message>
      <source>The keyring</source>
      <translation>キーリング</translation>
    </message>
    <message>
      <source>The last step was taken back and nothing stored earlier is lost. Free some space, then sync again.</source>
      <translation>最後の操作を取り消しました。以前に保存したものは失われていません。空き容量を確保して、再度同期してください。</translation>
    </message>
    <message>
      <source>The line does not say what it is for: give an item or a name.</source>
      <translation>明細の内容がありません。商品または名前を指定してください。</translation>
    </message>
    <message>
      <source>The line was changed after it was written.</source>
      <translation>行が書き込み後に変更されました。</translation>
    </message>
    <message>
      <source>The links of %1 records were forgotten.</source>
      <translation>%1 件のレコードのリンクを破棄しました。</translation>
    </message>
    <message>
      <source>The list of %1 does not end.</source>
      <translation>%1の一覧が終わりません。</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer at port %1.</source>
      <translation>このコンピューターの受信部がポート %1 で応答しません。</translation>
    </message>
    <message>
      <source>The listener on this computer does not answer.</source>
      <translation>このコンピューターの受信部が応答しません。</translation>
    </message>
    <message>
      <source>The log cannot be written.</source>
      <translation>ログを書き込めません。</translation>
    </message>
    <message>
      <source>The macOS Keychain</source>
      <translation>macOS のキーチェーン</translation>
    </message>
    <message>
      <source>The manual is missing.</source>
      <translation>マニュアルがありません。</translation>
    </message>
    <message>
      <source>The mapping %1 cannot be used.</source>
      <translation>マッピング %1 を使用できません。</translation>
    </message>
    <message>
      <source>The mapping %1 of the source %2 is gone.</source>
      <translation>ソース %2 のマッピング %1 がありません。</translation>
    </message>
    <message>
      <source>The meaning of “%1” was taken back.</source>
      <translation>「%1」の意味を取り消しました。</translation>
    </message>
    <message>
      <source>The modules are: %1.</source>
      <translation>モジュールは次のとおりです: %1。</translation>
    </message>
    <message>
      <source>The name %1 is not known.</source>
      <translation>名前 %1 は登録されていません。</translation>
    </message>
    <message>
      <source>The next sync tries it again. If it stays, look at Zoho's status page or report it.</source>
      <translation>次の同期で再試行されます。続く場合は、Zohoのステータスページを確認するか、ご報告ください。</translation>
    </message>
    <message>
      <source>The number may be taken already, or a named record cannot be used here.</source>
      <translation>番号が使用済みか、指定されたレコードをここで使えない可能性があります。</translation>
    </message>
    <message>
      <source>The organization made more calls in a minute than Zoho allows; other programs count too.</source>
      <translation>組織の呼び出しが、Zohoの1分あたりの上限を超えました。他のプログラムの分も含まれます。</translation>
    </message>
    <message>
      <source>The organization's calls for today are used up.</source>
      <translation>本日の組織の呼び出しを使い切りました。</translation>
    </message>
    <message>
      <source>The outcome of %1</source>
      <translation>%1 の結果</translation>
    </message>
    <message>
      <source>The outcomes of %1 documents</source>
      <translation>%1 件の伝票の結果</translation>
    </message>
    <message>
      <source>The passphrase does not open the sealed file.</source>
      <translation>パスフレーズで暗号化ファイルを開けません。</translation>
    </message>
    <message>
      <source>The payment applies %1 to %2, where %3 is open.</source>
      <translation>支払は残額 %3 の %2 に %1 を充当しています。</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>期間の終わりが始まりより前です。</translation>
    </message>
    <message>
      <source>The period is longer than ten years.</source>
      <translation>期間が 10 年を超えています。</translation>
    </message>
    <message>
      <source>The port is taken on the server, or its sshd does not allow forwarding. Choose another port.</source>
      <translation>サーバーのポートが使用中か、sshd が転送を許可していません。別のポートを選んでください。</translation>
    </message>
    <message>
      <source>The primary contact person has another %1.</source>
      <translation>主担当者の値が異なります（%1）。</translation>
    </message>
    <message>
      <source>The program %1 is not installed.</source>
      <translation>プログラム %1 がインストールされていません。</translation>
    </message>
    <message>
      <source>The program ended before this pass did.</source>
      <translation>この処理の前にプログラムが終了しました。</translation>
    </message>
    <message>
      <source>The proxy of this network does not let the test out.</source>
      <translation>このネットワークのプロキシがテストを外へ通しません。</translation>
    </message>
    <message>
      <source>The proxy's address cannot be used.</source>
      <translation>プロキシのアドレスを使用できません。</translation>
    </message>
    <message>
      <source>The public address of the named tunnel is missing.</source>
      <translation>名前付きトンネルの公開アドレスがありません。</translation>
    </message>
    <message>
      <source>The query asks for :since, and no column says where the next run begins.</source>
      <translation>クエリは :since を使いますが、次の実行の開始位置を示す列がありません。</translation>
    </message>
    <message>
      <source>The query does not begin with SELECT.</source>
      <translation>クエリが SELECT で始まっていません。</translation>
    </message>
    <message>
      <source>The query gives more than %1 rows.</source>
      <translation>クエリの結果が %1 行を超えます。</translation>
    </message>
    <message>
      <source>The query gives two columns named %1.</source>
      <translation>クエリに %1 という名前の列が 2 つあります。</translation>
    </message>
    <message>
      <source>The query holds the word %1, which changes something.</source>
      <translation>クエリに、何かを変更する語 %1 が含まれています。</translation>
    </message>
    <message>
      <source>The query locks what it reads.</source>
      <translation>クエリが読み取り対象をロックします。</translation>
    </message>
    <message>
      <source>The query no longer gives the column %1.</source>
      <translation>クエリに列 %1 がなくなりました。</translation>
    </message>
    <message>
      <source>The query no longer gives the columns %1.</source>
      <translation>クエリに列 %1 がなくなりました。</translation>
    </message>
    <message>
      <source>The query took more than %1 seconds and was stopped.</source>
      <translation>クエリが %1 秒を超えたため停止しました。</translation>
    </message>
    <message>
      <source>The query was stopped.</source>
      <translation>クエリを停止しました。</translation>
    </message>
    <message>
      <source>The queue of this target was full.</source>
      <translation>この送信先のキューが満杯でした。</translation>
    </message>
    <message>
      <source>The redirect address is not registered for this client.</source>
      <translation>リダイレクト先のアドレスが、このクライアントに登録されていません。</translation>
    </message>
    <message>
      <source>The relay cannot be reached.</source>
      <translation>リレーに接続できません。</translation>
    </message>
    <message>
      <source>The relay does not take the message (%1).</source>
      <translation>リレーがメッセージを受け付けません（%1）。</translation>
    </message>
    <message>
      <source>The relay has ended the stream.</source>
      <translation>リレーがストリームを終了しました。</translation>
    </message>
    <message>
      <source>The relay has fallen silent.</source>
      <translation>リレーからの応答が途絶えました。</translation>
    </message>
    <message>
      <source>The relay is being asked.</source>
      <translation>リレーに問い合わせています。</translation>
    </message>
    <message>
      <source>The relay is connected.</source>
      <translation>リレーに接続しました。</translation>
    </message>
    <message>
      <source>The relay is in trouble (%1).</source>
      <translation>リレーに問題があります（%1）。</translation>
    </message>
    <message>
      <source>The relay is not asked now.</source>
      <translation>現在リレーには問い合わせていません。</translation>
    </message>
    <message>
      <source>The relay passes events on, but it writes them anew, so they count as hints only.</source>
      <translation>リレーはイベントを中継しますが書き換えるため、手がかりとしてのみ扱われます。</translation>
    </message>
    <message>
      <source>The relay refuses the channel (%1).</source>
      <translation>リレーがチャンネルを拒否します（%1）。</translation>
    </message>
    <message>
      <source>The relay sends us to another address.</source>
      <translation>リレーが別のアドレスへ転送します。</translation>
    </message>
    <message>
      <source>The relay took the question, and it did not come out of the channel.</source>
      <translation>リレーは質問を受け取りましたが、チャンネルから出てきませんでした。</translation>
    </message>
    <message>
      <source>The relay's address leads to an ordinary page.</source>
      <translation>リレーのアドレスが通常のページに通じています。</translation>
    </message>
    <message>
      <source>The rest is kept for what you do yourself; syncing in the background goes on after the organization's midnight.</source>
      <translation>残りは手動操作用に確保されています。バックグラウンドの同期は、組織の午前0時以降に続きます。</translation>
    </message>
    <message>
      <source>The run cannot be rolled back.</source>
      <translation>この実行は取り消せません。</translation>
    </message>
    <message>
      <source>The run stopped before it wrote %1 %2 to %3: %4. That is more than may go without a look: %5. Nothing was written.</source>
      <translation>%3 へ%2 %1 件を書き込む前に実行を停止しました: %4。確認なしに許される量を超えています: %5。何も書き込んでいません。</translation>
    </message>
    <message>
      <source>The running zbdesk has not told how the test went.</source>
      <translation>実行中の zbdesk からテストの結果が届いていません。</translation>
    </message>
    <message>
      <source>The sealed file cannot be opened.</source>
      <translation>暗号化ファイルを開けません。</translation>
    </message>
    <message>
      <source>The sealed file is in use by another program.</source>
      <translation>暗号化ファイルは別のプログラムが使用中です。</translation>
    </message>
    <message>
      <source>The secret of this target is not in the keychain: remove the target and add it again.</source>
      <translation>この送信先のシークレットがキーチェーンにありません。送信先を削除して追加し直してください。</translation>
    </message>
    <message>
      <source>The secure connection to Zoho was refused by this computer.</source>
      <translation>Zohoへの安全な接続が、このコンピューターで拒否されました。</translation>
    </message>
    <message>
      <source>The server gave another answer than a notice.</source>
      <translation>サーバーがお知らせ以外の応答を返しました。</translation>
    </message>
    <message>
      <source>The server is not known here yet. Sign in to it once by hand with ssh and compare its key.</source>
      <translation>このサーバーはまだ登録されていません。一度 ssh で手動でサインインし、鍵を照合してください。</translation>
    </message>
    <message>
      <source>The server is not the one of before. Ask whoever runs it; only then remove its old key from known_hosts.</source>
      <translation>以前のサーバーと異なります。管理者に確認し、その後にのみ known_hosts から古い鍵を削除してください。</translation>
    </message>
    <message>
      <source>The server or the public address that leads to its port is missing.</source>
      <translation>サーバー、またはそのポートに通じる公開アドレスがありません。</translation>
    </message>
    <message>
      <source>The setting %1 must be %2.</source>
      <translation>設定 %1 は%2でなければなりません。</translation>
    </message>
    <message>
      <source>The settings could not be saved.</source>
      <translation>設定を保存できませんでした。</translation>
    </message>
    <message>
      <source>The settings file cannot be read.</source>
      <translation>設定ファイルを読み取れません。</translation>
    </message>
    <message>
      <source>The settings of this connection do not let %1 be %2 in Zoho Books.</source>
      <translation>この接続の設定では、Zoho Booksで%1に対する操作「%2」は許可されていません。</translation>
    </message>
    <message>
      <source>The sign-in could not be kept.</source>
      <translation>サインイン情報を保存できませんでした。</translation>
    </message>
    <message>
      <source>The sign-in did not come about.</source>
      <translation>サインインが成立しませんでした。</translation>
    </message>
    <message>
      <source>The sign-in does not allow zbdesk to set up webhooks.</source>
      <translation>このサインインでは zbdesk が Webhook を設定できません。</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission %1.</source>
      <translation>サインインに権限%1が含まれていません。</translation>
    </message>
    <message>
      <source>The sign-in does not include the permission to delete it (%1).</source>
      <translation>サインインに削除の権限が含まれていません（%1）。</translation>
    </message>
    <message>
      <source>The sign-in has not been finished.</source>
      <translation>サインインが完了していません。</translation>
    </message>
    <message>
      <source>The sign-in in the browser was not finished in time.</source>
      <translation>ブラウザーでのサインインが時間内に完了しませんでした。</translation>
    </message>
    <message>
      <source>The sign-in is in a sealed file, and no passphrase was given.</source>
      <translation>サインイン情報は暗号化ファイルにありますが、パスフレーズが指定されていません。</translation>
    </message>
    <message>
      <source>The sign-in is not in the keychain any more.</source>
      <translation>サインインがキーチェーンにありません。</translation>
    </message>
    <message>
      <source>The sign-in was cancelled.</source>
      <translation>サインインは取り消されました。</translation>
    </message>
    <message>
      <source>The sign-in was sent to an address that does not belong to Zoho.</source>
      <translation>サインイン情報の送信先として、Zohoのものではないアドレスが指定されました。</translation>
    </message>
    <message>
      <source>The signature does not arrive, or the listener that was reached has another secret.</source>
      <translation>署名が届かないか、到達した受信部のシークレットが異なります。</translation>
    </message>
    <message>
      <source>The signed-in user has no access to this organization.</source>
      <translation>サインインしたユーザーに、この組織へのアクセス権がありません。</translation>
    </message>
    <message>
      <source>The signed-in user, or the permissions given at sign-in, do not cover %1.</source>
      <translation>サインインしたユーザー、またはサインイン時に許可した権限では、%1を扱えません。</translation>
    </message>
    <message>
      <source>The spreadsheet shows %1 here: its formula fails. Mend the formula, or enter the value.</source>
      <translation>表がここに %1 を表示しています。数式の誤りです。数式を直すか、値を入力してください。</translation>
    </message>
    <message>
      <source>The statement for writing back does not say which document it is about.</source>
      <translation>書き戻しの文に、どの伝票かの指定がありません。</translation>
    </message>
    <message>
      <source>The statement for writing back has no WHERE.</source>
      <translation>書き戻しの文に WHERE がありません。</translation>
    </message>
    <message>
      <source>The statement for writing back holds the word %1.</source>
      <translation>書き戻しの文に語 %1 が含まれています。</translation>
    </message>
    <message>
      <source>The statement for writing back is neither an UPDATE nor an INSERT.</source>
      <translation>書き戻しの文が UPDATE でも INSERT でもありません。</translation>
    </message>
    <message>
      <source>The statement has more than %1 characters.</source>
      <translation>文が %1 文字を超えています。</translation>
    </message>
    <message>
      <source>The statement holds a NUL character.</source>
      <translation>文に NUL 文字が含まれています。</translation>
    </message>
    <message>
      <source>The statement holds a comment that MySQL carries out.</source>
      <translation>文に MySQL が実行するコメントが含まれています。</translation>
    </message>
    <message>
      <source>The statement holds a question mark.</source>
      <translation>文に疑問符が含まれています。</translation>
    </message>
    <message>
      <source>The statement is empty.</source>
      <translation>文が空です。</translation>
    </message>
    <message>
      <source>The system says: %1.</source>
      <translation>システムの回答: %1。</translation>
    </message>
    <message>
      <source>The system says: %1. Try again.</source>
      <translation>システムの回答: %1。もう一度お試しください。</translation>
    </message>
    <message>
      <source>The table</source>
      <translation>表</translation>
    </message>
    <message>
      <source>The team database does not answer.</source>
      <translation>チームデータベースが応答しません。</translation>
    </message>
    <message>
      <source>The tunnel %1 is not set up to its end.</source>
      <translation>トンネル %1 の設定が完了していません。</translation>
    </message>
    <message>
      <source>The user's role, the organization's plan or the permissions given at sign-in do not cover it. Ask your Zoho Books administrator, or connect again with this part included.</source>
      <translation>ユーザーの役割、組織のプラン、またはサインイン時に許可した権限の対象外です。Zoho Booksの管理者に依頼するか、この部分を含めて再接続してください。</translation>
    </message>
    <message>
      <source>The way from the internet to this computer is open.</source>
      <translation>インターネットからこのコンピューターまでの経路は通じています。</translation>
    </message>
    <message>
      <source>The way there is closed, or too slow.</source>
      <translation>そこへの経路が閉じているか、遅すぎます。</translation>
    </message>
    <message>
      <source>The way to this computer is not tested yet.</source>
      <translation>このコンピューターまでの経路はまだテストされていません。</translation>
    </message>
    <message>
      <source>The webhook listener of this zbdesk does not answer.</source>
      <translation>この zbdesk の Webhook 受信部が応答しません。</translation>
    </message>
    <message>
      <source>There are look, make and vouch.</source>
      <translation>look、make、vouch があります。</translation>
    </message>
    <message>
      <source>There are: %1.</source>
      <translation>あるのは %1 です。</translation>
    </message>
    <message>
      <source>There is a source named %1 already.</source>
      <translation>%1 という名前のソースがすでにあります。</translation>
    </message>
    <message>
      <source>There is more than one statement.</source>
      <translation>文が複数あります。</translation>
    </message>
    <message>
      <source>There is no %1 with the %2 “%3”.</source>
      <translation>%2が「%3」の%1はありません。</translation>
    </message>
    <message>
      <source>There is no %1 “%2” in the books.</source>
      <translation>「%2」は帳簿にありません（%1）。</translation>
    </message>
    <message>
      <source>There is no backup beside it. Move it away and connect again: Zoho Books still has the records.</source>
      <translation>バックアップがありません。ファイルを移動して再接続してください。レコードはZoho Booksに残っています。</translation>
    </message>
    <message>
      <source>There is no code in what was pasted.</source>
      <translation>貼り付けた内容にコードがありません。</translation>
    </message>
    <message>
      <source>There is no conflict %1.</source>
      <translation>競合 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no data centre “%1”.</source>
      <translation>データセンター「%1」はありません。</translation>
    </message>
    <message>
      <source>There is no database %1 among the sources.</source>
      <translation>ソースにデータベース %1 はありません。</translation>
    </message>
    <message>
      <source>There is no database at %1.</source>
      <translation>%1 にデータベースはありません。</translation>
    </message>
    <message>
      <source>There is no dismissed problem %1.</source>
      <translation>却下された問題 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no encoding “%1”; usual ones are utf-8, cp1252, cp1251, shift_jis, gb18030.</source>
      <translation>エンコーディング「%1」はありません。一般的なものは utf-8、cp1252、cp1251、shift_jis、gb18030 です。</translation>
    </message>
    <message>
      <source>There is no event %1 that can be replayed.</source>
      <translation>再生できるイベント %1 はありません。</translation>
    </message>
    <message>
      <source>There is no exchange rate for %1 in Zoho Books.</source>
      <translation>Zoho Booksに%1の為替レートがありません。</translation>
    </message>
    <message>
      <source>There is no file %1.</source>
      <translation>ファイル %1 はありません。</translation>
    </message>
    <message>
      <source>There is no folder %1 to export to.</source>
      <translation>エクスポート先のフォルダー %1 はありません。</translation>
    </message>
    <message>
      <source>There is no import %1.</source>
      <translation>インポート %1 はありません。</translation>
    </message>
    <message>
      <source>There is no keychain on this computer.</source>
      <translation>このコンピューターにキーチェーンがありません。</translation>
    </message>
    <message>
      <source>There is no local database yet.</source>
      <translation>ローカルデータベースがまだありません。</translation>
    </message>
    <message>
      <source>There is no mapping “%1”.</source>
      <translation>マッピング「%1」はありません。</translation>
    </message>
    <message>
      <source>There is no module %1.</source>
      <translation>モジュール %1 はありません。</translation>
    </message>
    <message>
      <source>There is no open problem %1.</source>
      <translation>未解決の問題 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no problem %1.</source>
      <translation>問題 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no public address yet.</source>
      <translation>公開アドレスがまだありません。</translation>
    </message>
    <message>
      <source>There is no run %1.</source>
      <translation>実行 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no side %1.</source>
      <translation>側 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no source %1.</source>
      <translation>ソース %1 はありません。</translation>
    </message>
    <message>
      <source>There is no such record in Zoho Books.</source>
      <translation>Zoho Booksにそのようなレコードはありません。</translation>
    </message>
    <message>
      <source>There is no target %1.</source>
      <translation>送信先 %1 はありません。</translation>
    </message>
    <message>
      <source>There is no token named %1.</source>
      <translation>%1 という名前のトークンはありません。</translation>
    </message>
    <message>
      <source>There is no value for :%1.</source>
      <translation>:%1 の値がありません。</translation>
    </message>
    <message>
      <source>There is none with this id: see `zbdesk webhooks deliveries`.</source>
      <translation>この ID のものはありません。`zbdesk webhooks deliveries` を参照してください。</translation>
    </message>
    <message>
      <source>These are still in Zoho Books: %1. Remove them there under Settings, Automation.</source>
      <translation>次のものがまだ Zoho Books にあります: %1。「設定」の「自動化」で削除してください。</translation>
    </message>
    <message>
      <source>They are on: %1. Name one of them in the mapping as “sheet”.</source>
      <translation>次のシートにあります: %1。マッピングで「sheet」としてどれかを指定してください。</translation>
    </message>
    <message>
      <source>They are recognised in another way; see `zbdesk recognition`.</source>
      <translation>別の方法で識別されます。`zbdesk recognition` を参照してください。</translation>
    </message>
    <message>
      <source>This %1 stands %2 times in Zoho Books.</source>
      <translation>この%1はZoho Booksに%2件あります。</translation>
    </message>
    <message>
      <source>This %1 was deleted in Zoho Books.</source>
      <translation>この%1はZoho Booksで削除されました。</translation>
    </message>
    <message>
      <source>This address belongs to another sign-in.</source>
      <translation>このアドレスは別のサインインのものです。</translation>
    </message>
    <message>
      <source>This address cannot be used.</source>
      <translation>このアドレスは使用できません。</translation>
    </message>
    <message>
      <source>This amount has two minus signs; one is enough.</source>
      <translation>この金額にマイナス記号が 2 つあります。1 つで十分です。</translation>
    </message>
    <message>
      <source>This amount is in %1, the document in %2.</source>
      <translation>この金額は %1、伝票は %2 です。</translation>
    </message>
    <message>
      <source>This amount is merged over rows %1 to %2. Take the merging back and write into each row what belongs to it.</source>
      <translation>この金額は %1 行目から %2 行目まで結合されています。結合を解除し、各行にその値を入力してください。</translation>
    </message>
    <message>
      <source>This cannot be saved.</source>
      <translation>保存できません。</translation>
    </message>
    <message>
      <source>This computer has slept. Syncing goes on as soon as Zoho Books answers.</source>
      <translation>このコンピューターはスリープしていました。Zoho Booksが応答すると、すぐに同期が続きます。</translation>
    </message>
    <message>
      <source>This computer is not connected to Zoho Books.</source>
      <translation>このコンピューターは Zoho Books に接続されていません。</translation>
    </message>
    <message>
      <source>This computer is on a metered connection. Sync now runs all the same.</source>
      <translation>このコンピューターは従量制課金接続を使用しています。「今すぐ同期」は実行できます。</translation>
    </message>
    <message>
      <source>This computer's clock is %1 ahead.</source>
      <translation>このコンピューターの時計は%1進んでいます。</translation>
    </message>
    <message>
      <source>This computer's clock is %1 behind.</source>
      <translation>このコンピューターの時計は%1遅れています。</translation>
    </message>
    <message>
      <source>This computer's clock is wrong.</source>
      <translation>このコンピューターの時計が合っていません。</translation>
    </message>
    <message>
      <source>This connection only reads, so %1 cannot be %2 in Zoho Books.</source>
      <translation>この接続は読み取り専用のため、Zoho Booksで%1に対する操作「%2」は行えません。</translation>
    </message>
    <message>
      <source>This connection only reads.</source>
      <translation>この接続は読み取り専用です。</translation>
    </message>
    <message>
      <source>This data directory is in use by %1.</source>
      <translation>このデータディレクトリは使用中です: %1。</translation>
    </message>
    <message>
      <source>This database belongs to another program.</source>
      <translation>このデータベースは別のプログラムのものです。</translation>
    </message>
    <message>
      <source>This does not belong to %1.</source>
      <translation>これは %1 のものではありません。</translation>
    </message>
    <message>
      <source>This formula was never calculated, so the file holds no value for it. Open the file in the spreadsheet program, save it there and import it again.</source>
      <translation>この数式は一度も計算されていないため、ファイルに値がありません。表計算プログラムで開いて保存し、取り込み直してください。</translation>
    </message>
    <message>
      <source>This has changed since the form was opened. Open it again to see what it is now.</source>
      <translation>フォームを開いた後に変更されました。開き直して現在の内容を確認してください。</translation>
    </message>
    <message>
      <source>This import cannot be taken back.</source>
      <translation>このインポートは取り消せません。</translation>
    </message>
    <message>
      <source>This is TRUE or FALSE where an amount is wanted.</source>
      <translation>金額の場所に TRUE または FALSE があります。</translation>
    </message>
    <message>
      <source>This is a date where an amount is wanted; the spreadsheet may have turned 3.4 into one.</source>
      <translation>金額の場所に日付があります。表計算プログラムが 3.4 を日付に変えた可能性があります。</translation>
    </message>
    <message>
      <source>This is a percentage where an amount is wanted.</source>
      <translation>金額の場所に百分率があります。</translation>
    </message>
    <message>
      <source>This is another run by now.</source>
      <translation>すでに別の実行です。</translation>
    </message>
    <message>
      <source>This is no name of a %1.</source>
      <translation>名前として使えません（%1）。</translation>
    </message>
    <message>
      <source>This is not a number. Let the query leave it out.</source>
      <translation>数値ではありません。クエリで除いてください。</translation>
    </message>
    <message>
      <source>This is not an amount; write it like 1234.50.</source>
      <translation>金額ではありません。1234.50 のように書いてください。</translation>
    </message>
    <message>
      <source>This is scientific notation, which has lost digits. Format the column as a number.</source>
      <translation>指数表記のため桁が失われています。列を数値形式にしてください。</translation>
    </message>
    <message>
      <source>This names no record.</source>
      <translation>レコードが指定されていません。</translation>
    </message>
    <message>
      <source>This number stands in row %1 too. Give each document a number of its own, or say in the mapping that several rows are one document (row_per_line).</source>
      <translation>この番号は %1 行目にもあります。伝票ごとに別の番号を付けるか、複数行で 1 つの伝票であることをマッピングで指定してください（row_per_line）。</translation>
    </message>
    <message>
      <source>This organization is in use now.</source>
      <translation>この組織が使用中になりました。</translation>
    </message>
    <message>
      <source>This organization is not known on this computer any more.</source>
      <translation>この組織はもうこのコンピューターに登録されていません。</translation>
    </message>
    <message>
      <source>This record does not exist in Zoho Books.</source>
      <translation>このレコードはZoho Booksに存在しません。</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books already.</source>
      <translation>このレコードはすでに Zoho Books で削除されています。</translation>
    </message>
    <message>
      <source>This record is deleted in Zoho Books.</source>
      <translation>このレコードは Zoho Books で削除されています。</translation>
    </message>
    <message>
      <source>This record is in Zoho Books already.</source>
      <translation>このレコードはすでにZoho Booksにあります。</translation>
    </message>
    <message>
      <source>This record is not here any more.</source>
      <translation>このレコードはもうここにありません。</translation>
    </message>
    <message>
      <source>This row has %1 values under %2 headings: one of them contains the separator “%3” and is not in quotation marks. Put it in quotation marks, or save the file with another separator.</source>
      <translation>この行には %2 個の見出しに対して %1 個の値があります。区切り文字「%3」を含む値が引用符で囲まれていません。引用符で囲むか、別の区切り文字で保存してください。</translation>
    </message>
    <message>
      <source>This row is separated by “%1” while the headings are separated by “%2”. Save the whole file with one separator.</source>
      <translation>この行は「%1」、見出しは「%2」で区切られています。ファイル全体を 1 つの区切り文字で保存してください。</translation>
    </message>
    <message>
      <source>This run is not over yet.</source>
      <translation>この実行はまだ終わっていません。</translation>
    </message>
    <message>
      <source>This run wrote nothing to Zoho Books.</source>
      <translation>この実行は Zoho Books に何も書き込みませんでした。</translation>
    </message>
    <message>
      <source>This text is too long for an amount.</source>
      <translation>金額としては長すぎるテキストです。</translation>
    </message>
    <message>
      <source>This user has no organization in Zoho Books.</source>
      <translation>このユーザーは Zoho Books に組織がありません。</translation>
    </message>
    <message>
      <source>This usually passes. If it stays, check in Zoho that the user still has access to the organization.</source>
      <translation>通常は自然に解消します。続く場合は、ユーザーに組織へのアクセス権があるかZohoでご確認ください。</translation>
    </message>
    <message>
      <source>Too many programs ask this organization at the same time.</source>
      <translation>多くのプログラムが同時にこの組織へ照会しています。</translation>
    </message>
    <message>
      <source>Too many sign-ins or renewals in a short time. Try again in %1 minutes; the sign-in itself is in order.</source>
      <translation>短時間にサインインまたは更新が多すぎました。%1分後に再試行してください。サインイン自体は正常です。</translation>
    </message>
    <message>
      <source>Two currencies stand beside this amount; one is enough.</source>
      <translation>この金額に通貨が 2 つあります。1 つで十分です。</translation>
    </message>
    <message>
      <source>Unencrypted http is accepted on this computer only (127.0.0.1, localhost).</source>
      <translation>暗号化されない http はこのコンピューターでのみ使えます（127.0.0.1、localhost）。</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 minutes.</source>
      <translation>それまで zbdesk は %1 分ごとに確認します。</translation>
    </message>
    <message>
      <source>Until they do, zbdesk looks every %1 seconds.</source>
      <translation>それまで zbdesk は %1 秒ごとに確認します。</translation>
    </message>
    <message>
      <source>Use .csv, .xlsx, .json, .jsonl or .sqlite.</source>
      <translation>.csv、.xlsx、.json、.jsonl、.sqlite のいずれかを使ってください。</translation>
    </message>
    <message>
      <source>Use a public one, such as Let's Encrypt gives.</source>
      <translation>Let's Encrypt などの公的な証明書を使ってください。</translation>
    </message>
    <message>
      <source>Use one of %1.</source>
      <translation>%1 のいずれかを使ってください。</translation>
    </message>
    <message>
      <source>Wait %1 seconds before the next one: Zoho blocks a user after too many.</source>
      <translation>次のサインインまで %1 秒お待ちください。多すぎると Zoho がユーザーをブロックします。</translation>
    </message>
    <message>
      <source>Wait for the answer, then undo it as a new change.</source>
      <translation>応答を待ってから、新しい変更として元に戻してください。</translation>
    </message>
    <message>
      <source>Wait for the answer.</source>
      <translation>応答をお待ちください。</translation>
    </message>
    <message>
      <source>Wait until the program that writes it has finished, and try again.</source>
      <translation>書き込んでいるプログラムが終わるまで待って、もう一度お試しください。</translation>
    </message>
    <message>
      <source>Webhook events with a wrong signature arrive; they are refused.</source>
      <translation>署名の誤った Webhook イベントが届いています。拒否されます。</translation>
    </message>
    <message>
      <source>Webhooks are not set up.</source>
      <translation>Webhook が設定されていません。</translation>
    </message>
    <message>
      <source>Webhooks arrive again. They were away for %1; %2 found by looking, nothing was missed.</source>
      <translation>Webhook が再び届いています。%1途絶えていました。確認により%2見つかり、漏れはありません。</translation>
    </message>
    <message>
      <source>Webhooks arrive.</source>
      <translation>Webhook が届いています。</translation>
    </message>
    <message>
      <source>Webhooks cannot arrive: port %1 is in use by another program.</source>
      <translation>Webhook が届きません。ポート %1 を別のプログラムが使用しています。</translation>
    </message>
    <message>
      <source>Webhooks do not arrive: %1</source>
      <translation>Webhook が届きません: %1</translation>
    </message>
    <message>
      <source>Webhooks missed changes, and none has arrived since.</source>
      <translation>Webhook に漏れた変更があり、その後 1 件も届いていません。</translation>
    </message>
    <message>
      <source>What it comes to is worked out by Zoho Books when it arrives.</source>
      <translation>金額は到着時に Zoho Books が計算します。</translation>
    </message>
    <message>
      <source>What was found about new versions is not from us.</source>
      <translation>新しいバージョンとして見つかったものは当方のものではありません。</translation>
    </message>
    <message>
      <source>What was saved before is untouched.</source>
      <translation>以前に保存したものはそのままです。</translation>
    </message>
    <message>
      <source>What was there before is untouched.</source>
      <translation>以前そこにあったものはそのままです。</translation>
    </message>
    <message>
      <source>Without one it would change every row of the table.</source>
      <translation>それがないと表の全行が変更されます。</translation>
    </message>
    <message>
      <source>Write a .csv file, or filter first. Nothing was written.</source>
      <translation>.csv ファイルにするか、先に絞り込んでください。何も書き込んでいません。</translation>
    </message>
    <message>
      <source>Write it as 2026-11-20.</source>
      <translation>2026-11-20 のように書いてください。</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"%2": "..."}, "%3": "12.50"}.</source>
      <translation>{"%1": {"%2": "..."}, "%3": "12.50"} のように書いてください。</translation>
    </message>
    <message>
      <source>Write it as in {"%1": {"number": "..."}, "amount_applied": "12.50"}.</source>
      <translation>{"%1": {"number": "..."}, "amount_applied": "12.50"} のように書いてください。</translation>
    </message>
    <message>
      <source>Write it as sqlite:///path/to/file.db, postgresql://user:password@host/name or mysql://user:password@host/name.</source>
      <translation>sqlite:///path/to/file.db、postgresql://user:password@host/name、または mysql://user:password@host/name のように書いてください。</translation>
    </message>
    <message>
      <source>Write one SELECT.</source>
      <translation>SELECT を 1 つ書いてください。</translation>
    </message>
    <message>
      <source>Write one UPDATE with :source_id in its WHERE, or one INSERT.</source>
      <translation>WHERE に :source_id を含む UPDATE を 1 つ、または INSERT を 1 つ書いてください。</translation>
    </message>
    <message>
      <source>Write only one: a semicolon may stand at the end, nowhere else.</source>
      <translation>1 つだけ書いてください。セミコロンは末尾にのみ置けます。</translation>
    </message>
    <message>
      <source>Write sqlite:///path/to/file.db.</source>
      <translation>sqlite:///path/to/file.db のように書いてください。</translation>
    </message>
    <message>
      <source>Writing back touched %1 for the document %2.</source>
      <translation>伝票 %2 の書き戻しの対象は%1でした。</translation>
    </message>
    <message>
      <source>XLSX or ODS</source>
      <translation>XLSX または ODS</translation>
    </message>
    <message>
      <source>Your ngrok account allows no second agent. End the other one, or choose another tunnel.</source>
      <translation>ngrok のアカウントでは 2 つ目のエージェントを使えません。もう一方を終了するか、別のトンネルを選んでください。</translation>
    </message>
    <message>
      <source>Your own address is used.</source>
      <translation>自分のアドレスが使われています。</translation>
    </message>
    <message>
      <source>Zoho (%1) answered “%2”. Try again; if it stays, check client ID, secret and data centre.</source>
      <translation>Zoho (%1)から「%2」と返されました。再試行し、続く場合はClient ID、シークレット、データセンターをご確認ください。</translation>
    </message>
    <message>
      <source>Zoho (%1) knows the client ID, but not with this secret. Copy it again from the API console; without the switch for all data centres each one has its own secret.</source>
      <translation>Zoho (%1)にこのClient IDはありますが、シークレットが一致しません。APIコンソールから再度コピーしてください。全データセンター共通の設定をオンにしていない場合、シークレットはデータセンターごとに異なります。</translation>
    </message>
    <message>
      <source>Zoho Books already has a record with this %1.</source>
      <translation>この%1のレコードはすでにZoho Booksにあります。</translation>
    </message>
    <message>
      <source>Zoho Books answered about %1 in a form that zbdesk does not know.</source>
      <translation>%1についてのZoho Booksの応答は、zbdeskの知らない形式でした。</translation>
    </message>
    <message>
      <source>Zoho Books asked for a pause until %1 UTC.</source>
      <translation>Zoho BooksがUTC %1までの一時停止を求めました。</translation>
    </message>
    <message>
      <source>Zoho Books asks for a pause until %1 UTC.</source>
      <translation>Zoho BooksがUTC %1までの一時停止を求めています。</translation>
    </message>
    <message>
      <source>Zoho Books comes to %1, the source says %2.</source>
      <translation>Zoho Booksの計算は%1、ソースの値は%2です。</translation>
    </message>
    <message>
      <source>Zoho Books did not accept the way %1 was asked for.</source>
      <translation>%1の照会方法がZoho Booksに受け付けられませんでした。</translation>
    </message>
    <message>
      <source>Zoho Books did not accept this.</source>
      <translation>Zoho Booksに受け付けられませんでした。</translation>
    </message>
    <message>
      <source>Zoho Books did not keep what was sent: %1.</source>
      <translation>送信した内容の一部がZoho Booksに保存されませんでした: %1。</translation>
    </message>
    <message>
      <source>Zoho Books did not take it yet; it is tried again with the next sync.</source>
      <translation>Zoho Books はまだ受け付けていません。次の同期で再試行します。</translation>
    </message>
    <message>
      <source>Zoho Books did not take it: %1</source>
      <translation>Zoho Books が受け付けませんでした: %1</translation>
    </message>
    <message>
      <source>Zoho Books does not allow access to %1.</source>
      <translation>Zoho Booksが%1へのアクセスを許可していません。</translation>
    </message>
    <message>
      <source>Zoho Books does not let %1 be %2 by other programs.</source>
      <translation>Zoho Booksでは、他のプログラムから%1に対して操作「%2」を行えません。</translation>
    </message>
    <message>
      <source>Zoho Books fails each time this %1 is sent.</source>
      <translation>この%1を送信するたびに、Zoho Booksが失敗します。</translation>
    </message>
    <message>
      <source>Zoho Books has a fault at the moment.</source>
      <translation>Zoho Booksに現在障害が発生しています。</translation>
    </message>
    <message>
      <source>Zoho Books has more than one %1 that could be “%2”.</source>
      <translation>Zoho Booksに「%2」に当たる可能性のある%1が複数あります。</translation>
    </message>
    <message>
      <source>Zoho Books has no %1 “%2”.</source>
      <translation>Zoho Booksに%1「%2」がありません。</translation>
    </message>
    <message>
      <source>Zoho Books has no action “%1” for %2.</source>
      <translation>Zoho Booksの%2に操作「%1」はありません。</translation>
    </message>
    <message>
      <source>Zoho Books has no exchange rate for %1.</source>
      <translation>Zoho Books に %1 の為替レートがありません。</translation>
    </message>
    <message>
      <source>Zoho Books has no such %1.</source>
      <translation>Zoho Booksにそのような%1はありません。</translation>
    </message>
    <message>
      <source>Zoho Books has no way from %1 back to %2.</source>
      <translation>Zoho Books では %1 から %2 に戻せません。</translation>
    </message>
    <message>
      <source>Zoho Books has none to choose from.</source>
      <translation>Zoho Books に選べるものがありません。</translation>
    </message>
    <message>
      <source>Zoho Books has not said whether the %1 %2 was made.</source>
      <translation>作成されたかどうか Zoho Books から回答がありません（%1 %2）。</translation>
    </message>
    <message>
      <source>Zoho Books holds something else by now; it stands under Conflicts.</source>
      <translation>Zoho Books の内容が変わっています。「競合」にあります。</translation>
    </message>
    <message>
      <source>Zoho Books keeps the two apart.</source>
      <translation>Zoho Booksでは2つは別のものです。</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again.</source>
      <translation>Zoho Booksへの再サインインが必要です。</translation>
    </message>
    <message>
      <source>Zoho Books must be signed in again. Nothing was asked for.</source>
      <translation>Zoho Booksへの再サインインが必要です。照会は行っていません。</translation>
    </message>
    <message>
      <source>Zoho could not be reached.</source>
      <translation>Zohoに接続できませんでした。</translation>
    </message>
    <message>
      <source>Zoho did not accept the code.</source>
      <translation>Zohoがコードを受け付けませんでした。</translation>
    </message>
    <message>
      <source>Zoho did not answer within %1 seconds.</source>
      <translation>Zohoが%1秒以内に応答しませんでした。</translation>
    </message>
    <message>
      <source>Zoho does not accept a sign-in from there. Set date, time and time zone, best by itself over the network, and sign in again.</source>
      <translation>Zoho はその場所からのサインインを受け付けません。日付、時刻、タイムゾーンを（できればネットワークで自動的に）設定し、もう一度サインインしてください。</translation>
    </message>
    <message>
      <source>Zoho does not grant the permissions that were asked for.</source>
      <translation>要求した権限がZohoに許可されませんでした。</translation>
    </message>
    <message>
      <source>Zoho does not know this client ID.</source>
      <translation>ZohoにこのClient IDはありません。</translation>
    </message>
    <message>
      <source>Zoho gave no lasting permission.</source>
      <translation>Zohoから継続的な権限が得られませんでした。</translation>
    </message>
    <message>
      <source>Zoho gave no reason.</source>
      <translation>Zohoから理由は示されていません。</translation>
    </message>
    <message>
      <source>Zoho no longer accepts this sign-in.</source>
      <translation>Zohoがこのサインインを受け付けなくなりました。</translation>
    </message>
    <message>
      <source>Zoho no longer knows this client.</source>
      <translation>Zohoにこのクライアントはもうありません。</translation>
    </message>
    <message>
      <source>Zoho refused a sign-in that it has just renewed.</source>
      <translation>更新したばかりのサインインがZohoに拒否されました。</translation>
    </message>
    <message>
      <source>Zoho says: %1</source>
      <translation>Zoho の回答: %1</translation>
    </message>
    <message>
      <source>Zoho says: %1 (code %2). This is a fault in zbdesk; please report it.</source>
      <translation>Zohoの応答: %1 (コード %2)。zbdeskの不具合です。ご報告ください。</translation>
    </message>
    <message>
      <source>Zoho sent page %1 again as the page after it. Nothing here was changed by that; it is read again in the next pass.</source>
      <translation>Zoho がページ %1 を次のページとして再度送ってきました。ここでは何も変わっていません。次の処理で読み直します。</translation>
    </message>
    <message>
      <source>Zoho was not told. End the sign-in there: %1, Sessions, Connected Apps.</source>
      <translation>Zoho には通知されていません。そちらでサインインを終了してください: %1、Sessions、Connected Apps。</translation>
    </message>
    <message>
      <source>Zoho's answer does not hold the record.</source>
      <translation>Zoho の応答にレコードがありません。</translation>
    </message>
    <message>
      <source>Zoho's answer was a fault that does not say whether it was done.</source>
      <translation>Zoho の応答はエラーで、実行されたかどうか不明です。</translation>
    </message>
    <message>
      <source>Zoho's certificate is not accepted here. Check this computer's date and time; in a company network ask whether its own certificate must be installed.</source>
      <translation>Zohoの証明書がここで受け付けられません。このコンピューターの日付と時刻をご確認ください。社内ネットワークの場合は、独自の証明書のインストールが必要かお問い合わせください。</translation>
    </message>
    <message>
      <source>Zoho's sign-in server asks for a pause.</source>
      <translation>Zohoのサインインサーバーが一時停止を求めています。</translation>
    </message>
    <message>
      <source>Zoho's sign-in server gave no usable answer.</source>
      <translation>Zohoのサインインサーバーから有効な応答が得られませんでした。</translation>
    </message>
    <message>
      <source>`zbdesk interface tokens` lists them.</source>
      <translation>`zbdesk interface tokens` で一覧できます。</translation>
    </message>
    <message>
      <source>`zbdesk runs` lists them.</source>
      <translation>`zbdesk runs` で一覧できます。</translation>
    </message>
    <message>
      <source>`zbdesk sources` lists them.</source>
      <translation>`zbdesk sources` で一覧できます。</translation>
    </message>
    <message>
      <source>`zbdesk webhooks events` lists what is here; only events that name a record can be looked at again.</source>
      <translation>`zbdesk webhooks events` でここにあるものを一覧できます。レコードを示すイベントだけ再確認できます。</translation>
    </message>
    <message>
      <source>a JSON file (which `zbdesk put` takes)</source>
      <translation>JSON ファイル（`zbdesk put` で使えます）</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>PDF 文書</translation>
    </message>
    <message>
      <source>a compressed archive</source>
      <translation>圧縮アーカイブ</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>データベース</translation>
    </message>
    <message>
      <source>a list of one to ten ports between 1024 and 65535</source>
      <translation>1024 から 65535 までのポート 1～10 個のリスト</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>数値</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>画像</translation>
    </message>
    <message>
      <source>a pull relay</source>
      <translation>プル型リレー</translation>
    </message>
    <message>
      <source>a rate</source>
      <translation>レート</translation>
    </message>
    <message>
      <source>a smee relay, whose events are hints only</source>
      <translation>smee リレー（イベントは手がかりのみ）</translation>
    </message>
    <message>
      <source>a table</source>
      <translation>表</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>テキスト文書</translation>
    </message>
    <message>
      <source>a web page with a spreadsheet's name</source>
      <translation>表の名前が付いた Web ページ</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>整数</translation>
    </message>
    <message>
      <source>about a field that zbdesk writes</source>
      <translation>zbdesk が書き込むフィールドについて</translation>
    </message>
    <message>
      <source>an XML file</source>
      <translation>XML ファイル</translation>
    </message>
    <message>
      <source>an account</source>
      <translation>勘定科目</translation>
    </message>
    <message>
      <source>an amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>another zbdesk</source>
      <translation>別の zbdesk</translation>
    </message>
    <message>
      <source>another zbdesk (process %1)</source>
      <translation>別の zbdesk（プロセス %1）</translation>
    </message>
    <message>
      <source>another zbdesk (process %1) since %2 UTC</source>
      <translation>%2 UTC からの別の zbdesk（プロセス %1）</translation>
    </message>
    <message>
      <source>another zbdesk since %1 UTC</source>
      <translation>%1 UTC からの別の zbdesk</translation>
    </message>
    <message>
      <source>as much as may lie here</source>
      <translation>ここに置ける上限まで</translation>
    </message>
    <message>
      <source>both, pull or push</source>
      <translation>both、pull、push のいずれか</translation>
    </message>
    <message>
      <source>byte %1 after line %2</source>
      <translation>%2 行目の後のバイト %1</translation>
    </message>
    <message>
      <source>cannot hold: this relay writes bodies anew</source>
      <translation>成立しません: このリレーは本文を書き換えます</translation>
    </message>
    <message>
      <source>certificate good</source>
      <translation>証明書は有効</translation>
    </message>
    <message>
      <source>certificate good until %1 %2 %3</source>
      <translation>証明書は %1 %2 %3 まで有効</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>カンマ</translation>
    </message>
    <message>
      <source>comment</source>
      <translation>コメント</translation>
    </message>
    <message>
      <source>created</source>
      <translation>作成</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>顧客</translation>
    </message>
    <message>
      <source>day-month-year</source>
      <translation>日-月-年</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>dollar-quoted text</source>
      <translation>ドル記号で囲んだテキスト</translation>
    </message>
    <message>
      <source>each part must be an object.</source>
      <translation>各部分はオブジェクトでなければなりません。</translation>
    </message>
    <message>
      <source>ends in an authority that is not public</source>
      <translation>公的でない認証局に行き着きます</translation>
    </message>
    <message>
      <source>found at %1</source>
      <translation>%1 で発見</translation>
    </message>
    <message>
      <source>has expired</source>
      <translation>期限切れです</translation>
    </message>
    <message>
      <source>is for another address</source>
      <translation>別のアドレス用です</translation>
    </message>
    <message>
      <source>is for another name</source>
      <translation>別の名前用です</translation>
    </message>
    <message>
      <source>is from an authority that is not known here</source>
      <translation>ここで登録されていない認証局のものです</translation>
    </message>
    <message>
      <source>is not accepted</source>
      <translation>受け付けられません</translation>
    </message>
    <message>
      <source>is not valid yet</source>
      <translation>まだ有効ではありません</translation>
    </message>
    <message>
      <source>is self-signed, which Zoho Books does not accept</source>
      <translation>自己署名のため、Zoho Books が受け付けません</translation>
    </message>
    <message>
      <source>it cannot be read</source>
      <translation>読み取れません</translation>
    </message>
    <message>
      <source>it does not answer</source>
      <translation>応答しません</translation>
    </message>
    <message>
      <source>it does not say which %1.</source>
      <translation>どれかが示されていません（%1）。</translation>
    </message>
    <message>
      <source>it is not PEM</source>
      <translation>PEM ではありません</translation>
    </message>
    <message>
      <source>it is not TOML</source>
      <translation>TOML ではありません</translation>
    </message>
    <message>
      <source>it is not UTF-8 text</source>
      <translation>UTF-8 テキストではありません</translation>
    </message>
    <message>
      <source>it is not trusted</source>
      <translation>信頼されていません</translation>
    </message>
    <message>
      <source>it needs an amount above zero.</source>
      <translation>ゼロより大きい金額が必要です。</translation>
    </message>
    <message>
      <source>it takes no connection</source>
      <translation>接続を受け付けません</translation>
    </message>
    <message>
      <source>it took too long</source>
      <translation>時間がかかりすぎました</translation>
    </message>
    <message>
      <source>its address has no usable port</source>
      <translation>アドレスに使えるポートがありません</translation>
    </message>
    <message>
      <source>its address must look like http://proxy.example.com:8080</source>
      <translation>アドレスは http://proxy.example.com:8080 のような形式です</translation>
    </message>
    <message>
      <source>its status</source>
      <translation>ステータス</translation>
    </message>
    <message>
      <source>less</source>
      <translation>不足</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>%1 行目</translation>
    </message>
    <message>
      <source>line %1 is not TOML</source>
      <translation>%1 行目が TOML ではありません</translation>
    </message>
    <message>
      <source>line %1 of %2</source>
      <translation>%2 の %1 行目</translation>
    </message>
    <message>
      <source>line by line</source>
      <translation>明細ごと</translation>
    </message>
    <message>
      <source>line items</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>lines</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>linked</source>
      <translation>リンク</translation>
    </message>
    <message>
      <source>local, remote or ask</source>
      <translation>local、remote、ask のいずれか</translation>
    </message>
    <message>
      <source>looked up by the proxy</source>
      <translation>プロキシが検索</translation>
    </message>
    <message>
      <source>memory of this process only</source>
      <translation>このプロセスのメモリのみ</translation>
    </message>
    <message>
      <source>month-day-year</source>
      <translation>月-日-年</translation>
    </message>
    <message>
      <source>more</source>
      <translation>超過</translation>
    </message>
    <message>
      <source>names of sources with commas between them</source>
      <translation>コンマ区切りのソース名</translation>
    </message>
    <message>
      <source>new</source>
      <translation>新規</translation>
    </message>
    <message>
      <source>no answer; a firewall may be in between</source>
      <translation>応答なし。途中にファイアウォールがある可能性があります</translation>
    </message>
    <message>
      <source>no connection</source>
      <translation>接続なし</translation>
    </message>
    <message>
      <source>no row</source>
      <translation>0 行</translation>
    </message>
    <message>
      <source>no secure connection came about</source>
      <translation>安全な接続を確立できませんでした</translation>
    </message>
    <message>
      <source>not needed on this computer</source>
      <translation>このコンピューターでは不要</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>one of %1</source>
      <translation>%1 のいずれか</translation>
    </message>
    <message>
      <source>or set %1 to keep secrets in a file sealed with a passphrase instead.</source>
      <translation>または %1 を設定して、パスフレーズで封印したファイルにシークレットを保存してください。</translation>
    </message>
    <message>
      <source>point</source>
      <translation>ピリオド</translation>
    </message>
    <message>
      <source>port %1, this computer only</source>
      <translation>ポート %1、このコンピューターのみ</translation>
    </message>
    <message>
      <source>readable JSON</source>
      <translation>読み取れる JSON</translation>
    </message>
    <message>
      <source>readable row</source>
      <translation>読み取れる行</translation>
    </message>
    <message>
      <source>record</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>records</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>rounded at the end</source>
      <translation>最後に丸め</translation>
    </message>
    <message>
      <source>status %1</source>
      <translation>ステータス %1</translation>
    </message>
    <message>
      <source>tax on the sum</source>
      <translation>合計に対する税</translation>
    </message>
    <message>
      <source>tax with all decimals</source>
      <translation>全小数桁での税</translation>
    </message>
    <message>
      <source>text in quotes</source>
      <translation>引用符で囲んだテキスト</translation>
    </message>
    <message>
      <source>text such as %1</source>
      <translation>%1 のようなテキスト</translation>
    </message>
    <message>
      <source>the connection was cut</source>
      <translation>接続が切断されました</translation>
    </message>
    <message>
      <source>the keychain entry</source>
      <translation>キーチェーンの項目</translation>
    </message>
    <message>
      <source>the name %1 is not known</source>
      <translation>名前 %1 は登録されていません</translation>
    </message>
    <message>
      <source>the new field</source>
      <translation>新しいフィールド</translation>
    </message>
    <message>
      <source>the proxy asks for a login</source>
      <translation>プロキシがサインインを求めています</translation>
    </message>
    <message>
      <source>the proxy does not let it through (it says %1)</source>
      <translation>プロキシが通しません（回答: %1）</translation>
    </message>
    <message>
      <source>the proxy ended the connection</source>
      <translation>プロキシが接続を終了しました</translation>
    </message>
    <message>
      <source>the proxy refuses name or password</source>
      <translation>プロキシが名前またはパスワードを拒否しました</translation>
    </message>
    <message>
      <source>the redirect address</source>
      <translation>リダイレクトアドレス</translation>
    </message>
    <message>
      <source>the sealed file %1</source>
      <translation>封印されたファイル %1</translation>
    </message>
    <message>
      <source>the tunnel</source>
      <translation>トンネル</translation>
    </message>
    <message>
      <source>the zbdesk window</source>
      <translation>zbdesk のウィンドウ</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1)</source>
      <translation>zbdesk のウィンドウ（プロセス %1）</translation>
    </message>
    <message>
      <source>the zbdesk window (process %1) since %2 UTC</source>
      <translation>%2 UTC からの zbdesk のウィンドウ（プロセス %1）</translation>
    </message>
    <message>
      <source>there is a file of that name</source>
      <translation>その名前のファイルがあります</translation>
    </message>
    <message>
      <source>this computer itself</source>
      <translation>このコンピューター自身</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true または false</translation>
    </message>
    <message>
      <source>two minutes</source>
      <translation>2 分</translation>
    </message>
    <message>
      <source>vendor</source>
      <translation>仕入先</translation>
    </message>
    <message>
      <source>voided</source>
      <translation>無効化</translation>
    </message>
    <message>
      <source>what came back is no answer of a web server</source>
      <translation>Web サーバーの応答ではありません</translation>
    </message>
    <message>
      <source>with rounded rates</source>
      <translation>丸めたレートで</translation>
    </message>
    <message>
      <source>year-day-month</source>
      <translation>年-日-月</translation>
    </message>
    <message>
      <source>year-month-day</source>
      <translation>年-月-日</translation>
    </message>
    <message>
      <source>yes or no</source>
      <translation>yes または no</translation>
    </message>
    <message>
      <source>your own public address</source>
      <translation>自分の公開アドレス</translation>
    </message>
    <message>
      <source>zbdesk cannot write in its data directory.</source>
      <translation>zbdesk がデータディレクトリに書き込めません。</translation>
    </message>
    <message>
      <source>zbdesk has no driver for %1 here.</source>
      <translation>zbdesk にはここに %1 用のドライバーがありません。</translation>
    </message>
    <message>
      <source>zbdesk is closing, so the answer is no longer wanted. Nothing was changed.</source>
      <translation>zbdesk を終了するため、応答はもう必要ありません。何も変更していません。</translation>
    </message>
    <message>
      <source>zbdesk keeps the sign-in in the system's keychain only. Install one (on Linux gnome-keyring or KWallet) and sign in to the desktop again, %1</source>
      <translation>zbdesk はサインインをシステムのキーチェーンにのみ保存します。インストールして（Linux では gnome-keyring または KWallet）デスクトップにサインインし直してください。%1</translation>
    </message>
    <message>
      <source>zbdesk needs it for the sign-in. Unlock it and choose Retry; nothing is lost meanwhile.</source>
      <translation>zbdesk のサインインに必要です。ロックを解除して「再試行」を選んでください。その間に失われるものはありません。</translation>
    </message>
    <message>
      <source>“%1” already goes to %2; one column can.</source>
      <translation>「%1」はすでに %2 に割り当てられています。割り当てられる列は 1 つです。</translation>
    </message>
    <message>
      <source>“%1” can be %2%3 or %4.%5. Say in the mapping whether the file writes a decimal point or a decimal comma.</source>
      <translation>「%1」は %2%3 とも %4.%5 とも読めます。小数点がピリオドかコンマかをマッピングで指定してください。</translation>
    </message>
    <message>
      <source>“%1” can be %2. Say in the mapping in which order the file writes day, month and year.</source>
      <translation>「%1」は %2 と読めます。年月日の順序をマッピングで指定してください。</translation>
    </message>
    <message>
      <source>“%1” cannot be filled from a column.</source>
      <translation>「%1」は列から入力できません。</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2: its thousands are not in threes. Correct it, or say that the file has a decimal %3.</source>
      <translation>「%1」は小数点が%2の書式に合いません。3 桁区切りではありません。修正するか、小数点が%3であることを指定してください。</translation>
    </message>
    <message>
      <source>“%1” does not fit a decimal %2; the file may write a decimal %3.</source>
      <translation>「%1」は小数点が%2の書式に合いません。ファイルの小数点は%3かもしれません。</translation>
    </message>
    <message>
      <source>“%1” does not say which of its numbers is the year. Write the year with four digits.</source>
      <translation>「%1」のどの数が年か分かりません。年は 4 桁で書いてください。</translation>
    </message>
    <message>
      <source>“%1” has a part too many: %2 is one value.</source>
      <translation>「%1」に余分な部分があります。%2 は単一の値です。</translation>
    </message>
    <message>
      <source>“%1” has lost its last digits in a spreadsheet. Format the column as text, enter it again and save the file.</source>
      <translation>「%1」は表の中で末尾の桁が失われています。列を文字列形式にして入力し直し、ファイルを保存してください。</translation>
    </message>
    <message>
      <source>“%1” has more than %2 decimals or is too large.</source>
      <translation>「%1」は小数が %2 桁を超えるか、大きすぎます。</translation>
    </message>
    <message>
      <source>“%1” has more than one decimal %2.</source>
      <translation>「%1」に小数点（%2）が複数あります。</translation>
    </message>
    <message>
      <source>“%1” has more than six decimals or is too large.</source>
      <translation>「%1」は小数が 6 桁を超えるか、大きすぎます。</translation>
    </message>
    <message>
      <source>“%1” has no meaning of its own.</source>
      <translation>「%1」に固有の意味はありません。</translation>
    </message>
    <message>
      <source>“%1” has the year %2, which is of the Buddhist calendar. Write it as %3 and import again.</source>
      <translation>「%1」の年 %2 は仏暦です。%3 と書いて取り込み直してください。</translation>
    </message>
    <message>
      <source>“%1” has the year %2. Correct the cell.</source>
      <translation>「%1」の年が %2 です。セルを修正してください。</translation>
    </message>
    <message>
      <source>“%1” is a date without separators. Say in the mapping in which order the file writes it.</source>
      <translation>「%1」は区切りのない日付です。順序をマッピングで指定してください。</translation>
    </message>
    <message>
      <source>“%1” is a number where a date is wanted. Format the column as a date.</source>
      <translation>日付の場所に数値「%1」があります。列を日付形式にしてください。</translation>
    </message>
    <message>
      <source>“%1” is a spreadsheet's day number. Format the column as a date and save the file again.</source>
      <translation>「%1」は表の日付番号です。列を日付形式にしてファイルを保存し直してください。</translation>
    </message>
    <message>
      <source>“%1” is neither true nor false.</source>
      <translation>「%1」は真でも偽でもありません。</translation>
    </message>
    <message>
      <source>“%1” is neither yes nor no.</source>
      <translation>「%1」は「はい」でも「いいえ」でもありません。</translation>
    </message>
    <message>
      <source>“%1” is no currency code; write it like EUR.</source>
      <translation>「%1」は通貨コードではありません。EUR のように書いてください。</translation>
    </message>
    <message>
      <source>“%1” is no currency. Write its code, as in EUR.</source>
      <translation>「%1」は通貨ではありません。EUR のようにコードを書いてください。</translation>
    </message>
    <message>
      <source>“%1” is no custom field; write it like custom_fields.cf_region.</source>
      <translation>「%1」はカスタムフィールドではありません。custom_fields.cf_region のように書いてください。</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2.</source>
      <translation>「%1」は %2 の順の日付ではありません。</translation>
    </message>
    <message>
      <source>“%1” is no date in the order %2. Correct the cell.</source>
      <translation>「%1」は %2 の順の日付ではありません。セルを修正してください。</translation>
    </message>
    <message>
      <source>“%1” is no field's name.</source>
      <translation>「%1」はフィールド名ではありません。</translation>
    </message>
    <message>
      <source>“%1” is not a date; write it like 2026-11-20.</source>
      <translation>「%1」は日付ではありません。2026-11-20 のように書いてください。</translation>
    </message>
    <message>
      <source>“%1” is not a percentage between 0 % and 100 %.</source>
      <translation>「%1」は 0 % から 100 % までの百分率ではありません。</translation>
    </message>
    <message>
      <source>“%1” is not an amount; write it like 1234.50.</source>
      <translation>「%1」は金額ではありません。1234.50 のように書いてください。</translation>
    </message>
    <message>
      <source>“%1” is not.</source>
      <translation>「%1」は該当しません。</translation>
    </message>
    <message>
      <source>“%1” is the sign of several currencies. Write the code, as in USD.</source>
      <translation>「%1」は複数の通貨の記号です。USD のようにコードを書いてください。</translation>
    </message>
    <message>
      <source>“%1” must be greater than zero.</source>
      <translation>「%1」はゼロより大きくなければなりません。</translation>
    </message>
    <message>
      <source>“%1” names no record; end it with one of %2.</source>
      <translation>「%1」はレコードを示していません。末尾を %2 のいずれかにしてください。</translation>
    </message>
  </context>
  <context>
    <name>SetUpDialog</name>
    <message>
      <source>&amp;Make them</source>
      <translation>作成する(&amp;M)</translation>
    </message>
    <message>
      <source>A module ticks itself in the list when its first event is here.</source>
      <translation>最初のイベントが届くと、リストのモジュールに自動的にチェックが付きます。</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>アドレス</translation>
    </message>
    <message>
      <source>Being made in Zoho Books…</source>
      <translation>Zoho Booksに作成しています…</translation>
    </message>
    <message>
      <source>Being removed in Zoho Books…</source>
      <translation>Zoho Booksから削除しています…</translation>
    </message>
    <message>
      <source>By &amp;hand instead…</source>
      <translation>手動で設定(&amp;H)…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
    <message>
      <source>For</source>
      <translation>対象</translation>
    </message>
    <message>
      <source>Module</source>
      <translation>モジュール</translation>
    </message>
    <message>
      <source>Remo&amp;ve what was made</source>
      <translation>作成したものを削除(&amp;V)</translation>
    </message>
    <message>
      <source>Set webhooks up in Zoho Books?</source>
      <translation>Zoho BooksにWebhookを設定しますか?</translation>
    </message>
    <message>
      <source>The reason stands beside each; everything can be done by hand.</source>
      <translation>理由はそれぞれに表示されています。すべて手動でも設定できます。</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.CREATE. Do it by hand, or connect again.</source>
      <translation>サインインに権限ZohoBooks.settings.CREATEがありません。手動で設定するか、再接続してください。</translation>
    </message>
    <message>
      <source>The sign-in lacks the permission ZohoBooks.settings.DELETE.</source>
      <translation>サインインに権限ZohoBooks.settings.DELETEがありません。</translation>
    </message>
    <message>
      <source>This is a try: Zoho documents the calls but not all of their words. For each module a webhook and a rule are made for changes, and a pair for deletions. What fails is said and can be done by hand.</source>
      <translation>これは試みです。Zohoは呼び出しを公開していますが、用語のすべては公開していません。モジュールごとに、変更用のWebhookとルール、および削除用の1組を作成します。失敗したものは表示され、手動で設定できます。</translation>
    </message>
    <message>
      <source>What became of it</source>
      <translation>処理結果</translation>
    </message>
    <message>
      <source>What happens</source>
      <translation>動作</translation>
    </message>
    <message>
      <source>What is made in Zoho Books</source>
      <translation>Zoho Booksに作成されるもの</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>理由</translation>
    </message>
    <message>
      <source>a webhook and a rule are made</source>
      <translation>Webhookとルールを作成</translation>
    </message>
    <message>
      <source>changes</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>deletions</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>is there</source>
      <translation>存在します</translation>
    </message>
    <message>
      <source>is tried; Zoho may refuse it</source>
      <translation>試行、Zohoが拒否する場合あり</translation>
    </message>
    <message>
      <source>made</source>
      <translation>作成済み</translation>
    </message>
    <message>
      <source>not tried</source>
      <translation>未試行</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>拒否</translation>
    </message>
    <message>
      <source>removed</source>
      <translation>削除済み</translation>
    </message>
    <message>
      <source>was there already</source>
      <translation>既存</translation>
    </message>
  </context>
  <context>
    <name>SettingsGroups</name>
    <message>
      <source>Call budget</source>
      <translation>呼び出し枠</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>接続</translation>
    </message>
    <message>
      <source>Data and logs</source>
      <translation>データとログ</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>エクスポートとプログラム</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>言語と外観</translation>
    </message>
    <message>
      <source>Modules and direction</source>
      <translation>モジュールと方向</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>ネットワーク</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>プライバシー</translation>
    </message>
    <message>
      <source>Safety limits</source>
      <translation>安全上限</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>同期中</translation>
    </message>
    <message>
      <source>Window and tray</source>
      <translation>ウィンドウとトレイ</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>Find a setting</source>
      <translation>設定を検索</translation>
    </message>
    <message>
      <source>Groups of settings</source>
      <translation>設定のグループ</translation>
    </message>
    <message>
      <source>No setting has these words.</source>
      <translation>該当する設定はありません。</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
  </context>
  <context>
    <name>SettleDialog</name>
    <message>
      <source>%1 go on at once: %2</source>
      <translation>%1件がすぐに続行: %2</translation>
    </message>
    <message>
      <source>&amp;In Zoho Books it is</source>
      <translation>Zoho Booksでの名称(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Use it</source>
      <translation>これを使用(&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Use it for %1</source>
      <translation>%1に使用(&amp;U)</translation>
    </message>
    <message>
      <source>Choose one.</source>
      <translation>選択してください。</translation>
    </message>
    <message>
      <source>It is remembered, and holds for every document that uses this name.</source>
      <translation>記憶され、この名前を使うすべての伝票に適用されます。</translation>
    </message>
    <message>
      <source>It is settled already.</source>
      <translation>すでに解決されています。</translation>
    </message>
    <message>
      <source>Link to it</source>
      <translation>リンクする</translation>
    </message>
    <message>
      <source>Nothing fits what you typed.</source>
      <translation>入力に該当するものはありません。</translation>
    </message>
    <message>
      <source>Reading what Zoho Books has…</source>
      <translation>Zoho Booksの内容を読み取っています…</translation>
    </message>
    <message>
      <source>Say what it means</source>
      <translation>意味を指定</translation>
    </message>
    <message>
      <source>This record is joined with it and takes over what Zoho Books has.</source>
      <translation>このレコードはそれと統合され、Zoho Booksの内容を引き継ぎます。</translation>
    </message>
    <message>
      <source>Type to find it</source>
      <translation>入力して検索</translation>
    </message>
    <message>
      <source>What Zoho Books has</source>
      <translation>Zoho Booksの内容</translation>
    </message>
    <message>
      <source>Which %1 of Zoho Books is “%2”?</source>
      <translation>「%2」はZoho Booksのどの%1ですか?</translation>
    </message>
    <message>
      <source>Zoho Books has none; set it up there first.</source>
      <translation>Zoho Booksにありません。先にそこで設定してください。</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>ほか%1件</translation>
    </message>
  </context>
  <context>
    <name>SettlePane</name>
    <message>
      <source>%1 more follow once these are settled.</source>
      <translation>これらを解決すると、さらに%1件が続きます。</translation>
    </message>
    <message>
      <source>&amp;Comma: %1</source>
      <translation>カンマ: %1(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Day first</source>
      <translation>日が先(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Month first</source>
      <translation>月が先(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Point: %1</source>
      <translation>ピリオド: %1(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Year first</source>
      <translation>年が先(&amp;Y)</translation>
    </message>
    <message>
      <source>Dates: %1</source>
      <translation>日付: %1</translation>
    </message>
    <message>
      <source>Day first</source>
      <translation>日が先</translation>
    </message>
    <message>
      <source>Decimal sign: %1</source>
      <translation>小数点: %1</translation>
    </message>
    <message>
      <source>How much is %1?</source>
      <translation>%1はいくらですか?</translation>
    </message>
    <message>
      <source>Let them &amp;wait</source>
      <translation>待機させる(&amp;W)</translation>
    </message>
    <message>
      <source>Me&amp;nd</source>
      <translation>修正(&amp;N)</translation>
    </message>
    <message>
      <source>Mend each below, or let their documents wait on this computer until the names are there.</source>
      <translation>以下をそれぞれ修正するか、名前が登録されるまで伝票をこのコンピューターで待機させてください。</translation>
    </message>
    <message>
      <source>Month first</source>
      <translation>月が先</translation>
    </message>
    <message>
      <source>Names that are not in the books wait</source>
      <translation>帳簿にない名前は待機</translation>
    </message>
    <message>
      <source>Nothing. Every row can be imported as it is.</source>
      <translation>なし。すべての行をそのままインポートできます。</translation>
    </message>
    <message>
      <source>Row %1</source>
      <translation>行%1</translation>
    </message>
    <message>
      <source>Row %1 and %2 more</source>
      <translation>行%1ほか%2行</translation>
    </message>
    <message>
      <source>Rows such as %1 can only be %2, but zbdesk does not guess dates.</source>
      <translation>%1のような行は%2としか読めませんが、zbdeskは日付を推測しません。</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>表示</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>取り消す</translation>
    </message>
    <message>
      <source>Take “%1”</source>
      <translation>「%1」を採用</translation>
    </message>
    <message>
      <source>The file does not say whether its decimal sign is a point or a comma.</source>
      <translation>ファイルからは、小数点がピリオドかカンマか判断できません。</translation>
    </message>
    <message>
      <source>The file does not say. One answer holds for all its dates.</source>
      <translation>ファイルからは判断できません。1つの回答がすべての日付に適用されます。</translation>
    </message>
    <message>
      <source>To settle here</source>
      <translation>ここで解決</translation>
    </message>
    <message>
      <source>What is to settle appears here once the rows were checked.</source>
      <translation>行の確認が終わると、解決すべき項目がここに表示されます。</translation>
    </message>
    <message>
      <source>What it should be</source>
      <translation>正しい値</translation>
    </message>
    <message>
      <source>Which day is %1?</source>
      <translation>%1はどの日ですか?</translation>
    </message>
    <message>
      <source>Year first</source>
      <translation>年が先</translation>
    </message>
    <message>
      <source>being checked…</source>
      <translation>確認中…</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>カンマ</translation>
    </message>
    <message>
      <source>point</source>
      <translation>ピリオド</translation>
    </message>
  </context>
  <context>
    <name>ShiftTree</name>
    <message>
      <source>Dated</source>
      <translation>伝票日付</translation>
    </message>
    <message>
      <source>Dates that depend on the clock</source>
      <translation>時計に左右される日付</translation>
    </message>
    <message>
      <source>Day in UTC</source>
      <translation>UTCの日付</translation>
    </message>
    <message>
      <source>Day of the organization</source>
      <translation>組織の日付</translation>
    </message>
    <message>
      <source>Day of this computer</source>
      <translation>このコンピューターの日付</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>作成日時</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>レコード</translation>
    </message>
    <message>
      <source>The days lie in one month.</source>
      <translation>日付は同じ月にあります。</translation>
    </message>
    <message>
      <source>The days lie in two months.</source>
      <translation>日付は2つの月にまたがります。</translation>
    </message>
  </context>
  <context>
    <name>ShownDetail</name>
    <message>
      <source>This server has no web pages for its records.</source>
      <translation>このサーバーにはレコードのウェブページがありません。</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Connect Zoho Books</source>
      <translation>Zoho Booksに接続</translation>
    </message>
    <message>
      <source>Import %1</source>
      <translation>%1をインポート</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>取込先</translation>
    </message>
    <message>
      <source>What you enter is kept if you close this window. The client secret is asked for again.</source>
      <translation>このウィンドウを閉じても入力内容は保持されます。Client Secretは再度入力が必要です。</translation>
    </message>
  </context>
  <context>
    <name>SignDialog</name>
    <message>
      <source>&amp;Cancel</source>
      <translation>キャンセル(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Sign off…</source>
      <translation>承認(&amp;S)…</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(任意)</translation>
    </message>
    <message>
      <source>A file with the checklist, the totals of both sides and their hash is written for %1.</source>
      <translation>チェックリスト、両側の合計、そのハッシュを記載したファイルが%1について作成されます。</translation>
    </message>
    <message>
      <source>Enter the name of the person who signs off.</source>
      <translation>承認者の名前を入力してください。</translation>
    </message>
    <message>
      <source>No&amp;te</source>
      <translation>メモ(&amp;T)</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>メモ</translation>
    </message>
    <message>
      <source>Nothing is changed in Zoho Books.</source>
      <translation>Zoho Booksの内容は変わりません。</translation>
    </message>
    <message>
      <source>Sign off</source>
      <translation>承認</translation>
    </message>
    <message>
      <source>Sign off %1?</source>
      <translation>%1を承認しますか?</translation>
    </message>
    <message>
      <source>These points are open and will be written as open:</source>
      <translation>以下の項目は未完了で、未完了として記載されます:</translation>
    </message>
    <message>
      <source>Your na&amp;me</source>
      <translation>お名前(&amp;M)</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>お名前</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>%1 min %2 s</source>
      <translation>%1分%2秒</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1秒</translation>
    </message>
    <message>
      <source>%1, opened at %2</source>
      <translation>%1、%2に開きました</translation>
    </message>
    <message>
      <source>&amp;Open again</source>
      <translation>再度開く(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Take it</source>
      <translation>使用する(&amp;T)</translation>
    </message>
    <message>
      <source>A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here.</source>
      <translation>ブラウザーにZohoのページが開きました。そこでサインインしてAcceptを選択し、ここに戻ってください。</translation>
    </message>
    <message>
      <source>A&amp;ddress or code from the browser</source>
      <translation>ブラウザーのアドレスまたはコード(&amp;D)</translation>
    </message>
    <message>
      <source>Cancel sign-in</source>
      <translation>サインインを中止</translation>
    </message>
    <message>
      <source>Choose Copy link and open it in a browser of your own, on this computer.</source>
      <translation>「リンクをコピー」を選択し、このコンピューターのお使いのブラウザーで開いてください。</translation>
    </message>
    <message>
      <source>Copy &amp;link</source>
      <translation>リンクをコピー(&amp;L)</translation>
    </message>
    <message>
      <source>Copy the link below and open it</source>
      <translation>下のリンクをコピーして開いてください</translation>
    </message>
    <message>
      <source>Exchanging it</source>
      <translation>コードを交換しています</translation>
    </message>
    <message>
      <source>How far the sign-in is</source>
      <translation>サインインの進捗</translation>
    </message>
    <message>
      <source>If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that it cannot reach localhost, copy the whole address of that page and choose Paste code.</source>
      <translation>別のブラウザーでZohoにサインインしている場合は、リンクをコピーしてそちらで開いてください。ブラウザーにlocalhostに接続できないと表示された場合は、そのページのアドレス全体をコピーして「コードを貼り付け」を選択してください。</translation>
    </message>
    <message>
      <source>If the browser says that it cannot reach localhost, use Paste code.</source>
      <translation>ブラウザーにlocalhostに接続できないと表示された場合は、「コードを貼り付け」を使用してください。</translation>
    </message>
    <message>
      <source>It ended here</source>
      <translation>ここで終了しました</translation>
    </message>
    <message>
      <source>Next, by itself</source>
      <translation>次(自動)</translation>
    </message>
    <message>
      <source>No browser could be opened.</source>
      <translation>ブラウザーを開けませんでした。</translation>
    </message>
    <message>
      <source>Nothing happened in the browser?</source>
      <translation>ブラウザーで何も起こりませんか?</translation>
    </message>
    <message>
      <source>Opening the sign-in page</source>
      <translation>サインインページを開いています</translation>
    </message>
    <message>
      <source>Paste &amp;code…</source>
      <translation>コードを貼り付け(&amp;C)…</translation>
    </message>
    <message>
      <source>Reading your organizations</source>
      <translation>組織を読み込んでいます</translation>
    </message>
    <message>
      <source>Sign in to Zoho in your browser</source>
      <translation>ブラウザーでZohoにサインイン</translation>
    </message>
    <message>
      <source>Sign in with the code</source>
      <translation>コードでサインイン</translation>
    </message>
    <message>
      <source>Take over the sign-in</source>
      <translation>サインインを引き継ぐ</translation>
    </message>
    <message>
      <source>The code is ready</source>
      <translation>コードの準備ができました</translation>
    </message>
    <message>
      <source>The sign-in page is open</source>
      <translation>サインインページが開いています</translation>
    </message>
    <message>
      <source>The sign-in page is ready</source>
      <translation>サインインページの準備ができました</translation>
    </message>
    <message>
      <source>The sign-in page was opened again</source>
      <translation>サインインページを再度開きました</translation>
    </message>
    <message>
      <source>The whole address of the page that could not be reached, or the code alone.</source>
      <translation>接続できなかったページのアドレス全体、またはコードのみ。</translation>
    </message>
    <message>
      <source>This page goes on by itself after sign-in.</source>
      <translation>サインイン後、このページは自動的に進みます。</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>残り時間</translation>
    </message>
    <message>
      <source>Time left:</source>
      <translation>残り時間:</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>残り時間: %1</translation>
    </message>
    <message>
      <source>Try &amp;again</source>
      <translation>再試行(&amp;A)</translation>
    </message>
    <message>
      <source>Try again, or go back and change something.</source>
      <translation>再試行するか、戻って変更してください。</translation>
    </message>
    <message>
      <source>Wait 10 &amp;minutes from now</source>
      <translation>今から10分待つ(&amp;M)</translation>
    </message>
    <message>
      <source>Waiting for you to choose Accept</source>
      <translation>Acceptの選択を待っています</translation>
    </message>
    <message>
      <source>You chose Accept</source>
      <translation>Acceptが選択されました</translation>
    </message>
    <message>
      <source>Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come back.

A browser on another computer cannot reach this one. Copy the address that it could not open and paste it here, or go back and sign in with a code.</source>
      <translation>Zohoのページにzbdeskが求める権限が一覧表示されます。そこでAcceptを選択すると、戻ってよい旨が表示されます。

別のコンピューターのブラウザーからはここに接続できません。開けなかったアドレスをコピーしてここに貼り付けるか、戻ってコードでサインインしてください。</translation>
    </message>
    <message>
      <source>zbdesk exchanges the code at Zoho; this takes a few seconds.</source>
      <translation>zbdeskがZohoでコードを交換しています。数秒かかります。</translation>
    </message>
    <message>
      <source>zbdesk listens at %1 on this computer</source>
      <translation>zbdeskはこのコンピューターの%1で待ち受けています</translation>
    </message>
  </context>
  <context>
    <name>Sources</name>
    <message>
      <source>%1 as they were</source>
      <translation>変更なし %1</translation>
    </message>
    <message>
      <source>%1 changed</source>
      <translation>変更 %1</translation>
    </message>
    <message>
      <source>%1 missing</source>
      <translation>欠落 %1</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>新規 %1</translation>
    </message>
    <message>
      <source>%1 refused</source>
      <translation>拒否 %1</translation>
    </message>
    <message>
      <source>All that fit in %1</source>
      <translation>%1内の該当するものすべて</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>コマンド</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>データベース</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完了</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失敗</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>ヘルプ</translation>
    </message>
    <message>
      <source>In order</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>Not run yet</source>
      <translation>未実行</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>ページ</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>一時停止中</translation>
    </message>
    <message>
      <source>Rolled back</source>
      <translation>ロールバック済み</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Some refused</source>
      <translation>一部拒否</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Under way</source>
      <translation>進行中</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>監視フォルダー</translation>
    </message>
    <message numerus="yes">
      <source>every %n minute(s)</source>
      <translation>
        <numerusform>%n分ごと</numerusform>
      </translation>
    </message>
    <message>
      <source>mapping %1</source>
      <translation>マッピング %1</translation>
    </message>
    <message>
      <source>no file with a bad row</source>
      <translation>不正な行のあるファイルは除く</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>今はしない</translation>
    </message>
    <message>
      <source>only when you say so</source>
      <translation>指示したときのみ</translation>
    </message>
    <message>
      <source>reads only</source>
      <translation>読み取りのみ</translation>
    </message>
    <message>
      <source>writes back</source>
      <translation>書き戻しあり</translation>
    </message>
  </context>
  <context>
    <name>SourcesConfirm</name>
    <message>
      <source>%1 sources read with it; they fail until it is saved again under this name.</source>
      <translation>%1件のソースがこれを使用しています。同じ名前で再度保存されるまで失敗します。</translation>
    </message>
    <message>
      <source>&amp;Remove the database</source>
      <translation>データベースを削除(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Remove the mapping</source>
      <translation>マッピングを削除(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Revoke the token</source>
      <translation>トークンを失効(&amp;R)</translation>
    </message>
    <message>
      <source>&amp;Stop watching</source>
      <translation>監視を停止(&amp;S)</translation>
    </message>
    <message>
      <source>Files that are put there are not imported any more. The folder and its files stay, also those in done and failed; what came from it stays.</source>
      <translation>そこに置かれたファイルは今後インポートされません。フォルダーとファイルは、doneとfailedの中も含めて残り、取り込んだものも残ります。</translation>
    </message>
    <message>
      <source>It is not asked any more, and its address is deleted from the keychain. Nothing is changed in the database; what came from it stays. Added again, it is read from its beginning.</source>
      <translation>今後照会されず、アドレスはキーチェーンから削除されます。データベースの内容は変わらず、取り込んだものも残ります。再度追加すると最初から読み取られます。</translation>
    </message>
    <message>
      <source>Remove the database %1?</source>
      <translation>データベース%1を削除しますか?</translation>
    </message>
    <message>
      <source>Remove the mapping %1?</source>
      <translation>マッピング%1を削除しますか?</translation>
    </message>
    <message>
      <source>Revoke the token %1?</source>
      <translation>トークン%1を失効させますか?</translation>
    </message>
    <message>
      <source>Stop watching %1?</source>
      <translation>%1の監視を停止しますか?</translation>
    </message>
    <message>
      <source>The program that uses it is refused at once. What it brought stays. A revoked token never opens again.</source>
      <translation>これを使うプログラムは直ちに拒否されます。取り込んだものは残ります。失効したトークンは二度と使えません。</translation>
    </message>
    <message>
      <source>What was imported with it stays.</source>
      <translation>これを使ってインポートしたものは残ります。</translation>
    </message>
  </context>
  <context>
    <name>SourcesList</name>
    <message>
      <source>%1 goes on.</source>
      <translation>%1を再開しました。</translation>
    </message>
    <message>
      <source>%1 is being read…</source>
      <translation>%1を読み取っています…</translation>
    </message>
    <message>
      <source>%1 is paused.</source>
      <translation>%1を一時停止しました。</translation>
    </message>
    <message>
      <source>%1 is removed; what came from it stays.</source>
      <translation>%1を削除しました。取り込んだものは残ります。</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>続ける(&amp;G)</translation>
    </message>
    <message>
      <source>A watched folder takes the files that another program puts there; a database is asked by itself.</source>
      <translation>監視フォルダーは他のプログラムが置いたファイルを取り込み、データベースは自動的に照会されます。</translation>
    </message>
    <message>
      <source>Edi&amp;t…</source>
      <translation>編集(&amp;T)…</translation>
    </message>
    <message>
      <source>It is looked for again by itself.</source>
      <translation>自動的に再度確認されます。</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>最終実行</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>No folder is watched, and no database is asked.</source>
      <translation>監視中のフォルダーも、照会中のデータベースもありません。</translation>
    </message>
    <message>
      <source>Nothing new.</source>
      <translation>新しいものはありません。</translation>
    </message>
    <message>
      <source>Pause sour&amp;ce</source>
      <translation>ソースを一時停止(&amp;C)</translation>
    </message>
    <message>
      <source>Re&amp;move…</source>
      <translation>削除(&amp;M)…</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>拒否</translation>
    </message>
    <message>
      <source>Run n&amp;ow</source>
      <translation>今すぐ実行(&amp;O)</translation>
    </message>
    <message>
      <source>Running</source>
      <translation>実行中</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状態</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>受信済</translation>
    </message>
    <message>
      <source>Watch a folder…</source>
      <translation>フォルダーを監視…</translation>
    </message>
    <message>
      <source>Watched folders and databases</source>
      <translation>監視フォルダーとデータベース</translation>
    </message>
    <message>
      <source>What it said</source>
      <translation>結果の内容</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>場所</translation>
    </message>
  </context>
  <context>
    <name>SourcesPage</name>
    <message>
      <source>&amp;Add a database…</source>
      <translation>データベースを追加(&amp;A)…</translation>
    </message>
    <message>
      <source>&amp;Import a file…</source>
      <translation>ファイルをインポート(&amp;I)…</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>エクスポートとプログラム</translation>
    </message>
    <message>
      <source>Folders and databases</source>
      <translation>フォルダーとデータベース</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>マッピング</translation>
    </message>
    <message>
      <source>Past imports</source>
      <translation>過去のインポート</translation>
    </message>
    <message>
      <source>Sources</source>
      <translation>ソース</translation>
    </message>
    <message>
      <source>Watch a fol&amp;der…</source>
      <translation>フォルダーを監視(&amp;D)…</translation>
    </message>
    <message>
      <source>Where documents come from, and where they go by themselves</source>
      <translation>伝票の取得元と自動送信先</translation>
    </message>
    <message>
      <source>Which part</source>
      <translation>表示する部分</translation>
    </message>
  </context>
  <context>
    <name>SparingRows</name>
    <message>
      <source>Battery</source>
      <translation>バッテリー</translation>
    </message>
    <message>
      <source>Battery below</source>
      <translation>バッテリー残量の下限</translation>
    </message>
    <message>
      <source>Low is below</source>
      <translation>低残量の基準</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>ネットワーク</translation>
    </message>
    <message>
      <source>Pause by itself</source>
      <translation>自動で一時停止</translation>
    </message>
    <message>
      <source>The reason then stands in the foot of the window; Sync now runs once all the same.</source>
      <translation>理由はウィンドウの下部に表示されます。「今すぐ同期」はそれでも1回実行されます。</translation>
    </message>
    <message>
      <source>on a metered connection</source>
      <translation>従量制課金接続のとき</translation>
    </message>
    <message>
      <source>when the battery is low</source>
      <translation>バッテリー残量が少ないとき</translation>
    </message>
  </context>
  <context>
    <name>SqlDialog</name>
    <message>
      <source>&amp;Change it</source>
      <translation>変更(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;How often</source>
      <translation>頻度(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>名前(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Query</source>
      <translation>クエリ(&amp;Q)</translation>
    </message>
    <message>
      <source>&amp;Test and preview</source>
      <translation>テストとプレビュー(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;Write number, status and paid amount back</source>
      <translation>番号、ステータス、支払額を書き戻す(&amp;W)</translation>
    </message>
    <message>
      <source>(optional)</source>
      <translation>(任意)</translation>
    </message>
    <message>
      <source>A&amp;ddress</source>
      <translation>アドレス(&amp;D)</translation>
    </message>
    <message>
      <source>Add a database</source>
      <translation>データベースを追加</translation>
    </message>
    <message>
      <source>Add the databas&amp;e</source>
      <translation>データベースを追加(&amp;E)</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>アドレス</translation>
    </message>
    <message>
      <source>Being saved…</source>
      <translation>保存しています…</translation>
    </message>
    <message>
      <source>Change the database</source>
      <translation>データベースを変更</translation>
    </message>
    <message>
      <source>Column for :&amp;since</source>
      <translation>:sinceの列(&amp;S)</translation>
    </message>
    <message>
      <source>Column for :since</source>
      <translation>:sinceの列</translation>
    </message>
    <message>
      <source>Enter the address of the database.</source>
      <translation>データベースのアドレスを入力してください。</translation>
    </message>
    <message>
      <source>Every %1 hours</source>
      <translation>%1時間ごと</translation>
    </message>
    <message>
      <source>Every %1 minutes</source>
      <translation>%1分ごと</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>1時間ごと</translation>
    </message>
    <message>
      <source>First &amp;value of :since</source>
      <translation>:sinceの初期値(&amp;V)</translation>
    </message>
    <message>
      <source>First rows of the query</source>
      <translation>クエリの先頭の行</translation>
    </message>
    <message>
      <source>First value of :since</source>
      <translation>:sinceの初期値</translation>
    </message>
    <message>
      <source>Give the database a name.</source>
      <translation>データベースの名前を入力してください。</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>頻度</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名前</translation>
    </message>
    <message>
      <source>Now %1. Leave it empty to keep it.</source>
      <translation>現在 %1。変更しない場合は空欄のままにしてください。</translation>
    </message>
    <message>
      <source>One SELECT. With :since in it, only what changed since the last run is read.</source>
      <translation>SELECTを1つ。:sinceを含めると、前回の実行以降に変更されたものだけを読み取ります。</translation>
    </message>
    <message>
      <source>One UPDATE with :source_id, and :number, :status, :paid, :total or :remote_id.</source>
      <translation>:source_idと、:number、:status、:paid、:total、:remote_idのいずれかを含むUPDATEを1つ。</translation>
    </message>
    <message>
      <source>One query is asked on a connection that only reads. Try it before it is kept.</source>
      <translation>読み取り専用の接続でクエリを1つ実行します。保存前にお試しください。</translation>
    </message>
    <message>
      <source>Only when I say so</source>
      <translation>指示したときのみ</translation>
    </message>
    <message>
      <source>Query</source>
      <translation>クエリ</translation>
    </message>
    <message>
      <source>Records remember it as where they came from; it cannot be changed later.</source>
      <translation>レコードは取得元としてこれを記憶します。後で変更できません。</translation>
    </message>
    <message>
      <source>SQLite, PostgreSQL, MySQL or MariaDB. It is kept in the keychain.</source>
      <translation>SQLite、PostgreSQL、MySQL、MariaDB。キーチェーンに保存されます。</translation>
    </message>
    <message>
      <source>Statement for writing &amp;back</source>
      <translation>書き戻し用の文(&amp;B)</translation>
    </message>
    <message>
      <source>Statement for writing back</source>
      <translation>書き戻し用の文</translation>
    </message>
    <message>
      <source>The column of the query that tells when a row changed, or its growing number.</source>
      <translation>行の変更時点、または増加する番号を示すクエリの列。</translation>
    </message>
    <message>
      <source>The connection works. First %1 rows. %2</source>
      <translation>接続できました。先頭%1行。%2</translation>
    </message>
    <message>
      <source>The database is being asked…</source>
      <translation>データベースに照会しています…</translation>
    </message>
    <message>
      <source>Write the query.</source>
      <translation>クエリを入力してください。</translation>
    </message>
  </context>
  <context>
    <name>StandingPage</name>
    <message>
      <source>Chan&amp;ge it…</source>
      <translation>変更(&amp;G)…</translation>
    </message>
    <message>
      <source>Chosen records are written to a folder every so many hours, for reports and other programs.</source>
      <translation>選択したレコードを一定時間ごとに、レポートや他のプログラム用のフォルダーに書き出します。</translation>
    </message>
    <message>
      <source>E&amp;xport now</source>
      <translation>今すぐエクスポート(&amp;X)</translation>
    </message>
    <message>
      <source>Every %1 hours to %2</source>
      <translation>%1時間ごとに%2へ</translation>
    </message>
    <message>
      <source>Exports and programs</source>
      <translation>エクスポートとプログラム</translation>
    </message>
    <message>
      <source>Last written %1</source>
      <translation>最終書き出し %1</translation>
    </message>
    <message>
      <source>Local interface</source>
      <translation>ローカルインターフェイス</translation>
    </message>
    <message>
      <source>No token has been made: nobody is let in.</source>
      <translation>トークンが作成されていないため、どこからも接続できません。</translation>
    </message>
    <message>
      <source>Not everything could be written.</source>
      <translation>一部を書き出せませんでした。</translation>
    </message>
    <message>
      <source>Not yet written</source>
      <translation>未書き出し</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>オフ</translation>
    </message>
    <message>
      <source>On for other computers too, at port %1</source>
      <translation>他のコンピューターにもオン、ポート%1</translation>
    </message>
    <message>
      <source>On, at port %1</source>
      <translation>オン、ポート%1</translation>
    </message>
    <message>
      <source>Programs of this computer can hand documents over and ask what became of them.</source>
      <translation>このコンピューターのプログラムが伝票を渡し、その処理結果を照会できます。</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>定期エクスポート</translation>
    </message>
    <message>
      <source>Se&amp;t it up…</source>
      <translation>設定(&amp;T)…</translation>
    </message>
    <message>
      <source>Set up and to&amp;kens…</source>
      <translation>設定とトークン(&amp;K)…</translation>
    </message>
    <message>
      <source>The export is written.</source>
      <translation>エクスポートを書き出しました。</translation>
    </message>
    <message>
      <source>Tokens: %1</source>
      <translation>トークン: %1</translation>
    </message>
  </context>
  <context>
    <name>States</name>
    <message>
      <source>%1; a newer version is announced, not confirmed yet</source>
      <translation>%1。新しい版が通知されていますが、まだ確認されていません</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>有効</translation>
    </message>
    <message>
      <source>Being checked</source>
      <translation>確認中</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>競合</translation>
    </message>
    <message>
      <source>Deleted there</source>
      <translation>先方で削除</translation>
    </message>
    <message>
      <source>From Zoho Books</source>
      <translation>Zoho Booksから</translation>
    </message>
    <message>
      <source>In both</source>
      <translation>両側にあり</translation>
    </message>
    <message>
      <source>Leaving now</source>
      <translation>送信中</translation>
    </message>
    <message>
      <source>Needs sign-in</source>
      <translation>要サインイン</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>未接続</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>オフライン</translation>
    </message>
    <message>
      <source>Offline since {time}</source>
      <translation>{time}からオフライン</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>一時停止中</translation>
    </message>
    <message>
      <source>Paused until {time}</source>
      <translation>{time}まで一時停止</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>問題</translation>
    </message>
    <message>
      <source>Stopped by an error</source>
      <translation>エラーで停止</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>同期中</translation>
    </message>
    <message>
      <source>Waiting to leave</source>
      <translation>送信待ち</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, in order at %2</source>
      <translation>%1、%2時点で正常</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>読み込んでいます…</translation>
    </message>
    <message>
      <source>Stopping; what is here is kept</source>
      <translation>停止しています。取得済みのものは残ります</translation>
    </message>
    <message>
      <source>Syncing</source>
      <translation>同期中</translation>
    </message>
    <message>
      <source>Syncing %1, %2 here</source>
      <translation>%1を同期中、%2件取得済み</translation>
    </message>
    <message>
      <source>Syncing %1, %2 of %3</source>
      <translation>%1を同期中、%2/%3件</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used}</source>
      <translation>本日のZoho Books呼び出し {used}</translation>
    </message>
    <message>
      <source>Zoho Books calls today {used} of {limit}</source>
      <translation>本日のZoho Books呼び出し {used}/{limit}</translation>
    </message>
    <message>
      <source>starts again {time}</source>
      <translation>{time}に再開</translation>
    </message>
  </context>
  <context>
    <name>Statuses</name>
    <message>
      <source>Accepted</source>
      <translation>承諾済み</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>有効</translation>
    </message>
    <message>
      <source>Added by hand</source>
      <translation>手動追加</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>承認済み</translation>
    </message>
    <message>
      <source>Billable</source>
      <translation>請求可能</translation>
    </message>
    <message>
      <source>Billed</source>
      <translation>請求済み</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>キャンセル</translation>
    </message>
    <message>
      <source>Categorized</source>
      <translation>分類済み</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>クローズ</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>確認済み</translation>
    </message>
    <message>
      <source>Declined</source>
      <translation>辞退</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>下書き</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>期限切れ</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>非アクティブ</translation>
    </message>
    <message>
      <source>Invoiced</source>
      <translation>請求</translation>
    </message>
    <message>
      <source>Matched</source>
      <translation>突合済み</translation>
    </message>
    <message>
      <source>Not billable</source>
      <translation>請求不可</translation>
    </message>
    <message>
      <source>Not billed</source>
      <translation>未請求</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>未決済</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>期限超過</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>支払済</translation>
    </message>
    <message>
      <source>Partly billed</source>
      <translation>一部請求済み</translation>
    </message>
    <message>
      <source>Partly invoiced</source>
      <translation>一部請求済み</translation>
    </message>
    <message>
      <source>Partly paid</source>
      <translation>一部支払済</translation>
    </message>
    <message>
      <source>Published</source>
      <translation>公開済み</translation>
    </message>
    <message>
      <source>Reimbursed</source>
      <translation>精算済み</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>送付済み</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Uncategorized</source>
      <translation>未分類</translation>
    </message>
    <message>
      <source>Unpaid</source>
      <translation>未払い</translation>
    </message>
    <message>
      <source>Viewed</source>
      <translation>閲覧済み</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>無効</translation>
    </message>
    <message>
      <source>Waiting for approval</source>
      <translation>承認待ち</translation>
    </message>
  </context>
  <context>
    <name>StepLine</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>手順 %1/%2: %3</translation>
    </message>
  </context>
  <context>
    <name>StepList</name>
    <message>
      <source>Step %1 of %2: %3</source>
      <translation>手順 %1/%2: %3</translation>
    </message>
  </context>
  <context>
    <name>Summary</name>
    <message>
      <source>%1 calls</source>
      <translation>呼び出し%1回</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n日</numerusform>
      </translation>
    </message>
    <message>
      <source>Before you start</source>
      <translation>開始する前に</translation>
    </message>
    <message>
      <source>Calls</source>
      <translation>呼び出し</translation>
    </message>
    <message>
      <source>Calls of today’s %1</source>
      <translation>本日の呼び出し%1回のうち</translation>
    </message>
    <message>
      <source>Deleting in Zoho Books</source>
      <translation>Zoho Booksでの削除</translation>
    </message>
    <message>
      <source>Line items</source>
      <translation>明細</translation>
    </message>
    <message>
      <source>No document twice</source>
      <translation>伝票の重複防止</translation>
    </message>
    <message>
      <source>Nothing during the first sync. Later only what you import, enter or release here.</source>
      <translation>初回同期では書き込みません。その後は、ここでインポート、入力、解除したものだけです。</translation>
    </message>
    <message>
      <source>Nothing. The direction is read only; you can change it later in Settings.</source>
      <translation>なし。方向は読み取りのみです。後で設定で変更できます。</translation>
    </message>
    <message numerus="yes">
      <source>Records in %n module(s)</source>
      <translation>
        <numerusform>%nモジュールのレコード</numerusform>
      </translation>
    </message>
    <message>
      <source>Time</source>
      <translation>時間</translation>
    </message>
    <message>
      <source>Will be read</source>
      <translation>読み取られるもの</translation>
    </message>
    <message>
      <source>Will be written</source>
      <translation>書き込まれるもの</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>約%n時間</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>約%n分</numerusform>
      </translation>
    </message>
    <message>
      <source>at least</source>
      <translation>少なくとも</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>1分未満</translation>
    </message>
    <message>
      <source>never</source>
      <translation>なし</translation>
    </message>
    <message>
      <source>zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses duplicates where there is one, else by your own number, the e-mail address or a reference. Settings shows which, and offers to make the field.</source>
      <translation>zbdeskは再送する前に、送信済みのものを必ず探します。Zoho Booksが重複を拒否するフィールドがあればそれで、なければ固有の番号、メールアドレス、参照番号で確認します。どれを使うかは設定に表示され、フィールドの作成もできます。</translation>
    </message>
  </context>
  <context>
    <name>TableDialog</name>
    <message>
      <source>Cancel</source>
      <translation>キャンセル</translation>
    </message>
  </context>
  <context>
    <name>TableMenus</name>
    <message>
      <source>&amp;Columns…</source>
      <translation>列(&amp;C)…</translation>
    </message>
    <message>
      <source>&amp;Export…</source>
      <translation>エクスポート(&amp;E)…</translation>
    </message>
    <message>
      <source>&amp;Filter by %1…</source>
      <translation>%1でフィルター(&amp;F)…</translation>
    </message>
    <message>
      <source>&amp;Hide</source>
      <translation>非表示(&amp;H)</translation>
    </message>
    <message>
      <source>&amp;Narrower</source>
      <translation>狭く(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Order and widths…</source>
      <translation>順序と幅(&amp;O)…</translation>
    </message>
    <message>
      <source>&amp;Print record…</source>
      <translation>レコードを印刷(&amp;P)…</translation>
    </message>
    <message>
      <source>&amp;Wider</source>
      <translation>広く(&amp;W)</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>先にレコードを選択してください。</translation>
    </message>
    <message>
      <source>Copy &amp;rows</source>
      <translation>行をコピー(&amp;R)</translation>
    </message>
    <message>
      <source>Copy without t&amp;itles</source>
      <translation>見出しなしでコピー(&amp;I)</translation>
    </message>
    <message>
      <source>De&amp;tails</source>
      <translation>詳細(&amp;T)</translation>
    </message>
    <message>
      <source>Open in &amp;Zoho Books</source>
      <translation>Zoho Booksで開く(&amp;Z)</translation>
    </message>
    <message>
      <source>Sort &amp;downwards</source>
      <translation>降順で並べ替え(&amp;D)</translation>
    </message>
    <message>
      <source>Sort &amp;upwards</source>
      <translation>昇順で並べ替え(&amp;U)</translation>
    </message>
  </context>
  <context>
    <name>TakeBackDialog</name>
    <message>
      <source>%1 stay: they were edited since, or an earlier import made them.</source>
      <translation>%1は残ります。その後編集されたか、以前のインポートで作成されました。</translation>
    </message>
    <message>
      <source>&amp;Roll back %1 documents</source>
      <translation>伝票%1件をロールバック(&amp;R)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>閉じる</translation>
    </message>
    <message>
      <source>In Zoho Books, with the next sync: %1</source>
      <translation>Zoho Books では次の同期で: %1</translation>
    </message>
    <message>
      <source>It cannot be rolled back now: %1</source>
      <translation>今は取り消せません: %1</translation>
    </message>
    <message>
      <source>Nothing of it can be taken back.</source>
      <translation>取り消せるものがありません。</translation>
    </message>
    <message>
      <source>On this computer: %1 are removed, %2 are as before.</source>
      <translation>このコンピューターでは、%1を削除し、%2を元に戻します。</translation>
    </message>
    <message>
      <source>Records of this import that have left</source>
      <translation>このインポートの送信済みレコード</translation>
    </message>
    <message>
      <source>Roll back the import of %1?</source>
      <translation>%1のインポートをロールバックしますか?</translation>
    </message>
    <message>
      <source>Rolled back: %1 removed, %2 as before.</source>
      <translation>ロールバックしました: 削除%1件、元に戻したもの%2件。</translation>
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
      <translation>%1をコピーしました</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1/%2</translation>
    </message>
    <message>
      <source>%1 written to %2.</source>
      <translation>%1を %2 に書き込みました。</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>キャンセル</translation>
    </message>
    <message>
      <source>Export %1</source>
      <translation>%1をエクスポート</translation>
    </message>
    <message>
      <source>Stopped. Nothing was written.</source>
      <translation>停止しました。何も書き込まれていません。</translation>
    </message>
    <message>
      <source>Writing %1…</source>
      <translation>%1を書き込んでいます…</translation>
    </message>
  </context>
  <context>
    <name>TargetDialog</name>
    <message>
      <source>%1 gets nothing more. What waits for it here is dropped, and its secret is forgotten.</source>
      <translation>%1には今後何も送信されません。ここで待機中のものは破棄され、シークレットは消去されます。</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
      <source>&amp;Keep</source>
      <translation>残す(&amp;K)</translation>
    </message>
    <message>
      <source>A&amp;dd it</source>
      <translation>追加(&amp;D)</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>保存しています…</translation>
    </message>
    <message>
      <source>Change what is passed on</source>
      <translation>転送内容を変更</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>変更</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>コピー(&amp;Y)</translation>
    </message>
    <message>
      <source>Copy the secret now</source>
      <translation>シークレットを今コピーしてください</translation>
    </message>
    <message>
      <source>Deletions</source>
      <translation>削除</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完了</translation>
    </message>
    <message>
      <source>For something else add a target of its own.</source>
      <translation>それ以外の場合は、別の送信先を追加してください。</translation>
    </message>
    <message>
      <source>It signs what is sent there (X-Zbdesk-Signature). It is not shown again.</source>
      <translation>そこへ送る内容に署名します (X-Zbdesk-Signature)。再び表示されることはありません。</translation>
    </message>
    <message>
      <source>Only these events; none chosen means all</source>
      <translation>これらのイベントのみ。未選択はすべて</translation>
    </message>
    <message>
      <source>Only these modules; none chosen means all</source>
      <translation>これらのモジュールのみ。未選択はすべて</translation>
    </message>
    <message>
      <source>Other systems of your own need no tunnel then. What they do not take waits here and is tried again.</source>
      <translation>自社の他のシステムにはトンネルが不要になります。受け取られなかったものはここで待機し、再試行されます。</translation>
    </message>
    <message>
      <source>Pass events on to another address</source>
      <translation>別のアドレスにイベントを転送</translation>
    </message>
    <message>
      <source>Pass nothing on there any more?</source>
      <translation>そこへの転送を終了しますか?</translation>
    </message>
    <message>
      <source>Secret</source>
      <translation>シークレット</translation>
    </message>
    <message>
      <source>Secret of this target</source>
      <translation>この送信先のシークレット</translation>
    </message>
    <message>
      <source>The event as it came (only with a right signature)</source>
      <translation>届いたままのイベント(正しい署名がある場合のみ)</translation>
    </message>
    <message>
      <source>The record, as Zoho Books showed it after the event</source>
      <translation>イベント後にZoho Booksが示したレコード</translation>
    </message>
    <message>
      <source>The target is added. Copy its secret now.</source>
      <translation>送信先を追加しました。シークレットを今コピーしてください。</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>必須です。</translation>
    </message>
    <message>
      <source>W&amp;hat it gets</source>
      <translation>送信内容(&amp;H)</translation>
    </message>
    <message>
      <source>What it gets</source>
      <translation>送信内容</translation>
    </message>
    <message>
      <source>http is allowed on this computer and in your own network.</source>
      <translation>このコンピューターと社内ネットワークではhttpも使用できます。</translation>
    </message>
  </context>
  <context>
    <name>Tasks</name>
    <message>
      <source>Nothing was lost. The log says more; try this step again.</source>
      <translation>失われたものはありません。ログに詳細があります。この手順を再試行してください。</translation>
    </message>
    <message>
      <source>zbdesk came upon a fault of its own.</source>
      <translation>zbdesk自体の障害が発生しました。</translation>
    </message>
  </context>
  <context>
    <name>TieOutTree</name>
    <message>
      <source>Currency</source>
      <translation>通貨</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>差額</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>ここ</translation>
    </message>
    <message>
      <source>Module and period</source>
      <translation>モジュールと期間</translation>
    </message>
    <message>
      <source>Records in Zoho Books</source>
      <translation>Zoho Booksのレコード</translation>
    </message>
    <message>
      <source>Records on this computer</source>
      <translation>このコンピューターのレコード</translation>
    </message>
    <message>
      <source>Their value in Zoho Books</source>
      <translation>Zoho Books側の値</translation>
    </message>
    <message>
      <source>Their value on this computer</source>
      <translation>このコンピューターの値</translation>
    </message>
    <message>
      <source>There</source>
      <translation>先方</translation>
    </message>
    <message>
      <source>This computer less Zoho Books</source>
      <translation>このコンピューター－Zoho Books</translation>
    </message>
    <message>
      <source>Tie-out</source>
      <translation>照合</translation>
    </message>
    <message>
      <source>Value here</source>
      <translation>ここの値</translation>
    </message>
    <message>
      <source>Value there</source>
      <translation>先方の値</translation>
    </message>
    <message>
      <source>What differs</source>
      <translation>相違点</translation>
    </message>
    <message>
      <source>and %1 more: they are in the files</source>
      <translation>ほか%1件: ファイルに含まれています</translation>
    </message>
    <message>
      <source>equal</source>
      <translation>一致</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>不明</translation>
    </message>
    <message>
      <source>not named</source>
      <translation>名前なし</translation>
    </message>
  </context>
  <context>
    <name>Totals</name>
    <message>
      <source>None of these documents has an amount.</source>
      <translation>これらの伝票に金額はありません。</translation>
    </message>
    <message>
      <source>Totals by currency</source>
      <translation>通貨別合計</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n wait(s) for you</source>
      <translation>
        <numerusform>対応待ち%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>, last success %1</source>
      <translation>、最終成功 %1</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>in order, looked at %1</source>
      <translation>正常、確認 %1</translation>
    </message>
    <message>
      <source>sign in again</source>
      <translation>再サインイン</translation>
    </message>
    <message>
      <source>stopped by an error</source>
      <translation>エラーで停止</translation>
    </message>
    <message>
      <source>syncing</source>
      <translation>同期中</translation>
    </message>
    <message>
      <source>syncing, %1 here</source>
      <translation>同期中、%1件取得済み</translation>
    </message>
    <message>
      <source>syncing, %1 of %2</source>
      <translation>同期中、%1/%2件</translation>
    </message>
    <message>
      <source>zbdesk: not connected to Zoho Books</source>
      <translation>zbdesk: Zoho Booksに未接続</translation>
    </message>
  </context>
  <context>
    <name>TrustRows</name>
    <message>
      <source>All files (*)</source>
      <translation>すべてのファイル (*)</translation>
    </message>
    <message>
      <source>Also trust</source>
      <translation>追加で信頼</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>証明書</translation>
    </message>
    <message>
      <source>Certificates (*.pem *.crt *.cer)</source>
      <translation>証明書 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
      <source>Choose a fi&amp;le…</source>
      <translation>ファイルを選択(&amp;A)…</translation>
    </message>
    <message>
      <source>File with further certificates</source>
      <translation>追加の証明書ファイル</translation>
    </message>
    <message>
      <source>The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy that looks into traffic.</source>
      <translation>このコンピューターが信頼する証明書は常に有効です。通信を検査するプロキシのため、ここでPEMファイルを追加できます。</translation>
    </message>
    <message>
      <source>none</source>
      <translation>なし</translation>
    </message>
  </context>
  <context>
    <name>Updates</name>
    <message>
      <source>Not now</source>
      <translation>後で</translation>
    </message>
    <message>
      <source>The administrator of this computer has switched this off.</source>
      <translation>このコンピューターの管理者が無効にしています。</translation>
    </message>
    <message>
      <source>This build does not look for updates.</source>
      <translation>このビルドは更新を確認しません。</translation>
    </message>
    <message>
      <source>What is new</source>
      <translation>新機能</translation>
    </message>
    <message>
      <source>You have %1. Nothing is downloaded by itself.</source>
      <translation>現在は %1 です。自動でダウンロードされるものはありません。</translation>
    </message>
    <message>
      <source>zbdesk %1 is there.</source>
      <translation>zbdesk %1 が公開されています。</translation>
    </message>
  </context>
  <context>
    <name>VaultPage</name>
    <message>
      <source>&amp;In an encrypted file</source>
      <translation>暗号化されたファイル(&amp;I)</translation>
    </message>
    <message>
      <source>&amp;Look again</source>
      <translation>再確認(&amp;L)</translation>
    </message>
    <message>
      <source>&amp;Type a passphrase</source>
      <translation>パスフレーズを入力(&amp;T)</translation>
    </message>
    <message>
      <source>A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or KWallet on Linux. zbdesk keeps secrets there and nowhere else.

Where there is none, an encrypted file is the other way. Its passphrase is never stored.</source>
      <translation>キーチェーンはデスクトップの機能です。Windowsでは資格情報マネージャー、macOSではキーチェーン、LinuxではGNOME KeyringまたはKWalletです。zbdeskはシークレットをそこだけに保存します。

ない場合は、暗号化されたファイルを使用します。パスフレーズが保存されることはありません。</translation>
    </message>
    <message>
      <source>A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.</source>
      <translation>zbdeskの暗号化ファイルがすでにこのコンピューターにあります。作成時のパスフレーズを入力してください。</translation>
    </message>
    <message>
      <source>Choose Look again when the keychain is there.</source>
      <translation>キーチェーンが使えるようになったら「再確認」を選択してください。</translation>
    </message>
    <message>
      <source>Enter a passphrase of eight signs or more to go on.</source>
      <translation>続けるには、8文字以上のパスフレーズを入力してください。</translation>
    </message>
    <message>
      <source>Enter the passphrase to go on.</source>
      <translation>続けるには、パスフレーズを入力してください。</translation>
    </message>
    <message>
      <source>Fair. Another word makes it strong.</source>
      <translation>普通です。もう1語加えると強くなります。</translation>
    </message>
    <message>
      <source>In the &amp;keychain of this computer</source>
      <translation>このコンピューターのキーチェーン(&amp;K)</translation>
    </message>
    <message>
      <source>On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain.</source>
      <translation>Linuxではgnome-keyringまたはKWalletをインストールしてデスクトップに再サインインするか、キーチェーンのロックを解除してください。</translation>
    </message>
    <message>
      <source>Strong.</source>
      <translation>強いです。</translation>
    </message>
    <message>
      <source>The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read the sign-in, and a forgotten one means signing in again; no record is lost.</source>
      <translation>ファイルは、zbdeskの起動時に入力するパスフレーズで暗号化されます。それがなければ誰もサインイン情報を読めません。忘れた場合は再サインインが必要ですが、レコードは失われません。</translation>
    </message>
    <message>
      <source>The place is being tried.</source>
      <translation>保存場所を試しています。</translation>
    </message>
    <message>
      <source>The same a&amp;gain</source>
      <translation>もう一度入力(&amp;G)</translation>
    </message>
    <message>
      <source>The two differ. Type the same in both.</source>
      <translation>2つが一致しません。両方に同じものを入力してください。</translation>
    </message>
    <message>
      <source>Too short: eight signs or more; four words are easy to remember.</source>
      <translation>短すぎます。8文字以上にしてください。4つの単語なら覚えやすいです。</translation>
    </message>
    <message>
      <source>Type the passphrase a second time to go on.</source>
      <translation>続けるには、パスフレーズをもう一度入力してください。</translation>
    </message>
    <message>
      <source>Weak: add another word.</source>
      <translation>弱いです。もう1語加えてください。</translation>
    </message>
    <message>
      <source>Where may the sign-in be kept?</source>
      <translation>サインイン情報をどこに保存しますか?</translation>
    </message>
    <message>
      <source>zbdesk found no keychain it can use; choose how the secret and the sign-in are protected.</source>
      <translation>使用できるキーチェーンが見つかりませんでした。シークレットとサインイン情報の保護方法を選択してください。</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>%1 (opens first)</source>
      <translation>%1(最初に開く)</translation>
    </message>
    <message>
      <source>&amp;Delete “%1”</source>
      <translation>「%1」を削除(&amp;D)</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>名前(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Open the table with it</source>
      <translation>表を開くときに使用(&amp;O)</translation>
    </message>
    <message>
      <source>&amp;Rename “%1”…</source>
      <translation>「%1」の名前を変更(&amp;R)…</translation>
    </message>
    <message>
      <source>&amp;Save</source>
      <translation>保存(&amp;S)</translation>
    </message>
    <message>
      <source>&amp;Save as…</source>
      <translation>名前を付けて保存(&amp;S)…</translation>
    </message>
    <message>
      <source>A view needs a name.</source>
      <translation>ビューには名前が必要です。</translation>
    </message>
    <message>
      <source>All records</source>
      <translation>すべてのレコード</translation>
    </message>
    <message>
      <source>Rename this view</source>
      <translation>このビューの名前を変更</translation>
    </message>
    <message>
      <source>Save &amp;changes to “%1”</source>
      <translation>「%1」に変更を保存(&amp;C)</translation>
    </message>
    <message>
      <source>Save this view</source>
      <translation>このビューを保存</translation>
    </message>
    <message>
      <source>Saved views</source>
      <translation>保存したビュー</translation>
    </message>
    <message>
      <source>Saved views: %1</source>
      <translation>保存したビュー: %1</translation>
    </message>
    <message>
      <source>Still to be paid</source>
      <translation>未払残高</translation>
    </message>
    <message>
      <source>There is a view of that name. Choose another, or save changes to that one.</source>
      <translation>同じ名前のビューがあります。別の名前にするか、そのビューに変更を保存してください。</translation>
    </message>
    <message>
      <source>V&amp;iews</source>
      <translation>ビュー(&amp;I)</translation>
    </message>
    <message>
      <source>View “%1” is deleted.</source>
      <translation>ビュー「%1」を削除しました。</translation>
    </message>
    <message>
      <source>View “%1” is saved.</source>
      <translation>ビュー「%1」を保存しました。</translation>
    </message>
  </context>
  <context>
    <name>WaitPanel</name>
    <message>
      <source>Choose</source>
      <translation>選択</translation>
    </message>
    <message>
      <source>Choose what is read, and how often</source>
      <translation>読み取る内容と頻度を選択</translation>
    </message>
    <message>
      <source>Everything works without a mouse</source>
      <translation>すべてマウスなしで操作できます</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>ヘルプ</translation>
    </message>
    <message>
      <source>Look at the %1 %2 that are here</source>
      <translation>ここにある%2 %1件を見る</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>開く</translation>
    </message>
    <message>
      <source>Open %1</source>
      <translation>%1を開く</translation>
    </message>
    <message>
      <source>Records appear page by page</source>
      <translation>レコードはページごとに順次表示されます</translation>
    </message>
    <message>
      <source>See the keys</source>
      <translation>キーを見る</translation>
    </message>
    <message>
      <source>Sorting and filters work on what is here</source>
      <translation>並べ替えとフィルターは取得済みのものに使えます</translation>
    </message>
    <message>
      <source>What is switched off costs no calls</source>
      <translation>オフのものは呼び出しを消費しません</translation>
    </message>
    <message>
      <source>While you wait</source>
      <translation>お待ちの間に</translation>
    </message>
  </context>
  <context>
    <name>WaitsPanel</name>
    <message>
      <source>Show all</source>
      <translation>すべて表示</translation>
    </message>
    <message>
      <source>They are &amp;gone…</source>
      <translation>なくなっている(&amp;G)…</translation>
    </message>
    <message>
      <source>Waits for you</source>
      <translation>対応待ち</translation>
    </message>
  </context>
  <context>
    <name>WayDialog</name>
    <message>
      <source>&amp;Key file (optional)</source>
      <translation>鍵ファイル(任意)(&amp;K)</translation>
    </message>
    <message>
      <source>&amp;Name of a named tunnel (optional)</source>
      <translation>名前付きトンネルの名前(任意)(&amp;N)</translation>
    </message>
    <message>
      <source>&amp;Port to open there</source>
      <translation>そこで開くポート(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Use this way</source>
      <translation>この経路を使用(&amp;U)</translation>
    </message>
    <message>
      <source>&amp;Way</source>
      <translation>経路(&amp;W)</translation>
    </message>
    <message>
      <source>A forged message is refused by its signature.</source>
      <translation>偽造されたメッセージは署名で拒否されます。</translation>
    </message>
    <message>
      <source>A named tunnel has a public address: enter it.</source>
      <translation>名前付きトンネルには公開アドレスがあります。入力してください。</translation>
    </message>
    <message>
      <source>A port is a number from 0 to 65535; 0 lets the server choose.</source>
      <translation>ポートは0～65535の数値です。0ならサーバーが選びます。</translation>
    </message>
    <message>
      <source>Being kept…</source>
      <translation>保存しています…</translation>
    </message>
    <message>
      <source>C&amp;hannel</source>
      <translation>チャンネル(&amp;H)</translation>
    </message>
    <message>
      <source>Cloudflare ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>https接続はCloudflareで終端され、Cloudflareはメッセージを読めます。トークンはキーチェーンに保存されます。</translation>
    </message>
    <message>
      <source>Empty: it is looked for on the search path.</source>
      <translation>空欄: 検索パスから探します。</translation>
    </message>
    <message>
      <source>Every way ends at the same listener, which only this computer can reach and which checks each signature.</source>
      <translation>どの経路も同じリスナーに届きます。リスナーにはこのコンピューターからしか接続できず、すべての署名を検証します。</translation>
    </message>
    <message>
      <source>For a network that lets nothing in and where no program may be installed. You must trust the relay.</source>
      <translation>外部からの接続を受け付けず、プログラムもインストールできないネットワーク用です。中継を信頼する必要があります。</translation>
    </message>
    <message>
      <source>Found: %1</source>
      <translation>見つかりました: %1</translation>
    </message>
    <message>
      <source>From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the present one.</source>
      <translation>Cloudflareのダッシュボードから取得します。ない場合、起動のたびにアドレスが変わります。空欄なら現在のものを維持します。</translation>
    </message>
    <message>
      <source>From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one.</source>
      <translation>ngrokのダッシュボードから取得します。バージョン3.16以降。空欄なら現在のものを維持します。</translation>
    </message>
    <message>
      <source>How does Zoho Books reach this computer?</source>
      <translation>Zoho Booksはどの経路でこのコンピューターに接続しますか?</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open this again, or say below where it is.</source>
      <translation>このコンピューターにありません。Cloudflare (developers.cloudflare.com、Downloads)からインストールしてここを再度開くか、下で場所を指定してください。</translation>
    </message>
    <message>
      <source>It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say below where it is.</source>
      <translation>このコンピューターにありません。ngrok (ngrok.com、Download)からインストールしてここを再度開くか、下で場所を指定してください。</translation>
    </message>
    <message>
      <source>Its public &amp;address</source>
      <translation>公開アドレス(&amp;A)</translation>
    </message>
    <message>
      <source>K&amp;ind of relay</source>
      <translation>中継の種類(&amp;I)</translation>
    </message>
    <message>
      <source>Keeps messages as they are (signatures hold)</source>
      <translation>メッセージをそのまま保持(署名は有効)</translation>
    </message>
    <message>
      <source>Kind of relay</source>
      <translation>中継の種類</translation>
    </message>
    <message>
      <source>Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched.</source>
      <translation>パス/webhooks/をこのコンピューターのポート%1に転送してください。パスと本文は変更しないでください。</translation>
    </message>
    <message>
      <source>My own address (web server, proxy or tunnel that somebody looks after)</source>
      <translation>独自のアドレス(管理者のいるウェブサーバー、プロキシ、トンネル)</translation>
    </message>
    <message>
      <source>Nobody but your own server sees the messages.</source>
      <translation>ご自身のサーバー以外はメッセージを見られません。</translation>
    </message>
    <message>
      <source>Not at all: changes come by looking</source>
      <translation>なし: 定期確認で変更を取得</translation>
    </message>
    <message>
      <source>Nothing can reach this computer.</source>
      <translation>このコンピューターには接続できません。</translation>
    </message>
    <message>
      <source>Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost.</source>
      <translation>ここへの経路はありません。zbdeskは設定した間隔で確認し、失われるものはありません。</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>変更はありませんでした。</translation>
    </message>
    <message>
      <source>Public &amp;address</source>
      <translation>公開アドレス(&amp;A)</translation>
    </message>
    <message>
      <source>Public &amp;address that leads to it</source>
      <translation>ここに届く公開アドレス(&amp;A)</translation>
    </message>
    <message>
      <source>Pull relay: zbdesk fetches, nothing has to reach this computer</source>
      <translation>プル型中継: zbdeskが取得し、このコンピューターへの接続は不要</translation>
    </message>
    <message>
      <source>Reserved &amp;address (optional)</source>
      <translation>予約済みアドレス(任意)(&amp;A)</translation>
    </message>
    <message>
      <source>S&amp;erver</source>
      <translation>サーバー(&amp;E)</translation>
    </message>
    <message>
      <source>Sign in there once by hand, so that its key is known here: an unknown server is never trusted.</source>
      <translation>鍵が登録されるよう、一度手動でサインインしてください。未知のサーバーは信頼されません。</translation>
    </message>
    <message>
      <source>T&amp;oken</source>
      <translation>トークン(&amp;O)</translation>
    </message>
    <message>
      <source>T&amp;oken of the tunnel (optional)</source>
      <translation>トンネルのトークン(任意)(&amp;O)</translation>
    </message>
    <message>
      <source>The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows the channel can send, and events only make zbdesk read the record again.</source>
      <translation>中継はメッセージを読めます。smeeのような中継はメッセージを書き直すため署名は無効になり、チャンネルを知る人は誰でも送信できます。イベントはzbdeskにレコードを読み直させるだけです。</translation>
    </message>
    <message>
      <source>The settings could not be written.</source>
      <translation>設定を書き込めませんでした。</translation>
    </message>
    <message>
      <source>There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with every Linux and macOS.</source>
      <translation>このコンピューターにsshがありません。Windowsではオプション機能(OpenSSH Client)として、LinuxとmacOSでは標準で利用できます。</translation>
    </message>
    <message>
      <source>This is needed.</source>
      <translation>必須です。</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>経路</translation>
    </message>
    <message>
      <source>What it protects</source>
      <translation>保護の内容</translation>
    </message>
    <message>
      <source>What this way needs</source>
      <translation>この経路に必要なもの</translation>
    </message>
    <message>
      <source>Where the program &amp;is (optional)</source>
      <translation>プログラムの場所(任意)(&amp;I)</translation>
    </message>
    <message>
      <source>Whoever runs the address can read the messages where the https line ends.</source>
      <translation>https接続の終端では、アドレスの運営者がメッセージを読めます。</translation>
    </message>
    <message>
      <source>You have a public https address. zbdesk only notes it; whoever runs it lets it lead here.</source>
      <translation>公開httpsアドレスをお持ちの場合です。zbdeskは控えるだけで、ここへの転送はアドレスの管理者が設定します。</translation>
    </message>
    <message>
      <source>cloudflared, started by zbdesk</source>
      <translation>cloudflared(zbdeskが起動)</translation>
    </message>
    <message>
      <source>ngrok ends the https line and can read the messages. The token is kept in the keychain.</source>
      <translation>https接続はngrokで終端され、ngrokはメッセージを読めます。トークンはキーチェーンに保存されます。</translation>
    </message>
    <message>
      <source>ngrok, started by zbdesk</source>
      <translation>ngrok(zbdeskが起動)</translation>
    </message>
    <message>
      <source>smee.io and the like (no signature holds)</source>
      <translation>smee.ioなど(署名は無効)</translation>
    </message>
    <message>
      <source>ssh to a server of my own, started by zbdesk</source>
      <translation>自社サーバーへのssh(zbdeskが起動)</translation>
    </message>
    <message>
      <source>zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it.</source>
      <translation>zbdeskはポートを転送するSSH接続を維持します。サーバー側のウェブサーバーが/webhooks/をそこへ転送します。</translation>
    </message>
    <message>
      <source>zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit.</source>
      <translation>zbdeskがプログラムを起動・監視し、終了した場合は再起動し、zbdesk終了時に停止します。</translation>
    </message>
  </context>
  <context>
    <name>Webhooks</name>
    <message>
      <source>%1 of %2 changes missed, last 7 days</source>
      <translation>過去7日間、変更%2件中%1件の取りこぼし</translation>
    </message>
    <message>
      <source>%1 of Zoho’s %2 a day</source>
      <translation>Zohoの1日%2件のうち%1件</translation>
    </message>
    <message>
      <source>%1, next at %2</source>
      <translation>%1、次回 %2</translation>
    </message>
    <message numerus="yes">
      <source>%n could not be done</source>
      <translation>
        <numerusform>実行できなかったもの%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n delivery is sent again</source>
      <translation>
        <numerusform>配信%n件を再送信</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n done</source>
      <translation>
        <numerusform>完了%n件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n event(s) read again</source>
      <translation>
        <numerusform>イベント%n件を読み直しました</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n try(s)</source>
      <translation>
        <numerusform>試行%n回</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n turned away</source>
      <translation>
        <numerusform>受付拒否%n件</numerusform>
      </translation>
    </message>
    <message>
      <source>Another organization</source>
      <translation>別の組織</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>シークレットを変更…</translation>
    </message>
    <message>
      <source>Changes are missed</source>
      <translation>変更の取りこぼしがあります</translation>
    </message>
    <message>
      <source>Changes arrive, usually in %1</source>
      <translation>変更が届いています、通常%1以内</translation>
    </message>
    <message>
      <source>Given up</source>
      <translation>断念</translation>
    </message>
    <message>
      <source>Gone in Zoho Books</source>
      <translation>Zoho Booksからなくなりました</translation>
    </message>
    <message>
      <source>Kept: it names no record</source>
      <translation>保存済み: レコードの指定なし</translation>
    </message>
    <message>
      <source>Look at the deliveries</source>
      <translation>配信を確認</translation>
    </message>
    <message>
      <source>Look at the way</source>
      <translation>経路を確認</translation>
    </message>
    <message>
      <source>Module is not synced</source>
      <translation>同期対象外のモジュール</translation>
    </message>
    <message>
      <source>Names no record</source>
      <translation>レコードの指定なし</translation>
    </message>
    <message>
      <source>Neither here nor in Zoho Books</source>
      <translation>ここにもZoho Booksにもなし</translation>
    </message>
    <message>
      <source>Neither here nor there</source>
      <translation>ここにも先方にもなし</translation>
    </message>
    <message>
      <source>New here</source>
      <translation>ここに新規</translation>
    </message>
    <message>
      <source>New here after %1</source>
      <translation>%1後にここに新規</translation>
    </message>
    <message>
      <source>Not set up</source>
      <translation>未設定</translation>
    </message>
    <message>
      <source>Not shown by Zoho Books</source>
      <translation>Zoho Booksで表示されません</translation>
    </message>
    <message>
      <source>Nothing has arrived today</source>
      <translation>本日届いたものはありません</translation>
    </message>
    <message>
      <source>Public name</source>
      <translation>公開名</translation>
    </message>
    <message>
      <source>Put aside: another organization</source>
      <translation>除外: 別の組織</translation>
    </message>
    <message>
      <source>Put aside: this module is not synced</source>
      <translation>除外: 同期対象外のモジュール</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>読み直す</translation>
    </message>
    <message>
      <source>Read again after %1</source>
      <translation>%1後に読み直し</translation>
    </message>
    <message>
      <source>Reading the record from Zoho Books</source>
      <translation>Zoho Booksからレコードを読み取っています</translation>
    </message>
    <message>
      <source>Secure line</source>
      <translation>安全な接続</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>署名</translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>受信済</translation>
    </message>
    <message>
      <source>Test the way</source>
      <translation>経路をテスト</translation>
    </message>
    <message>
      <source>This computer</source>
      <translation>このコンピューター</translation>
    </message>
    <message>
      <source>Tunnel</source>
      <translation>トンネル</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>不明</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>待機</translation>
    </message>
    <message>
      <source>Waits for a sign-in</source>
      <translation>サインイン待ち</translation>
    </message>
    <message>
      <source>Waits for the end of the pause</source>
      <translation>一時停止の終了待ち</translation>
    </message>
    <message>
      <source>Waits for the end of the sync</source>
      <translation>同期の終了待ち</translation>
    </message>
    <message>
      <source>Waits for the first event</source>
      <translation>最初のイベント待ち</translation>
    </message>
    <message>
      <source>Waits for the network</source>
      <translation>ネットワーク待ち</translation>
    </message>
    <message>
      <source>Waits until Zoho Books allows more calls</source>
      <translation>Zoho Booksの呼び出し再開待ち</translation>
    </message>
    <message>
      <source>Was here already</source>
      <translation>すでに取得済み</translation>
    </message>
    <message>
      <source>Webhooks do not get through</source>
      <translation>Webhookが届きません</translation>
    </message>
    <message>
      <source>Webhooks: %1 fails</source>
      <translation>Webhook: %1が失敗</translation>
    </message>
    <message>
      <source>Webhooks: all five parts of the way are in order</source>
      <translation>Webhook: 経路の5つの部分すべて正常</translation>
    </message>
    <message>
      <source>Zoho Books does not show this record</source>
      <translation>Zoho Booksでこのレコードが表示されません</translation>
    </message>
    <message>
      <source>Zoho Books gave no answer; asked again</source>
      <translation>Zoho Booksから応答なし、再度照会します</translation>
    </message>
    <message>
      <source>came %1 times, kept once</source>
      <translation>%1回到着、1回分を保存</translation>
    </message>
    <message numerus="yes">
      <source>failed %n time(s)</source>
      <translation>
        <numerusform>失敗%n回</numerusform>
      </translation>
    </message>
    <message>
      <source>fails</source>
      <translation>失敗</translation>
    </message>
    <message>
      <source>in %1 ms</source>
      <translation>%1 ms以内</translation>
    </message>
    <message>
      <source>in order</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>no changes to compare yet</source>
      <translation>比較する変更なし</translation>
    </message>
    <message>
      <source>no signature</source>
      <translation>署名なし</translation>
    </message>
    <message>
      <source>not tested</source>
      <translation>未テスト</translation>
    </message>
    <message>
      <source>pull relay</source>
      <translation>プル型中継</translation>
    </message>
    <message>
      <source>replayed</source>
      <translation>再生済み</translation>
    </message>
    <message>
      <source>secret of %1</source>
      <translation>%1のシークレット</translation>
    </message>
    <message>
      <source>your own address</source>
      <translation>独自のアドレス</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPage</name>
    <message>
      <source>&amp;Test the way now</source>
      <translation>経路を今テスト(&amp;T)</translation>
    </message>
    <message>
      <source>Change the secret…</source>
      <translation>シークレットを変更…</translation>
    </message>
    <message>
      <source>Changes come every %1 min. With webhooks they come within seconds.</source>
      <translation>変更は%1分ごとに届きます。Webhookなら数秒で届きます。</translation>
    </message>
    <message>
      <source>Choose another way…</source>
      <translation>別の経路を選択…</translation>
    </message>
    <message>
      <source>Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.</source>
      <translation>Zoho Booksからこのコンピューターへの経路を選択し、シークレットを作成し、Zoho Booksでモジュールを設定してください。</translation>
    </message>
    <message>
      <source>Choose the way…</source>
      <translation>経路を選択…</translation>
    </message>
    <message>
      <source>Chosen. It is taken up within seconds and then tested.</source>
      <translation>選択しました。数秒で反映され、その後テストされます。</translation>
    </message>
    <message>
      <source>Deliveries</source>
      <translation>配信</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>イベント</translation>
    </message>
    <message>
      <source>Its events are hints that only make zbdesk read the record again. Never use a public one for real books.</source>
      <translation>この経路のイベントは、zbdeskにレコードを読み直させる手がかりにすぎません。実際の帳簿には公開の中継を使わないでください。</translation>
    </message>
    <message>
      <source>Open settings</source>
      <translation>設定を開く</translation>
    </message>
    <message>
      <source>Passed on to</source>
      <translation>転送先</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>テストしています…</translation>
    </message>
    <message>
      <source>The test has not told a result. Test once more.</source>
      <translation>テストの結果が得られませんでした。もう一度テストしてください。</translation>
    </message>
    <message>
      <source>This relay writes messages anew, so no signature can hold.</source>
      <translation>この中継はメッセージを書き直すため、署名は無効です。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再試行</translation>
    </message>
    <message>
      <source>Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.</source>
      <translation>修正されるまで、zbdeskは%1分ごとに確認します(%2から)。失われるものはありません。</translation>
    </message>
    <message>
      <source>Webhooks</source>
      <translation>Webhook</translation>
    </message>
    <message>
      <source>What is listed</source>
      <translation>表示対象</translation>
    </message>
    <message>
      <source>What to paste where…</source>
      <translation>貼り付ける内容と場所…</translation>
    </message>
  </context>
  <context>
    <name>WebhooksPanel</name>
    <message>
      <source>%1 · %2 turned away so far</source>
      <translation>%1 · これまでの受付拒否%2件</translation>
    </message>
    <message>
      <source>Changes come by looking. With webhooks they come within seconds.</source>
      <translation>変更は定期確認で届きます。Webhookなら数秒で届きます。</translation>
    </message>
    <message>
      <source>Check all legs</source>
      <translation>全区間を確認</translation>
    </message>
    <message>
      <source>Set up webhooks</source>
      <translation>Webhookを設定</translation>
    </message>
    <message>
      <source>Webhooks today</source>
      <translation>本日のWebhook</translation>
    </message>
    <message>
      <source>arrived</source>
      <translation>到着</translation>
    </message>
    <message>
      <source>fail</source>
      <translation>失敗</translation>
    </message>
    <message>
      <source>last one %1</source>
      <translation>最終 %1</translation>
    </message>
    <message>
      <source>miss changes</source>
      <translation>取りこぼし</translation>
    </message>
    <message>
      <source>missed, compared with polling</source>
      <translation>定期確認と比べた取りこぼし</translation>
    </message>
    <message>
      <source>usually here in %1</source>
      <translation>通常%1以内に到着</translation>
    </message>
    <message>
      <source>waits for the first event</source>
      <translation>最初のイベント待ち</translation>
    </message>
  </context>
  <context>
    <name>WelcomeBar</name>
    <message>
      <source>Help</source>
      <translation>ヘルプ</translation>
    </message>
    <message>
      <source>Nothing is written to Zoho Books before you agree to it on the last page.</source>
      <translation>最後のページで同意するまで、Zoho Booksには何も書き込まれません。</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>&amp;Connect Zoho Books</source>
      <translation>Zoho Booksに接続(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Connect the demo company</source>
      <translation>デモ会社に接続(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Look around with the demo company</source>
      <translation>デモ会社で試す(&amp;L)</translation>
    </message>
    <message>
      <source>A client ID and client secret from the Zoho API console</source>
      <translation>Zoho APIコンソールのClient IDとClient Secret</translation>
    </message>
    <message>
      <source>Connect Zoho Books takes you through five pages: data centre, client ID and secret, sign-in, organization and what to sync. Nothing is stored and nothing is read before the last of them.

The demo company is a small Zoho Books on this computer. It needs no account, and none of its records come near yours.</source>
      <translation>「Zoho Booksに接続」では、データセンター、Client IDとシークレット、サインイン、組織、同期する内容の5ページを進みます。最後のページまで、保存も読み取りも行われません。

デモ会社はこのコンピューター上の小さなZoho Booksです。アカウントは不要で、そのレコードがお客様のレコードに混ざることはありません。</translation>
    </message>
    <message>
      <source>For example books.zoho.in. It tells which data centre holds your books.</source>
      <translation>例: books.zoho.in。帳簿のあるデータセンターが分かります。</translation>
    </message>
    <message>
      <source>Go on &amp;connecting</source>
      <translation>接続を続ける(&amp;C)</translation>
    </message>
    <message>
      <source>Have these ready</source>
      <translation>ご用意いただくもの</translation>
    </message>
    <message>
      <source>Nothing at all</source>
      <translation>何も必要ありません</translation>
    </message>
    <message>
      <source>One click on its sign-in page</source>
      <translation>サインインページでワンクリック</translation>
    </message>
    <message>
      <source>The address of your Zoho Books</source>
      <translation>お使いのZoho Booksのアドレス</translation>
    </message>
    <message>
      <source>The demo company runs on this computer only. Server and client are filled in.</source>
      <translation>デモ会社はこのコンピューターだけで動作します。サーバーとクライアントは入力済みです。</translation>
    </message>
    <message>
      <source>You can make them on the way: the next pages show where, and what to paste.</source>
      <translation>途中で作成できます。次のページで、場所と貼り付ける内容をご案内します。</translation>
    </message>
    <message>
      <source>You sign in on Zoho’s page in your browser. zbdesk never sees your password.</source>
      <translation>ブラウザーのZohoのページでサインインします。zbdeskがパスワードを見ることはありません。</translation>
    </message>
    <message>
      <source>Your browser opens it, as it would open Zoho’s page.</source>
      <translation>Zohoのページと同じように、ブラウザーで開きます。</translation>
    </message>
    <message>
      <source>Your own Zoho sign-in</source>
      <translation>ご自身のZohoサインイン</translation>
    </message>
    <message>
      <source>Your records and Zoho Books, kept the same</source>
      <translation>お手元のレコードとZoho Booksを常に同じに</translation>
    </message>
    <message>
      <source>zbdesk puts what your company issues into Zoho Books once, and brings what changes there to this computer. You connect in about five minutes.</source>
      <translation>zbdeskは、会社が発行したものを一度だけZoho Booksに登録し、Zoho Booksでの変更をこのコンピューターに取り込みます。接続は5分ほどで完了します。</translation>
    </message>
  </context>
  <context>
    <name>WhatToSyncPage</name>
    <message>
      <source>%1 &amp;more modules, all off</source>
      <translation>さらに%1モジュール、すべてオフ(&amp;M)</translation>
    </message>
    <message>
      <source>%1 calls more, newest first</source>
      <translation>呼び出し%1回追加、新しい順</translation>
    </message>
    <message numerus="yes">
      <source>%n hour(s)</source>
      <translation>
        <numerusform>%n時間</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s)</source>
      <translation>
        <numerusform>%n分</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;Line items of everything</source>
      <translation>すべての明細(&amp;L)</translation>
    </message>
    <message>
      <source>All modules are counted</source>
      <translation>すべてのモジュールを集計済み</translation>
    </message>
    <message>
      <source>Both wa&amp;ys</source>
      <translation>双方向(&amp;Y)</translation>
    </message>
    <message>
      <source>Choose at least one module to go on.</source>
      <translation>続けるには、モジュールを1つ以上選択してください。</translation>
    </message>
    <message>
      <source>Choose the modules and their direction; all of it can be changed later in Settings.</source>
      <translation>モジュールとその方向を選択してください。すべて後で設定で変更できます。</translation>
    </message>
    <message>
      <source>Direction</source>
      <translation>方向</translation>
    </message>
    <message>
      <source>Fewer &amp;modules</source>
      <translation>モジュールを減らす(&amp;M)</translation>
    </message>
    <message>
      <source>How often, and l&amp;ine items</source>
      <translation>頻度と明細(&amp;A)</translation>
    </message>
    <message>
      <source>Loo&amp;k for changes every</source>
      <translation>変更を確認する間隔(&amp;K)</translation>
    </message>
    <message>
      <source>Look for changes every</source>
      <translation>変更を確認する間隔</translation>
    </message>
    <message>
      <source>Not everything could be counted.</source>
      <translation>一部を集計できませんでした。</translation>
    </message>
    <message>
      <source>One call a record; without it, line items are read when a record is opened or changes.</source>
      <translation>レコード1件につき呼び出し1回です。オフの場合、明細はレコードを開いたとき、または変更時に読み取ります。</translation>
    </message>
    <message>
      <source>Read &amp;only for now</source>
      <translation>当面は読み取りのみ(&amp;O)</translation>
    </message>
    <message>
      <source>Records is what Zoho Books counts. A call brings up to 200 records; Zoho allows a number of calls a day by plan, and zbdesk keeps some of them for your own clicks.

Space chooses the module of the current row. Nothing is stored before you choose Start first sync.</source>
      <translation>レコード数はZoho Booksの集計です。1回の呼び出しで最大200件のレコードを取得します。Zohoの1日の呼び出し回数はプランで決まり、zbdeskはその一部を手動操作用に確保します。

スペースキーで現在の行のモジュールを選択します。「初回同期を開始」を選ぶまで何も保存されません。</translation>
    </message>
    <message>
      <source>S&amp;tart first sync</source>
      <translation>初回同期を開始(&amp;T)</translation>
    </message>
    <message>
      <source>Seconds later when webhooks are set up.</source>
      <translation>Webhookを設定すると数秒後に反映されます。</translation>
    </message>
    <message>
      <source>The connection is being stored.</source>
      <translation>接続を保存しています。</translation>
    </message>
    <message>
      <source>The estimate is too low; the sync itself does not need the counts.</source>
      <translation>見積もりは実際より少なめです。同期自体には件数は不要です。</translation>
    </message>
    <message>
      <source>This sign-in was asked for reading only.</source>
      <translation>このサインインは読み取りのみで要求されました。</translation>
    </message>
    <message>
      <source>What changes in Zoho Books comes here; what you enter or import here goes there.</source>
      <translation>Zoho Booksでの変更がここに届き、ここで入力・インポートしたものがZoho Booksに送られます。</translation>
    </message>
    <message>
      <source>What to sync</source>
      <translation>同期する内容</translation>
    </message>
    <message>
      <source>Without it, line items are read when a record is opened or changes.</source>
      <translation>オフの場合、明細はレコードを開いたとき、または変更時に読み取ります。</translation>
    </message>
    <message numerus="yes">
      <source>over about %n day(s)</source>
      <translation>
        <numerusform>約%n日間</numerusform>
      </translation>
    </message>
    <message>
      <source>zbdesk never writes to Zoho Books until this is changed in Settings.</source>
      <translation>設定で変更されるまで、zbdeskはZoho Booksに書き込みません。</translation>
    </message>
  </context>
  <context>
    <name>WindowRows</name>
    <message>
      <source>Ask</source>
      <translation>確認する</translation>
    </message>
    <message>
      <source>Begin without a window where there is a tray</source>
      <translation>トレイがある場合はウィンドウなしで開始</translation>
    </message>
    <message>
      <source>Closing and starting</source>
      <translation>終了と起動</translation>
    </message>
    <message>
      <source>Closing the window</source>
      <translation>ウィンドウを閉じるとき</translation>
    </message>
    <message>
      <source>Keep running near the clock</source>
      <translation>時計の近くで実行を続ける</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>キー</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>終了</translation>
    </message>
    <message>
      <source>Single letters as keys, under Conflicts for example</source>
      <translation>1文字キーを使用(例:「競合」)</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>起動</translation>
    </message>
    <message>
      <source>Start when I sign in to this computer</source>
      <translation>このコンピューターへのサインイン時に起動</translation>
    </message>
    <message>
      <source>Starting with the session is kept by the system itself; what is changed there shows here. It starts in the tray and takes no focus.</source>
      <translation>自動起動の設定はシステムが保持し、システム側の変更はここに反映されます。トレイで起動し、フォーカスを奪いません。</translation>
    </message>
    <message>
      <source>Without a tray, closing the window always quits: zbdesk never runs unseen.</source>
      <translation>トレイがない場合、ウィンドウを閉じると必ず終了します。zbdeskが見えないまま動くことはありません。</translation>
    </message>
  </context>
  <context>
    <name>WriteDialog</name>
    <message>
      <source>Being saved…</source>
      <translation>保存しています…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>キャンセル</translation>
    </message>
    <message>
      <source>No answer yet. What you typed stays here until there is one.</source>
      <translation>まだ応答がありません。応答があるまで入力内容はここに残ります。</translation>
    </message>
  </context>
  <context>
    <name>_Columns</name>
    <message>
      <source>Columns in their order</source>
      <translation>列と順序</translation>
    </message>
  </context>
  <context>
    <name>_GroupPage</name>
    <message>
      <source>Changes count at once; there is nothing to save.</source>
      <translation>変更はすぐに有効になります。保存の操作は不要です。</translation>
    </message>
    <message>
      <source>for %1 only</source>
      <translation>%1のみ</translation>
    </message>
  </context>
  <context>
    <name>_WhenRead</name>
    <message>
      <source>The details are being read; the form opens with them.</source>
      <translation>詳細を読み込んでいます。完了するとフォームが開きます。</translation>
    </message>
  </context>
</TS>
