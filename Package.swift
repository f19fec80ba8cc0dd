// swift-tools-version: 6.2
import PackageDescription

// In CI a warning is an error. Elsewhere a newer compiler's new warning must not keep anyone from building.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let package = Package(
  name: "huizong",
  products: [
    .library(name: "XLSX", targets: ["XLSX"]),
    .library(name: "Forms", targets: ["Forms"]),
    .executable(name: "huizong", targets: ["huizong"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // C libraries, found through pkg-config.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CLibDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    // A header of the C library that Foundation does not bring along.
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .target(
      name: "XLSX", dependencies: ["CLibXML2", "CLibZip", "CLibDeflate", "CLibCrypto"],
      swiftSettings: strict),
    .target(name: "DOCX", dependencies: ["XLSX"], swiftSettings: strict),
    .target(
      name: "Forms",
      dependencies: [
        "XLSX", "DOCX", "BuiltinTemplates", "CLibXML2", "CLibDeflate", "CLibArchive", "CMalloc",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "Forms", "XLSX", "CLibCrypto",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Assets"], swiftSettings: strict, plugins: ["EmbedTemplates"]),
    .executableTarget(
      name: "huizong",
      dependencies: [
        "Forms", "XLSX", "Web", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/CLI", swiftSettings: strict),

    // Templates/ is data, and so are the page's style sheet and scripts. They travel inside the binary, so that a copied
    // `huizong` still knows its campaigns; the plug-in turns the files into Swift source.
    .target(name: "BuiltinTemplates", plugins: ["EmbedTemplates"]),
    .plugin(
      name: "EmbedTemplates", capability: .buildTool(), dependencies: ["embed-templates"]),
    .executableTarget(name: "embed-templates", path: "Sources/EmbedTemplates"),

    // A workbook that shows everything that can be written: `swift run xlsx-gallery gallery.xlsx`.
    .executableTarget(
      name: "xlsx-gallery", dependencies: ["XLSX"], path: "Examples/Gallery", swiftSettings: strict),

    // Changes the structure of workbooks for `.ci/structure.py`, which holds the outcome against LibreOffice.
    .executableTarget(
      name: "xlsx-structure", dependencies: ["XLSX"], path: "Examples/Structure", swiftSettings: strict),

    .testTarget(
      name: "XLSXTests", dependencies: ["XLSX", "CLibZip", "xlsx-gallery"], swiftSettings: strict),
    .testTarget(name: "FormsTests", dependencies: ["Forms", "XLSX", "DOCX"], swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: ["Web", "Forms", "XLSX", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(
      name: "CLITests", dependencies: ["huizong", "Forms", "XLSX"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
