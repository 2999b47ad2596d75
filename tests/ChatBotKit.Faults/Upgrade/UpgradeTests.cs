using System.Net;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Kill;
using ChatBotKit.Server.Data.Schema;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>The published program is started on a directory of each earlier schema.</summary>
[Collection(ReleasesCollection.Name)]
[OfFiles]
public sealed class UpgradeTests(Releases releases)
{
    public static TheoryData<int> Older => [.. Releases.Older];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Older))]
    public async Task Start_DatabaseOfAnOlderRelease_KeepsItsRowsAndASnapshot(int release)
    {
        var directory = await releases.CopyAsync(release);
        var before = DatabaseRows.Read(Releases.DatabaseIn(directory));

        await using var server = await ServerRun.StartAsync(Releases.SettingsOf(directory), Token);

        Assert.Equal(0, before.CountMissing(Releases.DatabaseIn(directory)));
        Assert.Equal(SchemaScript.Sqlite.Count, DatabaseRows.CountMigrations(Releases.DatabaseIn(directory)));
        Assert.Equal("ok", DatabaseRows.CheckIntegrity(Releases.DatabaseIn(directory)));
        var snapshot = Assert.Single(Releases.SnapshotsIn(directory));
        Assert.Contains(SchemaScript.Sqlite[release + 1].Name, snapshot, StringComparison.Ordinal);
        Assert.Equal(0, before.CountMissing(snapshot));
        Assert.Equal(release + 1, DatabaseRows.CountMigrations(snapshot));
        await AssertServesAsync(server);
        await AssertAttachmentAsync(server);
        if (before.HasTable("Contacts"))
            await AssertContactsAsync(server);
    }

    /// <summary>Checks that contacts are unchanged, can be found by their fingerprints, and can be updated.</summary>
    private async Task AssertContactsAsync(ServerRun server)
    {
        using var api = new ApiConnection(server.Address);
        foreach (var contact in UpgradedContact.All)
        {
            var item = await api.GetAsync($"v1/contact/{contact.Id}/fetch", Releases.OwnerSecret);
            Assert.True(contact.IsSaidBy(item), item.GetRawText());
            var ensured = await api.PostAsync(ApiCall.Of("v1/contact/ensure", new { fingerprint = contact.Fingerprint }, Releases.OwnerSecret));
            Assert.Equal(contact.Id, ensured.GetProperty("id").GetString());
            await api.PostAsync(ApiCall.Of($"v1/contact/{contact.Id}/update", new { preferences = "tea" }, Releases.OwnerSecret));
        }

        var first = UpgradedContact.All[0].Id;
        var conversations = await api.GetAsync($"v1/contact/{first}/conversation/list", Releases.OwnerSecret);
        Assert.Equal(releases.ConversationId, Assert.Single(conversations.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    /// <summary>Checks that the file of an attachment can still be downloaded.</summary>
    private async Task AssertAttachmentAsync(ServerRun server)
    {
        using var api = new ApiConnection(server.Address);
        Assert.Equal(
            Releases.AttachmentText,
            await api.TextAsync($"v1/conversation/{releases.ConversationId}/attachment/{Releases.AttachmentId}/download", Releases.OwnerSecret));
    }

    /// <summary>Checks that messages and sessions are unchanged, and that the conversation can continue.</summary>
    private async Task AssertServesAsync(ServerRun server)
    {
        using var api = new ApiConnection(server.Address);
        var messages = $"v1/conversation/{releases.ConversationId}/message/list?take=2";
        var first = (await api.GetAsync(messages, releases.SessionToken)).GetProperty("items");
        Assert.Equal(Releases.Question, first[0].GetProperty("text").GetString());
        Assert.Equal("bot", first[1].GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await api.StatusAsync(messages, releases.RevokedToken));

        var answer = await api.PostAsync(ApiCall.Of(
            $"v1/conversation/{releases.ConversationId}/complete", new { text = "And roses?" }, releases.SessionToken));
        Assert.Equal("stop", answer.GetProperty("end").GetProperty("reason").GetString());
        Assert.True((await api.GetAsync("v1/session/audit/verify", Releases.OwnerSecret)).GetProperty("valid").GetBoolean());
    }
}
