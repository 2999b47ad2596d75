using System.Reflection;
using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class OperationTests
{
    public static TheoryData<string> Names => [.. OperationCases.All.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Operation_Called_SendsTheRequestAndReadsTheAnswer(string name)
    {
        var @case = OperationCases.All.Single(candidate => candidate.Name == name);
        var handler = new ScriptedHandler().Answer(@case.Answer, type: @case.AnswerType);

        var result = await @case.Call(Clients.Api(handler), TestContext.Current.CancellationToken);

        var request = Assert.Single(handler.Requests);
        Assert.Equal(@case.Request, request.Verbatim);
        Assert.Equal($"Bearer {Clients.Secret}", request.Headers["Authorization"]);
        Assert.Equal(@case.Accept, request.Headers["Accept"]);
        Assert.Equal(request.Method == "POST", request.Headers.ContainsKey("Idempotency-Key"));
        if (request.Method == "POST")
            Assert.Equal(@case.ContentType, request.Headers["Content-Type"]);
        Assert.Equal(@case.Result, result);
    }

    [Fact]
    public void Operations_OfAllClients_HaveACase()
    {
        // File operations need several requests and have their own tests.
        string[] elsewhere =
        [
            "ConversationAttachmentClient.UploadFileAsync",
            "FileClient.UploadFileAsync",
            "ServerClient.BackupAsync",
            "SpaceStorageClient.UploadFileAsync",
        ];
        var operations = typeof(ChatBotKitClient).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(ChatBotKitClient)) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance), (type, method) => (type, method))
            .Where(operation => operation.method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(operation =>
            {
                Assert.True(operation.method.IsVirtual, $"{operation.method.Name} cannot be faked");
                Assert.Equal(typeof(CancellationToken), operation.method.GetParameters()[^1].ParameterType);
                return $"{operation.type.Name}.{operation.method.Name}";
            })
            .Distinct()
            .Except(elsewhere);

        Assert.Equal(operations.Order(), OperationCases.All.Select(@case => @case.Name.Split(' ')[0]).Distinct().Order());
    }
}
