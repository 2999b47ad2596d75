using Npgsql;
using NpgsqlTypes;

namespace ChatBotKit.Server.Data.PostgreSql;

/// <summary>Creates parameters. Each one has a type, because a statement is prepared for the types of its parameters.</summary>
internal static class PostgresParameters
{
    public static void AddValues(this NpgsqlParameterCollection parameters, ReadOnlySpan<SqlValue> values)
    {
        foreach (var value in values)
            parameters.Add(Of(value));
    }

    public static NpgsqlParameter Of(ReadOnlyMemory<byte> bytes) =>
        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Of(in SqlValue value) => value switch
    {
        { IsNumber: true, Type: SqlType.Boolean } =>
            new NpgsqlParameter<bool> { TypedValue = value.Number != 0, NpgsqlDbType = NpgsqlDbType.Boolean },
        { IsNumber: true } => new NpgsqlParameter<long> { TypedValue = value.Number, NpgsqlDbType = NpgsqlDbType.Bigint },
        { Object: string text } => new NpgsqlParameter<string> { TypedValue = Storable(text), NpgsqlDbType = NpgsqlDbType.Text },
        { Object: byte[] bytes } => new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = TypeOf(value.Type) },
    };

    /// <summary>Replaces U+0000 and unpaired surrogates, which PostgreSQL can't store, with U+FFFD.</summary>
    public static string Storable(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text;
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var index = 0; index < from.Length; index++)
            {
                if (index + 1 < from.Length && char.IsSurrogatePair(from[index], from[index + 1]))
                {
                    to[index] = from[index];
                    to[++index] = from[index];
                }
                else
                {
                    to[index] = from[index] == '\0' || char.IsSurrogate(from[index]) ? '\uFFFD' : from[index];
                }
            }
        });
    }

    private static NpgsqlDbType TypeOf(SqlType type) => type switch
    {
        SqlType.Text => NpgsqlDbType.Text,
        SqlType.Bytes => NpgsqlDbType.Bytea,
        SqlType.Number => NpgsqlDbType.Bigint,
        SqlType.Boolean => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Unknown,
    };
}
