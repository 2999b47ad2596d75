using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatBotKit.Server.Data.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    /// <summary>Characters that are never escaped in JSON text.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -.:@");

    private SqliteDialect()
    {
    }

    public static SqliteDialect Instance { get; } = new();

    public override void AddJsonCondition(SqlQuery query, string column, string key, string value)
    {
        var path = Path(key);
        var isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        // Scanning the text of a document costs a third of parsing it, and a list may have to filter all of them. Numbers are
        // excluded because one number can be written in several ways.
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

        // json_extract returns 1 for true, and the JSON of an object. The type is therefore compared too, last, because few rows
        // get that far.
        query.AddSql($") AND json_type({column}, ").Add($"{path}) IN (").AddSql($"{types})");
    }

    // The name is quoted and escaped as in JSON, so that no character in it can end the path.
    private static string Path(string key) =>
        string.Concat(key.Split('.').Select(part => $".\"{JsonEncodedText.Encode(part, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"").Prepend("$"));
}
