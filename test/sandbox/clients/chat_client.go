// A client of Tencent Cloud Chat's REST API with Go's standard library alone, and with typed bodies whose unset fields
// go over the wire as zeros. It reads the line that `chat-marshal sandbox` prints from its standard input, and ends
// with 0 when everything was as it should be.
package main

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

type place struct {
	Chat struct {
		URL       string `json:"url"`
		SdkAppID  int    `json:"sdkAppId"`
		SecretKey string `json:"secretKey"`
		Admin     string `json:"admin"`
	} `json:"chat"`
	Control string `json:"control"`
}

var here place

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func expect(what string, found, wanted interface{}) {
	if fmt.Sprint(found) != fmt.Sprint(wanted) {
		must(fmt.Errorf("%s: %v instead of %v", what, found, wanted))
	}
}

// Without compression, as Go's own signing library does it.
func userSig(identifier string) string {
	issued, expire := time.Now().Unix(), 86400
	content := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n",
		identifier, here.Chat.SdkAppID, issued, expire)
	mac := hmac.New(sha256.New, []byte(here.Chat.SecretKey))
	mac.Write([]byte(content))
	document, err := json.Marshal(map[string]interface{}{
		"TLS.ver": "2.0", "TLS.identifier": identifier, "TLS.sdkappid": here.Chat.SdkAppID,
		"TLS.time": issued, "TLS.expire": expire, "TLS.sig": base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	})
	must(err)
	var packed bytes.Buffer
	writer, err := zlib.NewWriterLevel(&packed, zlib.NoCompression)
	must(err)
	_, err = writer.Write(document)
	must(err)
	must(writer.Close())
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(packed.Bytes()))
}

func post(address string, body, answer interface{}) {
	text, err := json.Marshal(body)
	must(err)
	response, err := http.Post(address, "application/json", bytes.NewReader(text))
	must(err)
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	must(err)
	must(json.Unmarshal(data, answer))
}

func call(path string, body, answer interface{}) {
	query := url.Values{"sdkappid": {fmt.Sprint(here.Chat.SdkAppID)}, "identifier": {here.Chat.Admin},
		"usersig": {userSig(here.Chat.Admin)}, "random": {"1"}, "contenttype": {"json"}}
	post(here.Chat.URL+"/v4/"+path+"?"+query.Encode(), body, answer)
}

// Nothing here is left out when it is empty: that is what makes the zeros.
type historyBody struct {
	GroupId         string
	TopicId         string
	ReqMsgNumber    int
	ReqMsgSeq       int
	WithRecalledMsg int
}

type element struct {
	MsgType    string
	MsgContent map[string]interface{}
}

type history struct {
	ErrorCode  int
	RspMsgList []struct {
		From_Account string
		MsgSeq       int
		IsSystemMsg  int
		MsgBody      []element
	}
}

type membersBody struct {
	GroupId                          string
	MemberInfoFilter                 []string
	MemberRoleFilter                 []string
	AppDefinedDataFilter_GroupMember []string
	Limit                            int
	Offset                           int
	Next                             string
}

type sendBody struct {
	GroupId               string
	Random                uint32
	From_Account          string
	MsgPriority           string
	TopicId               string
	CloudCustomData       string
	OnlineOnlyFlag        int
	ForbidCallbackControl []string
	GroupAtInfo           []string
	To_Account            []string
	MsgBody               []element
}

func main() {
	must(json.NewDecoder(os.Stdin).Decode(&here))
	text := []element{{"TIMTextElem", map[string]interface{}{"Text": "from Go"}}}

	var sent struct{ ErrorCode, MsgSeq int }
	call("group_open_http_svc/send_group_msg", sendBody{GroupId: "guild", Random: 9, MsgBody: text}, &sent)
	expect("send", sent.ErrorCode, 0)
	var found history
	call("group_open_http_svc/group_msg_get_simple", historyBody{GroupId: "guild", ReqMsgNumber: 20}, &found)
	expect("newest message", found.RspMsgList[0].MsgSeq, sent.MsgSeq)
	expect("its sender", found.RspMsgList[0].From_Account, here.Chat.Admin)
	expect("a system tip is a list, too", found.RspMsgList[1].IsSystemMsg, 1)

	var members struct {
		ErrorCode, MemberNum int
		MemberList           []struct{ Member_Account, Role string }
	}
	call("group_open_http_svc/get_group_member_info", membersBody{GroupId: "guild"}, &members)
	expect("members", len(members.MemberList), members.MemberNum)
	expect("owner", members.MemberList[0].Role, "Owner")

	topic := "@TGS#_plaza@TOPIC#_general"
	call("group_open_http_svc/send_group_msg",
		sendBody{GroupId: "@TGS#_plaza", TopicId: topic, Random: 9, MsgBody: text}, &sent)
	expect("send into a topic", sent.ErrorCode, 0)
	call("group_open_http_svc/group_msg_get_simple",
		historyBody{GroupId: "@TGS#_plaza", TopicId: topic, ReqMsgNumber: 1}, &found)
	expect("newest of the topic", found.RspMsgList[0].MsgSeq, sent.MsgSeq)

	var said struct{ ErrorCode int }
	post(here.Control+"/clients/say", map[string]string{"group": "guild", "account": "carol", "text": "hi"}, &said)
	expect("a muted member", said.ErrorCode, 10017)
	fmt.Println("ok")
}
