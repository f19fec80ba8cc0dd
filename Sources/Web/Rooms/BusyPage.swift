import Forms
import Foundation

/// What stands in place of a room while very many files are looked at: how many of how many, and a way to stop. The room opens
/// by itself. Where somebody has stopped, no figure is shown: those of some files would pass for those of all.
struct BusyPage {
  let exchange: Exchange
  let progress: FolderLook.Progress?
  let isStopped: Bool

  /// So long a room is waited for.
  private static let patience = 2.5

  /// `nil` where the folder has been looked at, or is soon enough.
  static func inPlaceOfRoom(_ desk: Desk, _ exchange: Exchange) async -> Answer? {
    let (folder, day) = (desk.folder, exchange.asOf)
    let (ready, said) = AsyncStream.makeStream(of: Bool.self)
    // The look at the folder goes on, whoever waits for it.
    Task {
      do {
        _ = try await folder.view(asOf: day)
        said.yield(true)
      } catch {
        // What else is wrong the room itself says.
        said.yield((error as? Problem)?.code != "stopped")
      }
      said.finish()
    }
    let clock = Task {
      try? await Task.sleep(for: .seconds(patience))
      said.yield(false)
      said.finish()
    }
    defer { clock.cancel() }
    for await isReady in ready {
      guard !isReady else { return nil }
      let look = folder.look
      return .html(BusyPage(exchange: exchange, progress: look.progress, isStopped: look.isStopped).html)
    }
    return nil
  }

  private var html: String {
    let title = exchange.say("正在审核收件", "Checking what came in")
    let halted = exchange.say("审核已停下", "The check was stopped")
    let (done, total) = progress.map { ($0.done, $0.total) } ?? (0, 0)
    return """
      <!DOCTYPE html>
      <html lang="\(exchange.language == .chinese ? "zh-CN" : "en")">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>\(isStopped ? halted : title)</title><noscript><meta http-equiv="refresh" content="3"></noscript>
      <link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/page.css"><script type="module" src="/assets/busy.js"></script></head>
      <body class="alone" data-busy><main id="main">
      <h1 class="when-busy"\(isStopped ? " hidden" : "")>\(title)</h1><h1 class="when-stopped"\(isStopped ? "" : " hidden")>\(halted)</h1>
      <p class="lead" aria-live="polite">\(exchange.say("已看", "Looked at")) <b id="done">\(done)</b>/<b id="total">\(total == 0 ? "…" : String(total))</b> \(exchange.say("个文件", "files"))<span id="inside" hidden>\(exchange.say("，邮件、压缩包里", "; inside mails and archives ")) <b></b>\(exchange.say("件", ""))</span></p>
      <p><progress id="busy" max="\(max(total, 1))" value="\(done)" aria-label="\(title)"></progress></p>
      <p class="quiet when-busy"\(isStopped ? " hidden" : "")>\(exchange.say("看完自动打开；看过的文件不再重看。", "The page opens by itself; what was looked at is not looked at again."))</p>
      <p class="when-stopped"\(isStopped ? "" : " hidden")>\(exchange.say("收件没有看完，所以这里不显示任何数字。放错的文件可以先从 收件 文件夹里拿走，再继续；看过的文件不再重看。", "Not everything was read, so no figure is shown. Files that were put there by mistake can be taken out of 收件 before going on; what was looked at is not looked at again."))</p>
      <p class="buttons"><button type="button" class="button plain when-busy" id="check-stop"\(isStopped ? " hidden" : "")>\(exchange.say("停下", "Stop"))</button><button type="button" class="button when-stopped" id="check-go-on"\(isStopped ? "" : " hidden")>\(exchange.say("继续审核", "Go on"))</button></p>
      <p id="busy-problem" class="error" role="alert"></p></main></body></html>

      """
  }
}
