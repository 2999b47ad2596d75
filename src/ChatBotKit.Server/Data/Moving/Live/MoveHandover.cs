namespace ChatBotKit.Server.Data.Moving;

/// <summary>What a server that has moved its data hands to the one that is started after it in the same process.</summary>
internal sealed class MoveHandover
{
    private MoveProgress? _progress;
    private string? _connectionString;
    private string? _failure;

    /// <summary>The last move; null when there was none since the start of the process.</summary>
    public MoveProgress? Progress
    {
        get => Volatile.Read(ref _progress);
        set => Volatile.Write(ref _progress, value);
    }

    /// <summary>The database that the next server uses; null when none is to be started.</summary>
    public string? ConnectionString
    {
        get => Volatile.Read(ref _connectionString);
        set => Volatile.Write(ref _connectionString, value);
    }

    /// <summary>Why the process must end; null when it need not.</summary>
    public string? Failure
    {
        get => Volatile.Read(ref _failure);
        set => Volatile.Write(ref _failure, value);
    }
}
