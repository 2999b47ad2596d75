using ChatBotKit.Conventions.Tests;

namespace ChatBotKit.Cli.Tests.Documents;

/// <summary>All pages of the repository for people.</summary>
internal static class DocumentPages
{
    private static readonly string[] Folders = ["docs", "samples", "spec", "src", "bench", "tests", "tools"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Folders.SelectMany(FilesBelow))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<CommandBlock> Blocks { get; } = [.. All.SelectMany(page => CommandBlock.Of(page, Repository.Read(page)))];

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/node_modules/", StringComparison.Ordinal));
}
