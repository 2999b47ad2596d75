using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatBotKit.Server.Data.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    /// <summary>What stands in every JSON text as it is.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -.:@");

    private SqliteDialect()
    {
    }

    public static SqliteDialect Instance { get; } = new();

    public override string LockRows => "";

    public override string LockFreeRows => "";

    public override void AddJsonCondition(SqlQuery query, string column, string key, string value)
    {
        var path = Path(key);
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        // To search a document costs a third of reading it, and a list may have to look at all of them. A number has several forms.
        if (!isNumber && !value.AsSpan().ContainsAnyExcept(Plain))
            query.AddSql($" AND {column} LIKE ").Add($"{$"%{value}%"}");
        query.AddSql($" AND json_extract({column}, ").Add($"{path}) IN ({value}");
        var types = "'text'";
        if (isNumber)
        {
            query.Add($", CAST({value} AS NUMERIC)");
            types = "'text', 'integer', 'real'";
        }
        else if (value is "true" or "false")
        {
            query.AddSql(value is "true" ? ", 1" : ", 0");
            types = $"'text', '{value}'";
        }

        // json_extract gives 1 for true, the JSON of an object and so on. The type comes last, as few rows get there.
        query.AddSql($") AND json_type({column}, ").Add($"{path}) IN (").AddSql($"{types})");
    }

    // A name in a path is written like one in JSON, so that no character of it ends the path.
    private static string Path(string key) =>
        string.Concat(key.Split('.').Select(part => $".\"{JsonEncodedText.Encode(part, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"").Prepend("$"));
}
