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
        var wanted = new JsonText(key, value);
        // A list may have to look at all documents, and to search one costs a third of reading it.
        if (wanted.Start is { } start)
            query.AddSql($" AND {column} GLOB ").Add($"{start}");
        query.AddSql(" AND (");
        foreach (var (index, pattern) in wanted.Forms.Index())
            query.AddSql($"{(index == 0 ? "" : " OR ")}{column} GLOB ").Add($"{pattern}");
        var path = Path(key);
        query.AddSql($") AND json_extract({column}, ").Add($"{path}) IN ({value}");
        var types = "'text'";
        if (wanted.Number is not null)
        {
            query.Add($", CAST({value} AS NUMERIC)");
            types = "'text', 'integer', 'real'";
        }
        else if (wanted.IsBoolean)
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
