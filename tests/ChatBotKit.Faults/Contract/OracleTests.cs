using System.Text;

namespace ChatBotKit.Faults.Contract;

/// <summary>An oracle that accepts everything would find nothing.</summary>
public sealed class OracleTests
{
    private static readonly ApiDescription Description = ApiDescription.Parse(
        """
        {"paths":{"/api/v1/thing/list":{"get":{"operationId":"listThings","responses":{"200":{"content":{
          "application/json":{"schema":{"$ref":"#/components/schemas/Thing"}},
          "application/jsonl":{"schema":{"oneOf":[
            {"type":"object","required":["type","data"],"properties":{"type":{"const":"item"},"data":{"$ref":"#/components/schemas/Thing"}}},
            {"type":"object","required":["type"],"properties":{"type":{"const":"ping"}}}]}},
          "text/event-stream":{"schema":{"type":"string"}}}}}}}},
         "components":{"schemas":{"Thing":{"type":"object","required":["id"],"properties":{
           "id":{"type":"string"},"count":{"type":["null","integer"]},"kind":{"type":"string","enum":["a","b"]},
           "parts":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"boolean"}]}}}}}}}
        """);

    [Theory]
    [InlineData("application/json", """{"id":"x","count":null,"kind":"a","parts":["p",true]}""")]
    [InlineData("application/jsonl", "{\"type\":\"item\",\"data\":{\"id\":\"x\"}}\n{\"type\":\"ping\"}\n")]
    [InlineData("application/jsonl", "")]
    [InlineData("text/event-stream", "event: item\ndata: {\"id\":\"x\"}\n\n")]
    public void GoodAnswer_IsAccepted(string contentType, string body) => Assert.Null(FaultOf(200, contentType, body));

    [Theory]
    [InlineData("application/json", "{}", "id is missing")]
    [InlineData("application/json", """{"id":7}""", "id is Number")]
    [InlineData("application/json", """{"id":"x","count":1.5}""", "count is Number")]
    [InlineData("application/json", """{"id":"x","kind":"c"}""", "none of")]
    [InlineData("application/json", """{"id":"x","extra":1}""", "extra is not described")]
    [InlineData("application/json", """{"id":"x","parts":[1]}""", "parts[0] fits no form")]
    [InlineData("application/json", "{", "no JSON")]
    [InlineData("application/jsonl", "{\"type\":\"item\",\"data\":{}}\n", "data.id is missing")]
    [InlineData("application/jsonl", "{\"type\":\"other\",\"data\":{\"id\":\"x\"}}\n", "type is not")]
    [InlineData("application/jsonl", "{\"type\":\"ping\"}", "no end")]
    [InlineData("text/event-stream", "event: item\nnonsense\n\n", "another shape")]
    [InlineData("text/event-stream", "event: item\ndata: [\n\n", "without JSON")]
    [InlineData("text/html", "", "not described")]
    [InlineData("application/json", $$"""{"id":"{{FuzzServer.Canary}}"}""", "another account")]
    public void BadAnswer_IsNamed(string contentType, string body, string fault) =>
        Assert.Contains(fault, FaultOf(200, contentType, body), StringComparison.Ordinal);

    [Theory]
    [InlineData(500, "application/json", """{"message":"m","code":"c"}""", "status 500")]
    [InlineData(204, "application/json", "", "status 204")]
    [InlineData(400, "text/plain", "no", "without an error body")]
    [InlineData(400, "application/json", """{"message":"m"}""", "another shape")]
    [InlineData(400, "application/json", """{"message":"m","code":""}""", "another shape")]
    public void BadStatus_IsNamed(int status, string contentType, string body, string fault) =>
        Assert.Contains(fault, FaultOf(status, contentType, body), StringComparison.Ordinal);

    [Fact]
    public void GoodAnswer_ToWhatIsNotTheCallers_IsNamed()
    {
        Assert.Contains("somebody else's", FaultOf(200, "application/json", """{"id":"x"}""", "it is somebody else's"), StringComparison.Ordinal);
        Assert.Null(FaultOf(404, "application/json", """{"message":"m","code":"c"}""", "it is somebody else's"));
    }

    [Theory]
    [InlineData("streamConversationRun", "text/event-stream", "", null)]
    [InlineData("streamConversationRun", "text/event-stream", "x", "204 with a body")]
    [InlineData("streamConversationRun", "application/jsonl", "", "status 204")]
    [InlineData("listThings", "text/event-stream", "", "status 204")]
    public void NoContent_IsForEventSourcesOfRuns(string operation, string accept, string body, string? fault)
    {
        var request = new FuzzRequest(
            Description.Operations[0] with { Id = operation }, "GET", "/", [new("Accept", accept)], null, null, IsChunked: false, MustFail: null);

        var found = new Oracle(Description).FaultOf(request, new Answer(204, null, IsOurs: true, Encoding.UTF8.GetBytes(body), Problem: null));

        Assert.Equal(fault is null, found is null);
        Assert.Contains(fault ?? "", found ?? "", StringComparison.Ordinal);
    }

    private static string? FaultOf(int status, string contentType, string body, string? mustFail = null) => new Oracle(Description).FaultOf(
        new FuzzRequest(Description.Operations[0], "GET", "/api/v1/thing/list", [], null, null, IsChunked: false, mustFail),
        new Answer(status, contentType, IsOurs: true, Encoding.UTF8.GetBytes(body), Problem: null));
}
