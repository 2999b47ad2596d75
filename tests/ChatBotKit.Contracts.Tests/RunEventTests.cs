using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit.Contracts.Tests;

public sealed class RunEventTests
{
    private static readonly JsonTypeInfo<RunEvent> Client = (JsonTypeInfo<RunEvent>)ChatBotKitJson.ClientOptions.GetTypeInfo(typeof(RunEvent));
    private static readonly JsonTypeInfo<RunEvent> Server = (JsonTypeInfo<RunEvent>)ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(RunEvent));

    public static TheoryData<string, Type> Lines => new()
    {
        { """{"type":"message","data":{"type":"activity","text":"","meta":{"activity":{"type":"request","function":{"name":"uploadAttachment","arguments":{}}}}},"createdAt":1767225600001}""", typeof(MessageEvent) },
        { """{"type":"sendResult","data":{"text":"Hello","entities":[],"usage":{"token":12}},"createdAt":1767225600002}""", typeof(SendResultEvent) },
        { """{"type":"sendResult","data":{"id":"k3v9","text":"Hello","entities":[],"usage":{"token":12}},"createdAt":1767225600003}""", typeof(SendResultEvent) },
        { """{"type":"completeBegin","data":{"instance":"in-8f2k","iteration":"it-4c5d"},"createdAt":1767225600004}""", typeof(CompleteBeginEvent) },
        { """{"type":"reasoningToken","data":{"type":"bot","token":"The user"},"createdAt":1767225600005}""", typeof(ReasoningTokenEvent) },
        { """{"type":"token","data":{"type":"bot","token":"Hi"},"createdAt":1767225600006}""", typeof(TokenEvent) },
        { """{"type":"message","data":{"type":"reasoning","text":"The user greets me","meta":{}},"createdAt":1767225600007}""", typeof(MessageEvent) },
        { """{"type":"completeEnd","data":{"instance":"in-8f2k","iteration":"it-4c5d"},"createdAt":1767225600009}""", typeof(CompleteEndEvent) },
        { """{"type":"intentDetectionBegin","data":{"id":"op-1a2b","action":{"id":"action-1a2b"}},"createdAt":1767225600010}""", typeof(IntentDetectionBeginEvent) },
        { """{"type":"intentDetectionEnd","data":{"id":"op-1a2b","action":{"id":"action-1a2b","name":"getWeather"}},"createdAt":1767225600011}""", typeof(IntentDetectionEndEvent) },
        { """{"type":"operationBegin","data":{"id":"op-1a2b","action":{"id":"action-1a2b","kind":"function","name":"getWeather","input":{"city":"Sofia"}}},"createdAt":1767225600012}""", typeof(OperationBeginEvent) },
        { """{"type":"operationEnd","data":{"id":"op-1a2b","action":{"id":"action-1a2b","kind":"function","name":"getWeather","input":{"city":"Sofia"}}},"createdAt":1767225661017}""", typeof(OperationEndEvent) },
        { """{"type":"datasetSearchBegin","data":{"id":"search-9z8y","search":"opening hours"},"createdAt":1767225600013}""", typeof(DatasetSearchBeginEvent) },
        { """{"type":"datasetSearchEnd","data":{"id":"search-9z8y","search":"opening hours","records":[{"source":"faq.md","text":"Open 9 to 5"}]},"createdAt":1767225600014}""", typeof(DatasetSearchEndEvent) },
        { """{"type":"waitForChannelMessageBegin","data":{"channel":"weather-7d1f0a92c3b4","function":{"name":"getWeather","args":{"city":"Sofia"}}},"createdAt":1767225600015}""", typeof(WaitForChannelMessageBeginEvent) },
        { """{"type":"waitForChannelMessageEnd","data":{"channel":"weather-7d1f0a92c3b4","function":{"name":"getWeather","args":{"city":"Sofia"}},"message":{"result":{"tempC":21}}},"createdAt":1767225661015}""", typeof(WaitForChannelMessageEndEvent) },
        { """{"type":"ping","data":{},"createdAt":1767225660015}""", typeof(PingEvent) },
        { """{"type":"ping","data":{}}""", typeof(PingEvent) },
        { """{"type":"nop","data":{}}""", typeof(NopEvent) },
        { """{"type":"progressReport","data":{"id":"op-1a2b","step":2,"total":5,"eta":1200},"createdAt":1767225661016}""", typeof(ProgressReportEvent) },
        { """{"type":"compactionBegin","data":{"messagesToSummarize":40,"messagesToKeep":10,"estimatedTokens":61000},"createdAt":1767225661019}""", typeof(CompactionBeginEvent) },
        { """{"type":"compactionEnd","data":{"success":true},"createdAt":1767225661020}""", typeof(CompactionEndEvent) },
        { """{"type":"abort","data":{"instance":"in-8f2k","iteration":"it-6e7f","reason":"done","functionName":"_success"},"createdAt":1767225661021}""", typeof(AbortEvent) },
        { """{"type":"error","data":{"code":"GENERIC_ERROR","message":"Something went wrong"},"createdAt":1767225661022}""", typeof(ErrorEvent) },
        { """{"type":"audio","data":{"data":"AAECAw==","format":{"encoding":"pcm16","sampleRate":24000,"channels":1}},"createdAt":1767225661023}""", typeof(AudioEvent) },
        { """{"type":"receiveResult","data":{"text":"Hi there","usage":{"token":57},"end":{"reason":"stop"}},"createdAt":1767225661024}""", typeof(ReceiveResultEvent) },
        { """{"type":"result","data":{"text":"Hi there","usage":{"token":57},"end":{"reason":"stop"}},"createdAt":1767225661025}""", typeof(ResultEvent) },
        { """{"type":"result","data":{"id":"q1w2","text":"Hi there","usage":{"token":57},"end":{"reason":"stop"}},"createdAt":1767225661026}""", typeof(ResultEvent) },
        { """{"type":"result","data":{"ping":true}}""", typeof(ResultEvent) },
        { """{"type":"usage","data":{"model":"gpt-5.4-mini","inputTokensUsed":12,"outputTokensUsed":3}}""", typeof(UsageEvent) },
        { """{"type":"holographicGesture","data":{"wave":[1,2]},"createdAt":1767225661027}""", typeof(UnknownEvent) },
        { """{"type":"holographicGesture","data":7,"id":9,"trace":"abc"}""", typeof(UnknownEvent) },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Event_ReadAndWritten_IsTheSameLineOfTheRightType(string line, Type type)
    {
        var read = JsonSerializer.Deserialize(line, Client)!;

        Assert.IsType(type, read);
        AssertSame(line, JsonSerializer.Serialize(read, Client));
        AssertSame(line, JsonSerializer.Serialize(JsonSerializer.Deserialize(line, Server)!, Server));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Event_WithTypeBehindData_IsRead(string line, Type type)
    {
        var reversed = new JsonObject(JsonNode.Parse(line)!.AsObject().Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

        Assert.IsType(type, JsonSerializer.Deserialize(reversed.ToJsonString(), Client));
    }

    private static void AssertSame(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"expected {expected}\nactual   {actual}");
}
