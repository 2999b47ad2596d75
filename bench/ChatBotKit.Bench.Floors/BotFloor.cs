using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Bench.Floors;

/// <summary>
/// The floor of the routes that create, update and list bots. Its SQL is written for these routes; it checks no credential and no
/// field, and looks up no reference.
/// </summary>
internal sealed class BotFloor(GroupingWriter writer)
{
    private const string Account = "account";
    private const string MetaPrefix = "meta.";

    private readonly CommandPool _all = new(writer.Path, BotTable.List(""), "$account", "$take");

    private readonly CommandPool _ofSkillset = new(
        writer.Path, BotTable.List("""AND "SkillsetId" = $skillset"""), "$account", "$take", "$skillset");

    private readonly CommandPool _withMeta = new(
        writer.Path, BotTable.List("""AND json_extract("Meta", $path) = $value"""), "$account", "$take", "$path", "$value");

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/bot/create", CreateAsync);
        app.MapPost("/api/v1/bot/{id}/update", UpdateAsync);
        app.MapGet("/api/v1/bot/list", ListAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var bot = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorBot, context.RequestAborted);
        var id = Guid.NewGuid().ToString("N");
        await writer.WriteAsync(BotTable.Insert(id, Account, bot!, Now()));
        await context.Response.WriteAsJsonAsync(new FloorAnswer(id), FloorJson.Default.FloorAnswer);
    }

    private async Task UpdateAsync(HttpContext context)
    {
        var change = await context.Request.ReadFromJsonAsync(FloorJson.Default.FloorBotChange, context.RequestAborted);
        var id = (string)context.GetRouteValue("id")!;
        if (await writer.WriteAsync(BotTable.Update(id, Account, change!, Now())) == 0)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await context.Response.WriteAsJsonAsync(new FloorAnswer(id), FloorJson.Default.FloorAnswer);
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var take = int.Parse(query["take"]!, CultureInfo.InvariantCulture);
        var (pool, command) = Find(query, take);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        using (var rows = command.ExecuteReader())
            Write(json, rows);
        pool.Return(command);
    }

    private (CommandPool Pool, SqliteCommand Command) Find(IQueryCollection query, int take)
    {
        if (query.TryGetValue("skillsetId", out var skillset))
            return (_ofSkillset, _ofSkillset.Take(Account, take, skillset.ToString()));
        foreach (var (name, value) in query)
        {
            if (name.StartsWith(MetaPrefix, StringComparison.Ordinal))
                return (_withMeta, _withMeta.Take(Account, take, $"$.{name[MetaPrefix.Length..]}", value.ToString()));
        }

        return (_all, _all.Take(Account, take));
    }

    private static void Write(Utf8JsonWriter json, SqliteDataReader rows)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        while (rows.Read())
            WriteBot(json, rows);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBot(Utf8JsonWriter json, SqliteDataReader bot)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, bot.GetString(0));
        json.WriteNull("alias"u8);
        json.WriteString("name"u8, bot.GetString(1));
        json.WriteString("description"u8, bot.GetString(2));
        json.WriteString("backstory"u8, bot.GetString(3));
        json.WriteString("model"u8, bot.GetString(4));
        json.WriteNull("datasetId"u8);
        json.WriteString("skillsetId"u8, bot.GetString(5));
        json.WriteBoolean("privacy"u8, false);
        json.WriteBoolean("moderation"u8, false);
        json.WriteNull("blueprintId"u8);
        json.WriteString("visibility"u8, "private"u8);
        json.WritePropertyName("meta"u8);
        json.WriteRawValue(bot.GetString(6), skipInputValidation: true);
        json.WriteNumber("createdAt"u8, bot.GetInt64(7));
        json.WriteNumber("updatedAt"u8, bot.GetInt64(8));
        json.WriteEndObject();
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}

internal sealed record FloorBot(string Name, string Description, string Backstory, string Model, string SkillsetId, JsonElement Meta);

internal sealed record FloorBotChange(string? Name, string? Backstory);
