import Forms
import Foundation

/// What stands in place of a room while very many files are looked at: how many of how many. The room opens by itself.
struct BusyPage {
  let exchange: Exchange
  let progress: (done: Int, total: Int)?

  /// So long a room is waited for.
  private static let patience = 2.5

  /// `nil` where the folder has been looked at, or is soon enough.
  static func inPlaceOfRoom(_ desk: Desk, _ exchange: Exchange) async -> Answer? {
    let (folder, day) = (desk.folder, exchange.asOf)
    let (ready, said) = AsyncStream.makeStream(of: Bool.self)
    // The look at the folder goes on, whoever waits for it.
    Task {
      _ = try? await folder.view(asOf: day)
      said.yield(true)
      said.finish()
    }
    let clock = Task {
      try? await Task.sleep(for: .seconds(patience))
      said.yield(false)
      said.finish()
    }
    defer { clock.cancel() }
    for await isReady in ready where !isReady {
      return .html(BusyPage(exchange: exchange, progress: await folder.progress).html)
    }
    return nil
  }

  private var html: String {
    let title = exchange.say("正在审核收件", "Checking what came in")
    let (done, total) = progress ?? (0, 0)
    return """
      <!DOCTYPE html>
      <html lang="\(exchange.language == .chinese ? "zh-CN" : "en")">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>\(title)</title><noscript><meta http-equiv="refresh" content="3"></noscript>
      <link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/page.css"><script type="module" src="/assets/busy.js"></script></head>
      <body class="alone" data-busy><main id="main"><h1>\(title)</h1>
      <p class="lead" aria-live="polite">\(exchange.say("已看", "Looked at")) <b id="done">\(done)</b>/<b id="total">\(total == 0 ? "…" : String(total))</b> \(exchange.say("个文件", "files"))</p>
      <p><progress id="busy" max="\(max(total, 1))" value="\(done)" aria-label="\(title)"></progress></p>
      <p class="quiet">\(exchange.say("看完自动打开；看过的文件不再重看。", "The page opens by itself; what was looked at is not looked at again."))</p></main></body></html>

      """
  }
}
