namespace ChatBotKit.Server.Knowledge;

/// <summary>How documents are cut into records.</summary>
internal sealed record ChunkOptions
{
    public const int DefaultMaxTokens = 768;

    /// <summary>The number of tokens of the longest record.</summary>
    public int MaxTokens { get; init; } = DefaultMaxTokens;

    /// <summary>Texts at which a record always ends. They are left out of the records.</summary>
    public IReadOnlyList<string> Separators { get; init; } = [];

    /// <summary>
    /// Reads a setting of separators with commas between them. A line break or a tab is written as <c>\n</c> or <c>\t</c>.
    /// </summary>
    public static IReadOnlyList<string> ParseSeparators(string? separators) => separators is null
        ? []
        : [.. separators.Split(',')
            .Select(one => one.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal))
            .Where(one => one.Length > 0)
            .Distinct()];
}
