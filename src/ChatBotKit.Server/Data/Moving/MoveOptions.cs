namespace ChatBotKit.Server.Data.Moving;

/// <summary>The options of a move.</summary>
internal sealed record MoveOptions
{
    /// <summary>Whether to check only, and change nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether to move audit chains that are broken.</summary>
    public bool AcceptsBrokenAudit { get; init; }

    /// <summary>Whether to move attachments and files whose bytes are missing or damaged.</summary>
    public bool AcceptsMissingFiles { get; init; }
}
