import Foundation

/// The names of returned files: that of the unit's own file, the unit in front where it does not say whose it is, and what
/// it is at the end. `附件2.xlsx` in a folder 沁阳 becomes `沁阳市总工会-附件2（退回修改）.xlsx`.
struct ReturnNames {
  private let folder: String
  private let register: UnitRegister
  /// What must not be written over: this run's own files and what it reads.
  private var taken: Set<String> = []

  /// - Parameter inputs: The files that are read, as paths.
  init(folder: String, campaign: Campaign, inputs: [String]) {
    self.folder = folder
    register = UnitRegister(campaign)
    let target = OutputPlace.resolved(folder)
    for input in inputs {
      let path = OutputPlace.resolved(input)
      guard let slash = path.lastIndex(of: "/"), path[..<slash] == target[...] else { continue }
      taken.insert(path[path.index(after: slash)...].lowercased())
    }
  }

  /// The path for a file that goes back.
  mutating func path(for item: ReturnCase, round: Int) -> String {
    let shown = ReturnSheet.lastPart(of: item.file.file)
    var stem = Self.withoutEarlierMark(Self.stem(of: shown))
    if item.units.count <= 1 {
      let named = register.find(inFileName: shown).map(\.name)
      if let unit = item.units.first {
        if named != [unit] { stem = "\(unit)-\(stem)" }
      } else if named.isEmpty {
        stem = "单位不明-\(stem)"
      }
    }
    stem = Self.plain(stem)
    let mark = item.kind == .notice ? "退回说明" : round > 1 ? "第\(round)次退回修改" : "退回修改"
    let ending = item.kind == .copy ? Self.ending(of: item.file.format) : "xlsx"
    var name = "\(stem)（\(mark)）.\(ending)"
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(stem)-\(number)（\(mark)）.\(ending)"
      number += 1
    }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private static func ending(of format: FileFormat) -> String {
    switch format {
    case .xlsm: "xlsm"
    case .xltx: "xltx"
    case .docx: "docx"
    case .odt: "odt"
    case .ods: "ods"
    default: "xlsx"
    }
  }

  private static func stem(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
      name.distance(from: dot, to: name.endIndex) <= 6
    else { return name }
    return String(name[..<dot])
  }

  /// Without （退回修改）, （第2次退回修改） of an earlier round.
  private static func withoutEarlierMark(_ stem: String) -> String {
    guard stem.hasSuffix("退回修改）"), let open = stem.lastIndex(of: "（"), open != stem.startIndex else {
      return stem
    }
    return String(stem[..<open])
  }

  /// What every file system takes as part of a name of at most 255 bytes.
  private static func plain(_ stem: String) -> String {
    OutputPlace.fileName(stem, limit: 180)
  }
}
