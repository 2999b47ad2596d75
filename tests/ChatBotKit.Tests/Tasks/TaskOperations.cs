namespace ChatBotKit.Tests;

internal static class TaskOperations
{
    private const string StoredTask = """{"id":"t1","name":"News","description":"Read the news","botId":"b1","contactId":"p1","schedule":"daily","timezone":"Europe/Oslo","sessionDuration":0,"maxIterations":50,"maxTime":900000,"maxCalls":10,"expiresAt":null,"blueprintId":"bp1","status":"idle","outcome":"success","lastRunAt":1767225600000,"nextRunAt":null,"meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Execution = """{"id":"e1","name":"Read","description":"Read the news","taskId":"t1","conversationId":"c1","status":"canceled","outcome":"failure","summary":"Was ended","completedAt":"2026-01-01T00:00:00.000Z","meta":null,"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Id = """{"id":"x1"}""";

    public static IEnumerable<OperationCase> All => [.. Tasks(), .. Executions()];

    private static IEnumerable<OperationCase> Tasks() =>
    [
        new(
            "TaskClient.ListAsync",
            async (api, token) => (await api.Task.ListAsync(new TaskListRequest { Take = 2, BotId = "b1", ContactId = "p1", Status = TaskRunStatus.Idle }, token)).Items[0].Outcome.ToString()!,
            "GET /api/v1/task/list?take=2&botId=b1&contactId=p1&status=idle",
            $$"""{"items":[{{StoredTask}}],"cursor":"x1"}""",
            "success"),
        new(
            "TaskClient.ListAsync streamed",
            async (api, token) => (await api.Task.ListAsync(cancellationToken: token).ToListAsync())[0].LastRunAt!.Value.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/task/list",
            $$"""{"type":"item","data":{{StoredTask}} }""",
            "1767225600000") { Accept = "application/jsonl" },
        new(
            "TaskClient.ExportAsync",
            async (api, token) => (await api.Task.ExportAsync(cancellationToken: token)).Items[0].Timezone!,
            "GET /api/v1/task/export",
            $$"""{"items":[{{StoredTask}}],"cursor":"x1"}""",
            "Europe/Oslo"),
        new(
            "TaskClient.ExportCsvAsync",
            async (api, token) => await Clients.WrittenAsync(file => api.Task.ExportCsvAsync(file, new ListRequest { Take = 2 }, token)),
            "GET /api/v1/task/export?take=2",
            "\"id\"\n\"x1\"\n",
            "\"id\"\n\"x1\"\n") { Accept = "text/csv", AnswerType = "text/csv" },
        new(
            "TaskClient.CreateAsync",
            async (api, token) => (await api.Task.CreateAsync(
                new TaskCreateRequest
                {
                    Description = "Read the news",
                    BotId = "b1",
                    Schedule = "07:30",
                    Timezone = "Europe/Oslo",
                    SessionDuration = 0,
                    MaxIterations = 50,
                    MaxTime = 900_000,
                    MaxCalls = 10,
                    ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(5),
                },
                token)).Id,
            "POST /api/v1/task/create\n" + """{"description":"Read the news","botId":"b1","schedule":"07:30","timezone":"Europe/Oslo","sessionDuration":0,"maxIterations":50,"maxTime":900000,"maxCalls":10,"expiresAt":5}""",
            Id,
            "x1"),
        new(
            "TaskClient.FetchAsync",
            async (api, token) => (await api.Task.FetchAsync("t1", token)).SessionDuration.ToString()!,
            "GET /api/v1/task/t1/fetch",
            StoredTask,
            "0"),
        new(
            "TaskClient.UpdateAsync",
            async (api, token) => (await api.Task.UpdateAsync("t1", new TaskUpdateRequest { Timezone = Optional<string>.Null, SessionDuration = Optional<int>.Null, MaxIterations = 20 }, token)).Id,
            "POST /api/v1/task/t1/update\n" + """{"timezone":null,"sessionDuration":null,"maxIterations":20}""",
            Id,
            "x1"),
        new(
            "TaskClient.DeleteAsync",
            async (api, token) => (await api.Task.DeleteAsync("t1", token)).Id,
            "POST /api/v1/task/t1/delete\n{}",
            Id,
            "x1"),
        new(
            "TaskClient.TriggerAsync",
            async (api, token) => (await api.Task.TriggerAsync("t1", token)).Id,
            "POST /api/v1/task/t1/trigger\n{}",
            Id,
            "x1"),
        new(
            "TaskClient.CancelAsync",
            async (api, token) => (await api.Task.CancelAsync("t1", token)).Id,
            "POST /api/v1/task/t1/cancel\n{}",
            Id,
            "x1"),
        new(
            "TaskClient.SubscribeAsync",
            async (api, token) => string.Join(',', (await api.Task.SubscribeAsync("t1", new TaskSubscribeRequest { HistoryLength = 10 }, token).ToListAsync())
                .OfType<OperationBeginEvent>().Select(item => item.Data.Action.Name)),
            "POST /api/v1/task/t1/subscribe\n" + """{"historyLength":10}""",
            """
            {"type":"ping","data":{}}
            {"type":"operationBegin","createdAt":1767225600000,"data":{"id":"o1","action":{"id":"a1","kind":"function","name":"search"}}}
            {"type":"operationEnd","createdAt":1767225600001,"data":{"id":"o1","action":{"id":"a1","kind":"function","name":"search"}}}
            """,
            "search") { Accept = "application/jsonl" },
    ];

    private static IEnumerable<OperationCase> Executions() =>
    [
        new(
            "TaskExecutionClient.ListAsync",
            async (api, token) => (await api.Task.Execution.ListAsync("t1", new TaskExecutionListRequest { Status = TaskRunStatus.Canceled }, token)).Items[0].CompletedAt!.Value.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/task/t1/execution/list?status=canceled",
            $$"""{"items":[{{Execution}}],"cursor":"x1"}""",
            "1767225600000"),
        new(
            "TaskExecutionClient.ListAsync streamed",
            async (api, token) => (await api.Task.Execution.ListAsync("t1", cancellationToken: token).ToListAsync())[0].Summary!,
            "GET /api/v1/task/t1/execution/list",
            $$"""{"type":"item","data":{{Execution}} }""",
            "Was ended") { Accept = "application/jsonl" },
        new(
            "TaskExecutionClient.CancelAsync",
            async (api, token) => (await api.Task.Execution.CancelAsync("t1", "e1", token)).TaskId,
            "POST /api/v1/task/t1/execution/e1/cancel\n{}",
            """{"id":"e1","taskId":"t1"}""",
            "t1"),
    ];
}
