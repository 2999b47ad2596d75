namespace ChatBotKit.Server.Knowledge;

/// <summary>The limits within which a file is read.</summary>
internal sealed record ExtractionLimits
{
    /// <summary>How long the process may take for a file.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The managed memory of the process.</summary>
    public long MemoryBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The size of the largest file.</summary>
    public long InputBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>The size of the longest text, in UTF-8.</summary>
    public long OutputBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The number of paragraphs, rows and headings of the longest text.</summary>
    public int OutputBlocks { get; init; } = 100_000;

    /// <summary>Whether a longer text is cut. Otherwise its file is refused.</summary>
    public bool CutsText { get; init; }

    /// <summary>The number of files that are read at the same time.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>The number of files that may wait.</summary>
    public int Waiting { get; init; } = 100;
}
