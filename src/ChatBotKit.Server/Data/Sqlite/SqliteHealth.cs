namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>Remembers how the last write went, and whether damage was ever seen.</summary>
internal sealed class SqliteHealth
{
    private volatile bool _lastWriteFailed;
    private volatile bool _isDamaged;

    /// <summary>Whether it takes a real write to know that the database takes writes again.</summary>
    public bool LastWriteFailed => _lastWriteFailed;

    /// <summary>Whether some page could not be understood. What is not touched by it still works.</summary>
    public bool IsDamaged => _isDamaged;

    public void Wrote() => _lastWriteFailed = false;

    public void WriteFailed(Exception failure)
    {
        if (failure is not StoreUnavailableException unavailable)
            return;
        _lastWriteFailed = true;
        _isDamaged |= unavailable.IsDamage;
    }

    public void ReadFailed(Exception failure) => _isDamaged |= failure is StoreUnavailableException { IsDamage: true };
}
