using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>Lists rows with a prepared command of ADO.NET and a JSON writer over the answer.</summary>
internal sealed class RowReader(string path)
{
    private readonly ConcurrentBag<SqliteCommand> _commands = [];

    public async Task ListAsync(HttpContext context)
    {
        var command = _commands.TryTake(out var idle) ? idle : Prepare();
        command.Parameters[0].Value = context.GetRouteValue("id");
        command.Parameters[1].Value = int.Parse(context.Request.Query["take"]!, CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        using (var rows = command.ExecuteReader())
            Write(json, rows);
        _commands.Add(command);
    }

    private static void Write(Utf8JsonWriter json, SqliteDataReader rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        while (rows.Read())
        {
            json.WriteStartObject();
            json.WriteString("id"u8, rows.GetString(0));
            json.WriteString("type"u8, rows.GetString(1));
            json.WriteString("text"u8, rows.GetString(2));
            json.WriteNull("meta"u8);
            json.WriteNumber("createdAt"u8, rows.GetInt64(3));
            json.WriteNumber("updatedAt"u8, rows.GetInt64(3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private SqliteCommand Prepare()
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var command = connection.CreateCommand();
        command.CommandText = """
            SELECT "Id", "Type", "Text", "CreatedAt" FROM "Rows" WHERE "Parent" = $parent ORDER BY "Position" LIMIT $take
            """;
        command.Parameters.Add(new SqliteParameter { ParameterName = "$parent" });
        command.Parameters.Add(new SqliteParameter { ParameterName = "$take" });
        return command;
    }
}
