using System.Text.Json;

namespace ChatBotKit.Contracts.Tests;

public sealed class IntegrationTests
{
    public static TheoryData<Type> Settings =>
    [
        .. typeof(ChatBotKitJson).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract)
            .Where(type => type.IsAssignableTo(typeof(IntegrationItem))
                || type.IsAssignableTo(typeof(IntegrationCreateRequest))
                || type.IsAssignableTo(typeof(IntegrationUpdateRequest))),
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Integration_Printed_ShowsItsNameAndNoSetting(Type type)
    {
        var sample = SampleJson.Of(type).AsObject();
        var credential = (string)SampleJson.Of(typeof(string))!;
        sample["name"] = "Support";
        if (sample.ContainsKey("id"))
            sample["id"] = "i1";

        var printed = JsonSerializer.Deserialize(sample, ChatBotKitJson.ClientOptions.GetTypeInfo(type))!.ToString()!;

        Assert.StartsWith(type.Name, printed, StringComparison.Ordinal);
        Assert.Contains("Name = Support", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(credential, printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"@channel\"", "@channel")]
    [InlineData("-1001234567890", "-1001234567890")]
    public void TelegramChat_NumberOrName_IsReadAsText(string json, string chat)
    {
        var request = Read<IntegrationTelegramInitiateRequest>($$"""{"chatId":{{json}},"text":"Hello"}""");

        Assert.Equal(chat, request.ChatId);
    }

    [Fact]
    public void TelegramChat_OfAnotherForm_IsRefused() =>
        Assert.Throws<JsonException>(() => Read<IntegrationTelegramInitiateRequest>("""{"chatId":[1],"text":"Hello"}"""));

    [Theory]
    [InlineData("\"2026-01-01T00:00:00.001Z\"")]
    [InlineData("\"2026-01-01T02:00:00.001+02:00\"")]
    [InlineData("1767225600001")]
    public void TimeOfSynchronisation_InEveryAcceptedForm_IsWrittenAsIso(string json)
    {
        var item = Read<IntegrationNotionItem>($$"""{"id":"i1","datasetId":"d1","lastSyncedAt":{{json}},"createdAt":1,"updatedAt":2}""");

        var written = JsonSerializer.SerializeToNode(item, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(IntegrationNotionItem)))!;

        Assert.Equal("2026-01-01T00:00:00.001Z", (string?)written["lastSyncedAt"]);
    }

    [Fact]
    public void TimeOfSynchronisation_BeforeTheFirstOne_IsNull()
    {
        var item = Read<IntegrationNotionItem>("""{"id":"i1","datasetId":"d1","lastSyncedAt":null,"createdAt":1,"updatedAt":2}""");

        Assert.Null(item.LastSyncedAt);
    }

    private static T Read<T>(string json) => (T)JsonSerializer.Deserialize(json, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(T)))!;
}
