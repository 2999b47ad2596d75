using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatBotKit.Server.Data.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    private SqliteDialect()
    {
    }

    public static SqliteDialect Instance { get; } = new();

    public override void AddJsonCondition(SqlQuery query, string column, string key, string value)
    {
        // The functions give 1 for true, and 1 = 1, so the type is asked first.
        var path = Path(key);
        query.AddSql($" AND (json_type({column}, ").Add($"{path}) = 'text'")
            .AddSql($" AND json_extract({column}, ").Add($"{path}) = {value}");
        if (value is "true" or "false")
            query.AddSql($" OR json_type({column}, ").Add($"{path}) = {value}");
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            query.AddSql($" OR json_type({column}, ").Add($"{path}) IN ('integer', 'real')")
                .AddSql($" AND json_extract({column}, ").Add($"{path}) = CAST({value} AS NUMERIC)");
        }

        query.AddSql(")");
    }

    // A name in a path is written like one in JSON, so that no character of it ends the path.
    private static string Path(string key) =>
        string.Concat(key.Split('.').Select(part => $".\"{JsonEncodedText.Encode(part, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"").Prepend("$"));
}
