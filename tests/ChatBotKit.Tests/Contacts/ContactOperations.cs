using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class ContactOperations
{
    private const string Contact =
        """{"id":"p1","name":"Ada","fingerprint":"0123456789abcdefg","email":"ada@example.com","phone":"+4930123456","nick":"ada","preferences":"Short answers","verifiedAt":1767225600002,"createdAt":1767225600000,"updatedAt":1767225600001}""";

    private const string Rating = """{"id":"r1","contactId":"p1","botId":"b1","messageId":"m1","value":-40,"reason":"Too long","createdAt":1,"updatedAt":2}""";
    private const string Conversation = """{"id":"c1","name":"Support","contactId":"p1","createdAt":1,"updatedAt":2}""";
    private const string Id = """{"id":"p1"}""";

    public static IEnumerable<OperationCase> All => [.. Lists(), .. Changes(), .. Children()];

    private static IEnumerable<OperationCase> Lists() =>
    [
        new(
            "ContactClient.ListAsync",
            async (api, token) => (await api.Contact.ListAsync(new ListRequest { Cursor = "p0", Meta = new Dictionary<string, string> { ["vip"] = "true" } }, token)).Items[0].Phone!,
            "GET /api/v1/contact/list?cursor=p0&meta.vip=true",
            $$"""{"items":[{{Contact}}],"cursor":"p1"}""",
            "+4930123456"),
        new(
            "ContactClient.ListAsync streamed",
            async (api, token) => (await api.Contact.ListAsync(cancellationToken: token).ToListAsync())[0].Fingerprint,
            "GET /api/v1/contact/list",
            $$"""{"type":"item","data":{{Contact}} }""",
            "0123456789abcdefg") { Accept = "application/jsonl" },
        new(
            "ContactClient.ExportAsync",
            async (api, token) => (await api.Contact.ExportAsync(new ListRequest { Take = 3 }, token)).Items[0].Nick!,
            "GET /api/v1/contact/export?take=3",
            $$"""{"items":[{{Contact}}],"cursor":"p1"}""",
            "ada"),
        new(
            "ContactClient.ExportCsvAsync",
            async (api, token) =>
            {
                using var file = new MemoryStream();
                await api.Contact.ExportCsvAsync(file, cancellationToken: token);
                return System.Text.Encoding.UTF8.GetString(file.ToArray());
            },
            "GET /api/v1/contact/export",
            "\"id\"\n\"p1\"\n",
            "\"id\"\n\"p1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "ContactClient.FetchAsync",
            async (api, token) => await api.Contact.FetchAsync("p1", token) is var contact ? $"{contact.Preferences} {contact.VerifiedAt?.ToUnixTimeMilliseconds()}" : "",
            "GET /api/v1/contact/p1/fetch",
            Contact,
            "Short answers 1767225600002"),
    ];

    private static IEnumerable<OperationCase> Changes() =>
    [
        new(
            "ContactClient.CreateAsync",
            async (api, token) => (await api.Contact.CreateAsync(
                new ContactCreateRequest { Name = "Ada", Meta = new JsonObject { ["vip"] = true }, Email = "ada@example.com", Preferences = "Short answers" }, token)).Id,
            "POST /api/v1/contact/create\n" + """{"name":"Ada","meta":{"vip":true},"email":"ada@example.com","preferences":"Short answers"}""",
            Id,
            "p1"),
        new(
            "ContactClient.CreateAsync without request",
            async (api, token) => (await api.Contact.CreateAsync(cancellationToken: token)).Id,
            "POST /api/v1/contact/create\n{}",
            Id,
            "p1"),
        new(
            "ContactClient.EnsureAsync",
            async (api, token) => (await api.Contact.EnsureAsync(
                new ContactEnsureRequest { Fingerprint = "0123456789abcdefg", Phone = "+4930123456", Nick = "ada", VerifiedAt = DateTimeOffset.FromUnixTimeMilliseconds(5) }, token)).Id,
            "POST /api/v1/contact/ensure\n" + """{"fingerprint":"0123456789abcdefg","phone":"+4930123456","nick":"ada","verifiedAt":5}""",
            Id,
            "p1"),
        new(
            "ContactClient.UpdateAsync",
            async (api, token) => (await api.Contact.UpdateAsync(
                "p1",
                new ContactUpdateRequest { Description = "Regular", Nick = Optional<string>.Null, VerifiedAt = Optional<DateTimeOffset>.Null, Preferences = "None" },
                token)).Id,
            "POST /api/v1/contact/p1/update\n" + """{"description":"Regular","nick":null,"preferences":"None","verifiedAt":null}""",
            Id,
            "p1"),
        new(
            "ContactClient.DeleteAsync",
            async (api, token) => (await api.Contact.DeleteAsync("p1", token)).Id,
            "POST /api/v1/contact/p1/delete\n{}",
            Id,
            "p1"),
    ];

    private static IEnumerable<OperationCase> Children() =>
    [
        new(
            "ContactConversationClient.ListAsync",
            async (api, token) => (await api.Contact.Conversation.ListAsync("p1", new ListRequest { Order = ListOrder.Ascending }, token)).Items[0].Name!,
            "GET /api/v1/contact/p1/conversation/list?order=asc",
            $$"""{"items":[{{Conversation}}],"cursor":"c1"}""",
            "Support"),
        new(
            "ContactConversationClient.ListAsync streamed",
            async (api, token) => (await api.Contact.Conversation.ListAsync("p1", cancellationToken: token).ToListAsync())[0].ContactId!,
            "GET /api/v1/contact/p1/conversation/list",
            $$"""{"type":"item","data":{{Conversation}} }""",
            "p1") { Accept = "application/jsonl" },
        new(
            "ContactRatingClient.ListAsync",
            async (api, token) => (await api.Contact.Rating.ListAsync("p1", new ListRequest { Take = 1 }, token)).Items[0].Value.ToString()!,
            "GET /api/v1/contact/p1/rating/list?take=1",
            $$"""{"items":[{{Rating}}],"cursor":"r1"}""",
            "-40"),
        new(
            "ContactRatingClient.ListAsync streamed",
            async (api, token) => (await api.Contact.Rating.ListAsync("p1", cancellationToken: token).ToListAsync())[0].Reason!,
            "GET /api/v1/contact/p1/rating/list",
            $$"""{"type":"item","data":{{Rating}} }""",
            "Too long") { Accept = "application/jsonl" },
    ];
}
