using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.Data.PostgreSql;

internal sealed class PostgresDialect : SqlDialect
{
    private PostgresDialect()
    {
    }

    public static PostgresDialect Instance { get; } = new();

    public override string LockRows => " FOR UPDATE";

    public override string LockFreeRows => " FOR UPDATE SKIP LOCKED";

    public override string Slug => """(CAST(replace("Data", '\u0000', '') AS json) ->> 'slug') COLLATE "C" """;

    public override string IntegerIn(string column, string field) =>
        $"CAST(CAST(replace({column}, '\\u0000', '') AS json) ->> '{field}' AS bigint)";

    /// <inheritdoc/>
    /// <remarks>
    /// The type <c>json</c> accepts every stored document, but <c>jsonb</c> rejects numbers out of its range. The operator <c>-></c> with
    /// a name finds no elements of arrays, but a path does.
    /// </remarks>
    public override void AddJsonCondition(SqlQuery query, string column, string key, string value)
    {
        query.AddSql(" AND CASE json_typeof(");
        AddField(query, column, key);
        query.AddSql(") WHEN 'string' THEN (");
        AddField(query, column, key);
        query.Add($" #>> '{{}}') = {value}");
        if (value is "true" or "false")
        {
            query.AddSql(" WHEN 'boolean' THEN (");
            AddField(query, column, key);
            query.Add($" #>> '{{}}') = {value}");
        }
        else if (NumberOf(value) is { } number)
        {
            // No type has values with such an exponent, so the cast would fail.
            query.AddSql(" WHEN 'number' THEN CASE WHEN (");
            AddField(query, column, key);
            query.AddSql(" #>> '{}') !~ '[eE][+-]?[0-9]{4}' THEN CAST((");
            AddField(query, column, key);
            query.Add($" #>> '{{}}') AS numeric) = CAST({number} AS numeric) ELSE FALSE END");
        }

        query.AddSql(" ELSE FALSE END");
    }

    /// <summary>Adds the value at the key. PostgreSQL can't decode U+0000, so it is removed from the document first.</summary>
    private static void AddField(SqlQuery query, string column, string key)
    {
        query.AddSql($"(CAST(replace({column}, '\\u0000', '') AS json)");
        foreach (var part in key.Split('.'))
            query.Add($" -> {part}");
        query.AddSql(")");
    }

    /// <summary>Returns the value as a JSON number; null when it can't be parsed as a number.</summary>
    private static string? NumberOf(string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        var text = value.Trim();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            if (text.Length <= 100 && reader.Read() && reader.TokenType == JsonTokenType.Number)
                return text;
        }
        catch (JsonException)
        {
            // A number in another notation, such as "+1" or ".5".
        }

        return number.ToString("R", CultureInfo.InvariantCulture);
    }
}
