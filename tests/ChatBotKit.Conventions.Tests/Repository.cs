namespace ChatBotKit.Conventions.Tests;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the source files below folders, as paths from the root, without generated ones.</summary>
    public static IReadOnlyList<string> SourceFiles(params string[] folders) =>
    [
        .. folders
            .SelectMany(folder => Files(folder, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)),
    ];

    /// <summary>Returns the pages for users: the README, the guides and the README of each package.</summary>
    public static IReadOnlyList<string> Pages() =>
    [
        "README.md",
        .. Files("docs", "*.md", SearchOption.TopDirectoryOnly),
        .. Projects("src").Select(project => $"{Path.GetDirectoryName(project)}/README.md").Where(page => File.Exists(Path.Combine(Root, page))),
    ];

    /// <summary>Returns the project files of the folders directly below a folder.</summary>
    public static IReadOnlyList<string> Projects(string folder) =>
        [.. Directory.EnumerateDirectories(Path.Combine(Root, folder)).SelectMany(path => Files(path, "*.csproj", SearchOption.TopDirectoryOnly))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Files(string folder, string pattern, SearchOption depth) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, depth)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatBotKit.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
