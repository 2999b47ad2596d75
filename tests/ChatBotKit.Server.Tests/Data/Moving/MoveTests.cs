using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Hosting;

namespace ChatBotKit.Server.Tests.Data;

/// <summary><c>--migrate-to</c>: everything that the SQLite database and the keys hold is on PostgreSQL.</summary>
public sealed class MoveTests : MovingTests
{
    /// <summary>The tables come from the catalogue, so a table of a later schema that is not moved fails this test.</summary>
    [Fact]
    public async Task EveryTableOfTheCatalogue_IsMoved()
    {
        await MakeSourceAsync();
        var tables = Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'Schema'");
        foreach (var table in tables.Where(table => table != "AuditRecords"))
            FillRow(table);
        FillAuditRecord();
        Directory.CreateDirectory(Path.Combine(Folder, "attachments"));
        await File.WriteAllBytesAsync(Path.Combine(Folder, "attachments", "x"), [1], Cancellation);
        // No two rows refer to the same bytes.
        await File.WriteAllBytesAsync(Path.Combine(Folder, "attachments", "y"), [1], Cancellation);
        Execute("""UPDATE "Contents" SET "BlobId" = 'y'""");

        await MoveWholeAsync();

        Assert.True(tables.Count >= 16);
        foreach (var table in tables)
        {
            var rows = Query($"SELECT CAST(count(*) AS TEXT) FROM \"{table}\"").Single();
            Assert.NotEqual("0", rows);
            Assert.Equal((table, rows), (table, $"{await RunAsync($"SELECT count(*) FROM \"{table}\"")}"));
        }
    }

    [Fact]
    public async Task EveryValue_IsMovedAsItIs()
    {
        var conversation = await MakeSourceAsync();
        var text = new string('x', 3_000_000) + "ü🙂\r\n\t\\N";
        Execute(
            """INSERT INTO "Messages" ("Id", "ConversationId", "Position", "Type", "Text", "Name", "Description", "CreatedAt", "UpdatedAt") VALUES ('big', $c, 9223372036854775807, 'user', $t, '', '', -1, 0)""",
            ("$c", conversation), ("$t", text));
        Execute(
            """INSERT INTO "LogBatches" ("LogId", "First", "Last", "Lines", "CreatedAt") VALUES ('log', 1, 1, $b, 1)""",
            ("$b", new byte[] { 0, 255, 10, 92 }));

        await MoveWholeAsync();

        Assert.Equal(text, await RunAsync("""SELECT "Text" FROM "Messages" WHERE "Id" = 'big' AND "Position" = 9223372036854775807 AND "Meta" IS NULL AND "Name" = ''"""));
        Assert.Equal(new byte[] { 0, 255, 10, 92 }, await RunAsync("""SELECT "Lines" FROM "LogBatches" WHERE "LogId" = 'log'"""));
    }

    [Fact]
    public async Task ServerOnTheMovedDatabase_KnowsTokensSessionsAndSecrets()
    {
        string conversation, session, token;
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"name":"Grüße"}"""));
            await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/message/create", """{"type":"user","text":"hello"}""");
            session = (await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}")).Text("token")!;
            using var output = new StringWriter();
            await new OfflineCommands([$"--CHATBOTKIT_DATA_DIR={Folder}"], TextWriter.Null).MakeApiTokenAsync("ops", output);
            token = output.ToString().Trim();
        }

        await MoveWholeAsync();

        await using (var app = await StartAsync(isMoved: true))
        {
            using var visitor = ServerFactory.ClientOf(app, session);
            using var owner = ServerFactory.ClientOf(app, token);
            var messages = await visitor.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
            Assert.Equal("hello", Assert.Single(messages.Items()).Text("text"));
            // The private key of the signing key is encrypted with a moved key.
            using var next = ServerFactory.ClientOf(
                app, (await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}")).Text("token"));
            await next.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");
            Assert.True((await owner.ReadAsync(HttpMethod.Get, "session/audit/verify")).GetProperty("valid").GetBoolean());
        }
    }

    /// <summary>A text that an earlier release has stored.</summary>
    [Fact]
    public async Task TextThatPostgresRefuses_GetsReplacementCharacters()
    {
        var conversation = await MakeSourceAsync();
        Execute("""UPDATE "Conversations" SET "Name" = $n, "Description" = CAST(x'61FF62' AS TEXT)""", ("$n", "a\0b"));

        var (_, checkedOutput) = await MoveAsync("--dry-run");
        await MoveWholeAsync();

        Assert.Contains("U+FFFD in 2 texts", checkedOutput, StringComparison.Ordinal);
        Assert.Equal("a\uFFFDb", await RunAsync($"SELECT \"Name\" FROM \"Conversations\" WHERE \"Id\" = '{conversation}'"));
        Assert.Equal("a\uFFFDb", await RunAsync($"SELECT \"Description\" FROM \"Conversations\" WHERE \"Id\" = '{conversation}'"));
    }

    [Fact]
    public async Task DryRun_CountsAndChangesNothing()
    {
        await MakeSourceAsync();

        var (code, output) = await MoveAsync("--dry-run");

        Assert.True(code == 0, output);
        Assert.Contains("Conversations: 1 rows", output, StringComparison.Ordinal);
        Assert.Equal(0L, await RunAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await (await StartAsync()).DisposeAsync();
    }

    [Fact]
    public async Task MovedFile_IsRefusedWithWhatToDo()
    {
        await MakeSourceAsync();
        await MoveWholeAsync();

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync());
        var (code, output) = await MoveAsync();

        Assert.Contains("was moved to the PostgreSQL database", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("CHATBOTKIT_POSTGRES", refusal.Message, StringComparison.Ordinal);
        Assert.True(code == 0, output);
        Assert.Contains("moved before", output, StringComparison.Ordinal);
    }

    /// <summary>Inserts a row with a value in each column. All ids are the same, so that every reference has its row.</summary>
    private void FillRow(string table)
    {
        var columns = Query($"SELECT name || ' ' || type FROM pragma_table_info('{table}')").Select(column => column.Split(' ')).ToList();
        var values = columns.Select(column => (column[0], column[1]) switch
        {
            ("Data", _) => "'{}'",
            (_, "TEXT") => "'x'",
            (_, "BLOB") => "x'0001'",
            _ => "1",
        });
        Execute($"INSERT INTO \"{table}\" (\"{string.Join("\", \"", columns.Select(column => column[0]))}\") VALUES ({string.Join(", ", values)})");
    }

    private void FillAuditRecord()
    {
        var record = new AuditRow
        {
            AccountId = "x",
            Number = 1,
            Id = "x",
            Type = "use",
            ActorKind = "session",
            ActorId = "x",
            CreatedAt = 1,
            PreviousHash = new byte[32],
        };
        Execute(
            """INSERT INTO "AuditRecords" ("AccountId", "Number", "Id", "Type", "ActorKind", "ActorId", "Count", "CreatedAt", "PreviousHash", "Hash") VALUES ('x', 1, 'x', 'use', 'session', 'x', 1, 1, $p, $h)""",
            ("$p", record.PreviousHash), ("$h", record.ComputeHash()));
    }
}
