import Forms
import Foundation

/// A small campaign of another office, written to a folder of its own: tests change one line of it and see what the
/// loader says.
struct CampaignSample {
  static let campaignFile = """
    id: river-2025
    title: 某河务局{year}年巡查统计
    office: 某河务局
    year: 2025
    groups:
      upper: 上游
      lower: 下游
    units:
      - {code: R1, name: 东段管理所, groups: [upper]}
      - {code: R2, name: 西段管理所, groups: [lower], aliases: [西所]}
    words: {totals: [合计, 总计]}
    measures:
      次: {}
      公里: {decimals: 1}
    headLines:
      - {role: unit, label: 报送单位, place: above}
    forms: [patrol.yaml]
    deadlines:
      表1: 2025-12-01
    targets:
      任务表:
        title: 巡查任务
        form: 表1
        fields: [巡查/合计]
        heading: 次数
        units: {东段管理所: 30, 西段管理所: 20}
        total: 50
    """

  static let formFile = """
    id: patrol
    label: 表1
    title: "{year}年巡查情况表"
    titleAliases: ["{lastYear}年巡查情况表"]
    dueFrom: [upper, R2]
    rows:
      - {name: 巡查, measure: 次}
      - {name: 里程, measure: 公里}
    columns:
      - 日间
      - 夜间
      - {name: 合计, total: [日间, 夜间]}
    """

  /// Loads the sample with some of its text replaced; every text to replace must be there.
  static func load(
    _ replacements: KeyValuePairs<String, String> = [:], adding files: [String: String] = [:],
    opening name: String? = nil
  ) throws -> Campaign {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var texts = ["campaign.yaml": campaignFile, "patrol.yaml": formFile]
    for (old, new) in replacements {
      guard let file = texts.keys.sorted().first(where: { texts[$0]?.contains(old) == true }) else {
        throw Missing(text: old)
      }
      texts[file] = texts[file]?.replacingOccurrences(of: old, with: new)
    }
    for (file, text) in texts.merging(files, uniquingKeysWith: { $1 }) { try folder.write(text, to: file) }
    return try Campaign.load(name ?? ".", workingDirectory: folder.url)
  }

  struct Missing: Error { var text: String }
}

/// A folder for one test.
struct TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("huizong-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
