import Forms
import Foundation
import HTTPTypes
import Hummingbird

/// Lets a request in or not, sends it to its room, and puts the same guards around every answer.
struct PageResponder: HTTPResponder {
  typealias Context = BasicRequestContext

  let desk: Desk
  private let doorkeeper = Doorkeeper()

  init(_ desk: Desk) { self.desk = desk }

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    let nonce = Access.newToken()
    let query = Exchange.values(ofQuery: request.uri.query)
    let language =
      query["lang"].flatMap(Language.init(rawValue:))
      ?? Exchange.cookie("huizong-lang", in: request.headers).flatMap(Language.init(rawValue:))
      ?? desk.language
    var answer: Answer
    let isProgram = request.uri.path.hasPrefix("/api/")
    do {
      guard let parts = Exchange.parts(ofPath: request.uri.path) else { throw Problem.notFound }
      var exchange = Exchange(
        method: request.method == .head ? .get : request.method, path: parts, query: query,
        headers: request.headers, language: language, asOf: try Self.day(query["as-of"]),
        person: Self.person(of: request.headers), nonce: nonce)
      answer = try await self.answer(to: &exchange, request)
    } catch {
      let problem = Problem(error)
      answer =
        isProgram
        ? .json(problem.json(in: language), status: problem.status)
        : .html(ProblemPage(problem: problem, language: language).html, status: problem.status)
    }
    if query["lang"] != nil, !isProgram {
      answer.headers.append(
        HTTPField(
          name: .setCookie,
          value: "huizong-lang=\(language.rawValue); Path=/; SameSite=Strict; Max-Age=31536000"))
    }
    return Self.guarded(answer, nonce: nonce, isHead: request.method == .head)
  }

  /// The day to look back to.
  private static func day(_ text: String?) throws -> CalendarDate? {
    guard let text, !text.isEmpty else { return nil }
    guard let day = CalendarDate(iso: text) else {
      throw Problem(
        .badRequest, "as-of", zh: "日期应写作 2024-11-20", en: "A day is written like 2024-11-20.")
    }
    return day
  }

  /// Whom the page remembers as 经办人; whoever is logged in to the machine otherwise.
  private static func person(of headers: HTTPFields) -> String {
    let said = Exchange.cookie("huizong-by", in: headers)?.removingPercentEncoding
      .map { String($0.filter { !$0.isNewline }.prefix(40)).trimmingCharacters(in: .whitespaces) }
    return said.flatMap { $0.isEmpty ? nil : $0 } ?? LedgerDesk.systemUser
  }

  private func answer(to exchange: inout Exchange, _ request: Request) async throws -> Answer {
    guard desk.access.isKnownHost(request.head.authority) else {
      throw Problem(
        .init(code: 421, reasonPhrase: "Misdirected Request"), "host", zh: "请用程序给出的地址打开",
        en: "Open this page by the address that the program gave.")
    }
    if exchange.path == ["api", "v1", "health"] {
      guard exchange.method == .get else { throw Problem.notAllowed }
      return await Results.health(desk)
    }
    if let asset = Assets.answer(to: exchange) { return asset }
    if exchange.path.first == "u", let links = desk.portal {
      return try await Portal(desk: desk, links: links).answer(to: exchange, request) {
        await doorkeeper.refusal(
          Problem(
            .notFound, "link", zh: "这个链接不对或者已经停用，请向下发报表的单位要新的链接",
            en: "This link is wrong or no longer valid; ask the office for a new one."))
      }
    }
    if exchange.path == ["login"], !desk.people.names.isEmpty { return try await login(exchange, request) }
    let key = Access.key(of: exchange.headers, query: exchange.query, cookieName: desk.access.cookieName)
    switch key {
    case .address(let word):
      // The address is exchanged for a cookie, so that it stands in no history and no link.
      guard exchange.method == .get, desk.access.opens(word) else { throw await doorkeeper.refusal() }
      let rest = exchange.query.filter { $0.key != "token" }.sorted { $0.key < $1.key }
        .map { "\(Exchange.encoded($0.key))=\(Exchange.encoded($0.value))" }.joined(separator: "&")
      let path = "/" + exchange.path.map(Exchange.encoded).joined(separator: "/")
      var answer = Answer.redirect(to: rest.isEmpty ? path : path + "?" + rest)
      answer.headers[.setCookie] = desk.access.cookie
      return answer
    case .cookie(let word):
      if !desk.access.opens(word) {
        guard let name = await desk.sessions.person(word) else {
          if !desk.people.names.isEmpty, exchange.method == .get, exchange.path.first != "api" {
            return .redirect(to: "/login")
          }
          throw await doorkeeper.refusal()
        }
        exchange.person = name
      }
      if exchange.method != .get, !desk.access.isOwnOrigin(exchange.headers) { throw Self.foreign }
    case .bearer(let word):
      guard desk.access.opens(word) else { throw await doorkeeper.refusal() }
      if exchange.headers[.origin] != nil, !desk.access.isOwnOrigin(exchange.headers) { throw Self.foreign }
    case .none:
      if !desk.people.names.isEmpty, exchange.method == .get, exchange.path.first != "api" {
        return .redirect(to: "/login")
      }
      throw Doorkeeper.closed
    }
    if exchange.path.first == "api" {
      return try await Interface(desk: desk).answer(to: exchange, request)
    }
    return try await Rooms(desk: desk).answer(to: exchange)
  }

  private func login(_ exchange: Exchange, _ request: Request) async throws -> Answer {
    guard exchange.method == .post else { return .html(LoginPage(language: exchange.language).html) }
    guard desk.access.isOwnOrigin(exchange.headers) else { throw Self.foreign }
    let buffer = try await request.body.collect(upTo: 8 << 10)
    let fields = Exchange.values(ofQuery: String(buffer: buffer))
    let (name, password) = (fields["name"] ?? "", fields["password"] ?? "")
    let people = desk.people
    guard try await Blocking.heavy({ people.knows(name, password: password) }) else {
      _ = await doorkeeper.refusal()
      let page = LoginPage(
        language: exchange.language,
        problem: LocalizedText(zh: "姓名或密码不对", en: "The name or the password is wrong."))
      return .html(page.html, status: .unauthorized)
    }
    var answer = Answer.redirect(to: "/")
    answer.headers[.setCookie] = desk.access.cookie(await desk.sessions.begin(name))
    return answer
  }

  private static let foreign = Problem(
    .forbidden, "origin", zh: "这个请求不是从本页面发出的，没有执行",
    en: "The request does not come from this page and was not carried out.")

  private static let guards = [
    ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
  ]

  /// What every answer carries: nothing is kept, framed, sniffed or fetched from elsewhere, and no script runs but the page's.
  private static func guarded(_ answer: Answer, nonce: String, isHead: Bool) -> Response {
    var headers = answer.headers
    headers[.contentType] = answer.type
    headers[.contentSecurityPolicy] =
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-\(nonce)'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    headers[.xContentTypeOptions] = "nosniff"
    for (name, value) in guards {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    let length = answer.body.contentLength
    if isHead, let length { headers[.contentLength] = String(length) }
    return Response(status: answer.status, headers: headers, body: isHead ? .init() : answer.body)
  }
}

/// Slows down whoever tries tokens.
private actor Doorkeeper {
  private var refused = 0
  private var lastRefusal = Date.distantPast

  static let closed = Problem(
    .unauthorized, "token", zh: "请用程序启动时给出的完整地址打开本页（地址中带有口令）",
    en:
      "Open this page by the whole address that the program printed when it was started; it carries the key.")

  func refusal(_ problem: Problem = Doorkeeper.closed) async -> Problem {
    if Date().timeIntervalSince(lastRefusal) > 60 { refused = 0 }
    refused += 1
    lastRefusal = Date()
    let seconds = min(0.1 * Double(refused), 2)
    try? await Task.sleep(for: .seconds(seconds))
    return problem
  }
}
