namespace ChatBotKit.Server.Data;

/// <summary>Remembers whether the last write failed, and whether damage was ever found.</summary>
internal sealed class StoreHealth
{
    private volatile bool _lastWriteFailed;
    private volatile bool _isDamaged;

    /// <summary>Whether the last write failed. After a failure, only a real write shows that the database can be written again.</summary>
    public bool LastWriteFailed => _lastWriteFailed;

    /// <summary>Whether a damaged page was found. Reads and writes that do not touch such a page still work.</summary>
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
