import Forms
import Foundation

/// A folder for several outputs, each named after its input.
struct OutputFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// Whether a path is meant to be a folder: it is one, or it ends in a slash.
  static func isMeant(by path: String) -> Bool {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) { return isFolder.boolValue }
    return path.hasSuffix("/")
  }

  /// A path in the folder for each input; names that meet get a number.
  ///
  /// - Parameter endings: Of the outputs, one for each input.
  func paths(for inputs: [String], endings: [String]) -> [String] {
    var used: Set<String> = []
    return zip(inputs, endings).map { input, ending in
      let last = input.split(separator: "/").last.map(String.init) ?? input
      let stem = OutputPlace.fileName(
        URL(fileURLWithPath: OutputPlace.shown(last)).deletingPathExtension().lastPathComponent)
      var name = stem
      var number = 2
      while !used.insert(name).inserted {
        name = "\(stem)（\(number)）"
        number += 1
      }
      return URL(fileURLWithPath: path).appendingPathComponent("\(name).\(ending)").path
    }
  }
}
