/// What a page's style sheets and attributes say of text that is not read: crossed out, not shown, raised.
///
/// Of CSS this is the part that office programs and office-automation systems write: selectors of tags, classes, ids and
/// of what stands around them; of two rules the later one of higher rank counts. What needs a browser to decide (states,
/// positions, sizes) is left alone.
struct PageStyles {
  /// What is said of one element.
  struct Look {
    /// Lines through the text stay for all that stands in the element.
    var isStruck = false
    var isDisplayed = true
    /// May be switched on again inside.
    var isVisible = true
    var isRaised = false

    var mark: LeftOut.Kind? {
      if !isDisplayed || !isVisible { return .hidden }
      if isStruck { return .struck }
      return isRaised ? .raised : nil
    }
  }

  /// A declaration that matters here.
  private enum Declaration {
    /// Nothing inside takes a line away.
    case line
    case display(Bool)
    case visible(Bool)
    case raised
  }

  private struct Compound {
    var tag: String?
    var id: String?
    var classes: [String] = []
  }

  private struct Rule {
    /// The element's own selector last; those before it are of elements around it.
    var selector: [Compound]
    var rank: Int
    var declarations: [Declaration]
  }

  private var rules: [Rule] = []
  /// Positions in ``rules`` by what the element itself must have: a class, an id or a tag; `*` for nothing.
  private var index: [String: [Int]] = [:]

  /// Rules of one page that are looked at: more than any program writes.
  private static let limit = 2_000
  private static let textLimit = 1 << 20

  init() {}

  /// - Parameter root: The page, whose `style` elements are read.
  init(_ root: MarkupNode) {
    collect(root, depth: 0)
    // Stable: of rules of one rank the later counts.
    rules = rules.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
    for (position, rule) in rules.enumerated() {
      guard let own = rule.selector.last else { continue }
      let key = own.classes.first.map { ".\($0)" } ?? own.id.map { "#\($0)" } ?? own.tag ?? "*"
      index[key, default: []].append(position)
    }
  }

  private mutating func collect(_ node: MarkupNode, depth: Int) {
    guard depth < 200 else { return }
    for child in node.children where child.isElement {
      if child.name == "style" {
        guard child["media"].map({ $0 != "print" }) ?? true else { continue }
        // Office programs hide their rules in a comment from browsers of the last century.
        let text = child.children.compactMap { $0.text ?? $0.comment }.joined()
        if text.utf8.count <= Self.textLimit { read(text) }
      } else {
        collect(child, depth: depth + 1)
      }
    }
  }

  // Reading

  private mutating func read(_ text: String) {
    var rest = Self.withoutComments(text)[...]
    while rules.count < Self.limit, let open = rest.firstIndex(of: "{") {
      let head =
        rest[..<open].split(whereSeparator: { $0 == ";" || $0 == "}" }).last.map(String.init)?
        .trimmedOfInvisible ?? ""
      if head.hasPrefix("@") {
        // A block of rules; of those for paper nothing is seen on a screen.
        if head.lowercased().hasPrefix("@media"), !head.lowercased().contains("print") {
          rest = rest[rest.index(after: open)...]
        } else {
          rest = Self.behindBlock(rest, from: open)
        }
        continue
      }
      guard let close = rest[open...].firstIndex(of: "}") else { return }
      let declarations = Self.declarations(String(rest[rest.index(after: open)..<close]))
      if !declarations.isEmpty {
        for selector in head.split(separator: ",") {
          if let rule = Self.rule(String(selector), declarations) { rules.append(rule) }
        }
      }
      rest = rest[rest.index(after: close)...]
      while let first = rest.first, first == "}" || first.isWhitespace { rest.removeFirst() }
    }
  }

  private static func withoutComments(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "/*") {
      result += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: "*/") else { rest = ""; break }
      rest = rest[end.upperBound...]
    }
    result += rest
    return result.replacing("<!--", with: "").replacing("-->", with: "")
  }

  private static func behindBlock(_ text: Substring, from open: Substring.Index) -> Substring {
    var depth = 0
    var index = open
    while index < text.endIndex {
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" {
        depth -= 1
        if depth == 0 { return text[text.index(after: index)...] }
      }
      index = text.index(after: index)
    }
    return ""
  }

  private static func rule(_ text: String, _ declarations: [Declaration]) -> Rule? {
    var selector: [Compound] = []
    var rank = 0
    for part in text.split(whereSeparator: { $0.isWhitespace || $0 == ">" }) {
      // States, attributes and neighbours are nothing that the text alone has.
      guard !part.contains(where: { ":[+~".contains($0) }), let compound = compound(part) else { return nil }
      rank += (compound.id == nil ? 0 : 10_000) + compound.classes.count * 100 + (compound.tag == nil ? 0 : 1)
      selector.append(compound)
    }
    return selector.isEmpty || selector.count > 8
      ? nil : Rule(selector: selector, rank: rank, declarations: declarations)
  }

  private static func compound(_ text: Substring) -> Compound? {
    var result = Compound()
    var name = ""
    var kind: Character = " "
    func take(_ name: String, _ kind: Character, _ result: inout Compound) {
      if name.isEmpty || name == "*" { return }
      switch kind {
      case ".": result.classes.append(name)
      case "#": result.id = name
      default: result.tag = name.lowercased()
      }
    }
    for character in text {
      if character == "." || character == "#" {
        take(name, kind, &result)
        (name, kind) = ("", character)
      } else {
        name.append(character)
      }
    }
    take(name, kind, &result)
    return result
  }

  private static func declarations(_ text: String) -> [Declaration] {
    var result: [Declaration] = []
    for line in text.split(separator: ";") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = String(line[..<colon]).trimmedOfInvisible.lowercased()
      let value = String(line[line.index(after: colon)...]).lowercased().replacing("!important", with: "")
        .trimmedOfInvisible
      switch name {
      case "text-decoration", "text-decoration-line", "mso-text-decoration":
        if value.contains("line-through") { result.append(.line) }
      case "text-line-through": if value != "none" { result.append(.line) }
      case "display": result.append(.display(value != "none"))
      case "mso-hide": if value == "all" { result.append(.display(false)) }
      case "visibility": result.append(.visible(value != "hidden" && value != "collapse"))
      case "opacity": if Double(value) == 0 { result.append(.visible(false)) }
      case "font-size":
        if value.hasPrefix("0"), value.drop(while: { $0 == "0" || $0 == "." }).allSatisfy(\.isLetter) {
          result.append(.visible(false))
        }
      case "vertical-align": if value == "super" || value == "sub" { result.append(.raised) }
      default: continue
      }
    }
    return result
  }

  // Asking

  /// What is said of an element, whatever stands around it said of itself.
  ///
  /// - Parameter around: The elements around it, the outermost first.
  /// - Complexity: O(rules that may hold × elements around)
  func look(of node: MarkupNode, in around: [MarkupNode], inheriting outer: Look) -> Look {
    var look = outer
    // A cell sets its own place on the line.
    if node.name == "td" || node.name == "th" { look.isRaised = false }
    switch node.name {
    case "s", "strike", "del": look.isStruck = true
    case "sup", "sub": look.isRaised = true
    default: break
    }
    if node["hidden"] != nil { look.isDisplayed = false }
    var isDisplayed = look.isDisplayed
    func take(_ declaration: Declaration) {
      switch declaration {
      case .line: look.isStruck = true
      case .display(let isShown): isDisplayed = outer.isDisplayed && isShown
      case .visible(let isVisible): look.isVisible = isVisible
      case .raised: look.isRaised = true
      }
    }
    if !rules.isEmpty {
      let classes = node["class"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
      let id = node["id"]
      var keys = classes.map { ".\($0)" } + [node.name, "*"]
      if let id { keys.append("#\(id)") }
      for position in keys.flatMap({ index[$0] ?? [] }).sorted()
      where matches(rules[position], node, classes: classes, id: id, in: around) {
        for declaration in rules[position].declarations { take(declaration) }
      }
    }
    if let style = node["style"] { for declaration in Self.declarations(style) { take(declaration) } }
    look.isDisplayed = isDisplayed
    return look
  }

  private func matches(
    _ rule: Rule, _ node: MarkupNode, classes: [String], id: String?, in around: [MarkupNode]
  ) -> Bool {
    guard let own = rule.selector.last, Self.matches(own, node, classes: classes, id: id) else {
      return false
    }
    var rest = rule.selector.dropLast()
    for outer in around.reversed() {
      guard let next = rest.last else { return true }
      let classes = outer["class"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
      if Self.matches(next, outer, classes: classes, id: outer["id"]) { rest.removeLast() }
    }
    return rest.isEmpty
  }

  private static func matches(
    _ compound: Compound, _ node: MarkupNode, classes: [String], id: String?
  ) -> Bool {
    (compound.tag.map { $0 == node.name } ?? true) && (compound.id.map { $0 == id } ?? true)
      && compound.classes.allSatisfy(classes.contains)
  }
}
