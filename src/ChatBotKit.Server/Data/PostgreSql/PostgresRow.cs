using Npgsql;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>The current row of a reader.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : SqlRow
{
    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override long GetInt64(int column) => reader.GetInt64(column);

    public override string GetString(int column) => reader.GetString(column);

    public override byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);

    public override bool GetBoolean(int column) => reader.GetBoolean(column);
}
