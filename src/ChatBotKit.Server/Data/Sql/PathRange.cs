namespace ChatBotKit.Server.Data;

/// <summary>
/// A range of paths, as both databases sort them: by the bytes of UTF-8. The paths below a folder are one range, because they begin with
/// its name and a slash.
/// </summary>
/// <param name="From">The first path that may be in the range.</param>
/// <param name="To">The first path behind the range; null for none.</param>
internal readonly record struct PathRange(string From, string? To)
{
    /// <summary>All paths.</summary>
    public static PathRange All { get; } = new("", null);

    /// <summary>Returns the paths below a folder; those of a whole resource for the empty path.</summary>
    public static PathRange Below(string folder) => folder.Length == 0 ? All : new($"{folder}/", $"{folder}{(char)('/' + 1)}");

    /// <summary>Returns the part of the range behind a path. No path has a control character, so no path is left out.</summary>
    public PathRange After(string path) => this with { From = path + '\u0001' };
}
