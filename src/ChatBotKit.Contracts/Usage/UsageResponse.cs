namespace ChatBotKit;

/// <summary>Describes the usage of an account in the current period, and what it stores.</summary>
public sealed record UsageResponse : ApiObject
{
    /// <summary>Gets the number of weighted tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>Gets the conversations.</summary>
    public required long Conversations { get; init; }

    /// <summary>Gets the messages.</summary>
    public required long Messages { get; init; }

    /// <summary>Gets how many resources are stored.</summary>
    public required UsageDatabase Database { get; init; }
}

/// <summary>Specifies how many things an account stores at the moment.</summary>
public sealed record UsageDatabase : ApiObject
{
    /// <summary>Gets the datasets.</summary>
    public required long Datasets { get; init; }

    /// <summary>Gets the records of all datasets.</summary>
    public required long Records { get; init; }

    /// <summary>Gets the skillsets.</summary>
    public required long Skillsets { get; init; }

    /// <summary>Gets the abilities of all skillsets.</summary>
    public required long Abilities { get; init; }

    /// <summary>Gets the files.</summary>
    public required long Files { get; init; }

    /// <summary>Gets the sub-accounts.</summary>
    public required long Users { get; init; }
}
