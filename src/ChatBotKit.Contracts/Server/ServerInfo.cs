namespace ChatBotKit;

/// <summary>Describes the server: its version, its models and its settings.</summary>
public sealed record ServerInfo : ApiObject
{
    /// <summary>Gets the version of the server.</summary>
    public required string Version { get; init; }

    /// <summary>Gets when the server was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the database: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public required string Database { get; init; }

    /// <summary>Gets the path of the data directory.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Gets the number of bytes of the files in the data directory. With PostgreSQL it does not include the database. Of more than
    /// 100,000 files only the first ones count.
    /// </summary>
    public required long DataBytes { get; init; }

    /// <summary>Gets the names of the language models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Gets the model of requests that name none.</summary>
    public required string DefaultModel { get; init; }

    /// <summary>Gets the parts of the server that can be switched on or off, by their names.</summary>
    public required IReadOnlyDictionary<string, bool> Features { get; init; }

    /// <summary>Gets the settings, in the order of the README.</summary>
    public required IReadOnlyList<ServerSetting> Settings { get; init; }
}

/// <summary>A setting of the server.</summary>
public sealed record ServerSetting : ApiObject
{
    /// <summary>Gets the name of the setting.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether the setting has a value.</summary>
    public required bool IsSet { get; init; }

    /// <summary>
    /// Gets the value; null when the setting has none, or when it is a secret. An address is without its user and its query.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>Gets what the setting is about.</summary>
    public required string Meaning { get; init; }

    /// <summary>Gets what applies without a value, in words.</summary>
    public required string Default { get; init; }
}
