import Forms
import Hummingbird

/// The style sheet, the scripts and the pictures of the page: inside the program, the same for everybody.
enum Assets {
  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
  ]
  private static let byName = Dictionary(
    assetFiles.map { ($0.path, Array($0.text.utf8)) }, uniquingKeysWith: { first, _ in first })

  /// `/assets/page.css`
  static func answer(to exchange: Exchange) -> Answer? {
    guard exchange.method == .get, exchange.path.first == "assets", exchange.path.count == 2,
      let bytes = byName[exchange.path[1]], let ending = exchange.path[1].split(separator: ".").last,
      let type = types[String(ending)]
    else { return nil }
    var answer = Answer.bytes(bytes, type: type)
    answer.headers[.cacheControl] = "private, max-age=60"
    return answer
  }
}
