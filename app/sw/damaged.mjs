// What a person sees when the app's own files are damaged and cannot be fetched now.

const TEXT = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>mekiki</title><link rel="icon" href="data:,"><h1>mekiki</h1>
<p>A file of the app that was kept on this device is damaged or gone. Nothing of yours is lost.
Connect to the internet and load this page again: only that file is fetched.</p>
<p lang="ja">この端末に保存したアプリのファイルが壊れているか、消えています。履歴などは失われていません。
インターネットに接続してから再読み込みしてください。そのファイルだけを取得し直します。</p></html>`;

export const damaged = () =>
  new Response(TEXT, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
