namespace ChatBotKit.Server.Data;

/// <summary>The current row of a query. The object is reused for the next row, so callers must not keep it.</summary>
internal abstract class SqlRow
{
    public abstract bool IsNull(int column);

    public abstract long GetInt64(int column);

    public abstract string GetString(int column);

    public abstract byte[] GetBytes(int column);

    public int GetInt32(int column) => (int)GetInt64(column);

    public abstract bool GetBoolean(int column);

    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    public long? GetInt64OrNull(int column) => IsNull(column) ? null : GetInt64(column);

    public bool? GetBooleanOrNull(int column) => IsNull(column) ? null : GetBoolean(column);

    public byte[]? GetBytesOrNull(int column) => IsNull(column) ? null : GetBytes(column);
}
