namespace ChatBotKit.Server.Data.Moving;

/// <summary>Rows in the binary format of PostgreSQL's <c>COPY</c>.</summary>
internal interface ITuples
{
    /// <summary>The current row. It is valid until the next one is read.</summary>
    ReadOnlyMemory<byte> Tuple { get; }

    /// <summary>Advances to the next row; returns false when there is none.</summary>
    /// <exception cref="Configuration.StartupException">The row can't be moved.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}
