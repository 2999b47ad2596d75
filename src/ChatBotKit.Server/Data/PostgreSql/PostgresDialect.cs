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

    /// <summary>
    /// The document is read as <c>json</c>, which takes every document that was stored; <c>jsonb</c> refuses numbers that it can't
    /// hold. Steps go by names alone: a path would also count into arrays.
    /// </summary>
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
            // A number with so large an exponent is no value of any type here, and the comparison would fail.
            query.AddSql(" WHEN 'number' THEN CASE WHEN (");
            AddField(query, column, key);
            query.AddSql(" #>> '{}') !~ '[eE][+-]?[0-9]{4}' THEN CAST((");
            AddField(query, column, key);
            query.Add($" #>> '{{}}') AS numeric) = CAST({number} AS numeric) ELSE FALSE END");
        }

        query.AddSql(" ELSE FALSE END");
    }

    /// <summary>U+0000 in a document can't be read, so it is taken out; such a text is no value that is searched for.</summary>
    private static void AddField(SqlQuery query, string column, string key)
    {
        query.AddSql($"(CAST(replace({column}, '\\u0000', '') AS json)");
        foreach (var part in key.Split('.'))
            query.Add($" -> {part}");
        query.AddSql(")");
    }

    /// <summary>The value in the form of a number of JSON; null when it does not read like a number.</summary>
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
            // Such as "+1" or ".5", which are no numbers of JSON.
        }

        return number.ToString("R", CultureInfo.InvariantCulture);
    }
}
