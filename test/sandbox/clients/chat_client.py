"""A client of Tencent Cloud Chat's REST API with Python's standard library alone.

Reads from standard input the line that `chat-marshal sandbox` prints, moderates the default world, and looks at what
became of it over the sandbox's control. Ends with 0 when everything was as it should be.
"""
import base64
import gzip
import hashlib
import hmac
import json
import sys
import time
import urllib.request
import zlib

place = json.loads(sys.stdin.readline())
chat, control = place["chat"], place["control"]


def user_sig(identifier, expire=86400):
    """TLSSigAPIv2: an HMAC over the fields, packed, in an alphabet of its own."""
    issued = int(time.time())
    fields = [("identifier", identifier), ("sdkappid", chat["sdkAppId"]), ("time", issued), ("expire", expire)]
    content = "".join(f"TLS.{name}:{value}\n" for name, value in fields)
    mac = hmac.new(chat["secretKey"].encode(), content.encode(), hashlib.sha256).digest()
    document = {"TLS.ver": "2.0", **{f"TLS.{name}": value for name, value in fields}}
    document["TLS.sig"] = base64.b64encode(mac).decode()
    packed = zlib.compress(json.dumps(document).encode())
    return base64.b64encode(packed).decode().replace("+", "*").replace("/", "-").replace("=", "_")


SIG = user_sig(chat["admin"])


def ask(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def call(path, **body):
    query = f"sdkappid={chat['sdkAppId']}&identifier={chat['admin']}&usersig={SIG}&random=7&contenttype=json"
    return ask("POST", f"{chat['url']}/v4/{path}?{query}", body)


def say(account, text, **more):
    return ask("POST", f"{control}/clients/say", {"group": "guild", "account": account, "text": text, **more})


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found!r} instead of {wanted!r}")


GROUP = "group_open_http_svc"

# Mute, and see that the member cannot speak until the time is over.
expect("mute", call(f"{GROUP}/forbid_send_msg", GroupId="guild", Members_Account=["bob"], MuteTime=3600)["ErrorCode"], 0)
expect("muted", say("bob", "let me speak")["ErrorCode"], 10017)
ask("POST", f"{control}/clock", {"advance": 3601})
sent = say("bob", "thank you")
expect("unmuted", sent["ErrorCode"], 0)

# History: typed clients send 0 for "from the newest on".
page = call(f"{GROUP}/group_msg_get_simple", GroupId="guild", ReqMsgNumber=1, ReqMsgSeq=0)
expect("newest", page["RspMsgList"][0]["MsgBody"][0]["MsgContent"]["Text"], "thank you")

# Recall, kick, roles.
recalled = call(f"{GROUP}/group_msg_recall", GroupId="guild", MsgSeqList=[{"MsgSeq": sent["MsgSeq"]}])
expect("recall", recalled["RecallRetList"], [{"MsgSeq": sent["MsgSeq"], "RetCode": 0}])
call(f"{GROUP}/delete_group_member", GroupId="guild", MemberToDel_Account=["dave"], Reason="spam")
roles = call(f"{GROUP}/get_role_in_group", GroupId="guild", User_Account=["dave", "alice"])
expect("roles", [one["Role"] for one in roles["UserIdList"]], ["NotMember", "Admin"])

# A fault: Chat is too busy once.
ask("POST", f"{control}/faults", {"service": "chat", "endpoint": "get_role_in_group", "fault": {"kind": "code", "code": 60007}})
busy = call(f"{GROUP}/get_role_in_group", GroupId="guild", User_Account=["alice"])
expect("busy", (busy["ActionStatus"], busy["ErrorCode"]), ("FAIL", 60007))

# The file of the hour, when it is ready.
hour = time.strftime("%Y%m%d%H", time.gmtime(ask("GET", f"{control}/clock")["unix"] + 8 * 3600))
ask("POST", f"{control}/clock", {"advance": 2 * 3600})
[file] = call("open_msg_svc/get_history", ChatType="Group", MsgTime=hour)["File"]
with urllib.request.urlopen(file["URL"], timeout=10) as answer:
    packed = answer.read()
expect("MD5", hashlib.md5(packed).hexdigest(), file["GzipMD5"])
messages = json.loads(gzip.decompress(packed))["MsgList"]
expect("file", messages[-1]["From_Account"], "bob")

print("ok")
