import Forms

/// The units' links in the letters: the link itself where it was made while the page is open and others reach it, else that
/// there is one.
struct PortalLetters: Sendable {
  private var made: [String: String] = [:]
  private var fresh: [String: String] = [:]
  private let base: String?

  init(_ desk: Desk) async {
    base = desk.access.base
    guard let portal = desk.portal else { return }
    (made, fresh) = (await portal.made, await portal.fresh)
  }

  func completed(_ letter: ChaseLetter) -> ChaseLetter {
    // A link that opens on this machine only is no help to a unit.
    guard let base else { return letter }
    var letter = letter
    if let token = fresh[letter.unit.code] {
      letter.text += "\n贵单位可用下面的网址自行检查、上报，请勿转给其他单位：\n\(base)/u/\(token)\n"
    } else if let day = made[letter.unit.code] {
      letter.text += "\n也可用\(day.prefix(10))发给贵单位的网址自行检查、上报。\n"
    }
    return letter
  }
}
